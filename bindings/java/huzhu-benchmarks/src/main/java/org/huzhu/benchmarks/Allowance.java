package org.huzhu.benchmarks;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.huzhu.Claim;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.internal.io.ResourceFactory;

/** Claims under the in-patient allowance, and Drools with a DMN model of its rules. */
final class Allowance {
    private final DMNRuntime drools;
    private final DMNModel model;

    Allowance() {
        drools = DMNRuntimeBuilder.fromDefaults().buildConfiguration().fromResources(List.of(ResourceFactory.newClassPathResource("allowance.dmn", Allowance.class.getClassLoader())))
                .getOrElseThrow(e -> new IllegalStateException(e));
        model = drools.getModels().get(0);
    }

    /** A claim by the names of inputs and counters. */
    static Map<String, Object> input(Random random) {
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

    /** The claim for the library. */
    static Claim claim(Map<String, Object> input, int number) {
        Claim.Builder claim = Claim.builder().id("A-" + number).set("member", "BJ-" + number).set("cover", "C-" + number);
        input.forEach((name, value) -> {
            if (name.endsWith("_this_period")) claim.counter(name, value);
            else claim.set(name, value);
        });
        return claim.build();
    }

    /** The total, by Drools. */
    BigDecimal total(Map<String, Object> input) {
        DMNContext context = drools.newContext();
        input.forEach(context::set);
        return (BigDecimal) drools.evaluateAll(model, context).getDecisionResultByName("total").getResult();
    }
}
