package org.huzhu.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.huzhu.Claim;
import org.huzhu.Decision;
import org.huzhu.Plan;
import org.huzhu.Ruleset;
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
    private Allowance drools;
    private final List<Map<String, Object>> inputs = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private int next;

    /** Makes the claims, and compares. */
    @Setup
    public void load() {
        rules = Ruleset.beijing();
        plan = rules.plan("inpatient-allowance");
        drools = new Allowance();
        Random random = new Random(7);
        for (int i = 0; i < CLAIMS; i++) {
            Map<String, Object> input = Allowance.input(random);
            inputs.add(input);
            claims.add(Allowance.claim(input, i));
            BigDecimal mine = plan.evaluate(claims.get(i)).total().orElseThrow();
            BigDecimal theirs = drools.total(input);
            if (mine.compareTo(theirs) != 0) throw new IllegalStateException("answers differ: " + mine + ", " + theirs + " of " + input);
        }
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
        return plan.evaluate(Allowance.claim(inputs.get(i), i));
    }

    /** Decided, and explained in two languages as text and JSON. */
    @Benchmark
    public Decision explain() {
        return plan.explain(claims.get(turn()));
    }

    /** Drools, from a map. */
    @Benchmark
    public BigDecimal droolsDmn() {
        return drools.total(inputs.get(turn()));
    }

    /** Lets go of the rules. */
    @TearDown
    public void close() {
        rules.close();
    }
}
