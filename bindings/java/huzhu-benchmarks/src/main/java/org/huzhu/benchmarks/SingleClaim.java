package org.huzhu.benchmarks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.huzhu.Claim;
import org.huzhu.Decision;
import org.huzhu.Plan;
import org.huzhu.Ruleset;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Claims under the in-patient allowance, one by one: by the library, and by Drools from a DMN model of the same rules. Totals are compared
 * over all claims before anything is measured. The library's answers have reasons, counters, basis and hash besides; Drools' have its own
 * results of each decision.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SingleClaim {
    private static final int CLAIMS = 1000;

    private Ruleset rules;
    private Plan plan;
    private DMNRuntime drools;
    private DMNModel model;
    private final List<Map<String, Object>> inputs = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private int next;

    /** Makes the claims, and compares. */
    @Setup
    public void load() {
        rules = Ruleset.beijing();
        plan = rules.plan("inpatient-allowance");
        drools = DMNRuntimeBuilder.fromDefaults().buildConfiguration().fromResources(List.of(ResourceFactory.newClassPathResource("allowance.dmn", SingleClaim.class.getClassLoader())))
                .getOrElseThrow(e -> new IllegalStateException(e));
        model = drools.getModels().get(0);
        Random random = new Random(7);
        for (int i = 0; i < CLAIMS; i++) {
            Map<String, Object> input = input(random);
            inputs.add(input);
            claims.add(claim(input, i));
            BigDecimal mine = plan.evaluate(claims.get(i)).total().orElseThrow();
            BigDecimal theirs = (BigDecimal) droolsOf(input);
            if (mine.compareTo(theirs) != 0) throw new IllegalStateException("answers differ: " + mine + ", " + theirs + " of " + input);
        }
    }

    private static Map<String, Object> input(Random random) {
        Map<String, Object> input = new LinkedHashMap<>();
        LocalDate start = LocalDate.of(2011 + random.nextInt(13), 1 + random.nextInt(12), 1);
        LocalDate admitted = start.plusDays(random.nextInt(380));
        input.put("cover_start", start);
        input.put("cover_end", start.plusYears(1).minusDays(1));
        input.put("admitted", admitted);
        input.put("discharged", admitted.plusDays(random.nextInt(40)));
        input.put("hospital_level", 1 + random.nextInt(3));
        input.put("cause", random.nextInt(10) == 0 ? "psychiatric" : "illness");
        int days = random.nextInt(180);
        input.put("days_this_period", days);
        input.put("paid_this_period", new BigDecimal(40 * days));
        return input;
    }

    private static Claim claim(Map<String, Object> input, int number) {
        Claim.Builder claim = Claim.builder().id("A-" + number).set("member", "BJ-" + number).set("cover", "C-" + number);
        input.forEach((name, value) -> {
            if (name.endsWith("_this_period")) claim.counter(name, value);
            else claim.set(name, value);
        });
        return claim.build();
    }

    private Object droolsOf(Map<String, Object> input) {
        DMNContext context = drools.newContext();
        input.forEach(context::set);
        return drools.evaluateAll(model, context).getDecisionResultByName("total").getResult();
    }

    private int turn() {
        next = next + 1 == CLAIMS ? 0 : next + 1;
        return next;
    }

    /** A claim that is there already, decided. */
    @Benchmark
    public Decision evaluate() {
        return plan.evaluate(claims.get(turn()));
    }

    /** The same, outcome and total alone: what Drools' model answers. */
    @Benchmark
    public Plan.Due due() {
        return plan.due(claims.get(turn()));
    }

    /** A claim made of a map, decided. */
    @Benchmark
    public Decision buildAndEvaluate() {
        int i = turn();
        return plan.evaluate(claim(inputs.get(i), i));
    }

    /** Decided, and explained in two languages as text and JSON. */
    @Benchmark
    public Decision explain() {
        return plan.explain(claims.get(turn()));
    }

    /** Drools, from a map. */
    @Benchmark
    public Object droolsDmn() {
        return droolsOf(inputs.get(turn()));
    }

    /** Lets go of the rules. */
    @TearDown
    public void close() {
        rules.close();
    }
}
