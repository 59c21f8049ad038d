package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Many evaluations take no more memory than few: in a JVM of its own, whose heap is all there from the start. As many as the property
 * huzhu.evaluations says, or as fit into the seconds of huzhu.seconds.
 */
class GrowthTest {
    /** In the JVM of its own. */
    public static void main(String[] arguments) throws Exception {
        long evaluations = Long.parseLong(arguments[0]);
        long until = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
        try (Ruleset rules = Ruleset.beijing()) {
            Plan plan = rules.plan("womens-diseases");
            Claim paid = Claim.ofJson("{\"id\":\"1\",\"member\":\"\uD842\uDFB7\",\"cover\":\"C\",\"cover_start\":\"2018-01-01\",\"diagnosed\":\"2018-03-02\",\"icd10\":\"C50.9\",\"units\":2}").withFreshCounters();
            Claim refused = Claim.ofJson("{\"id\":\"1\",\"member\":\"M\",\"cover\":\"C\",\"cover_start\":\"2018-01-01\",\"diagnosed\":\"2018-01-02\",\"icd10\":\"C50.9\",\"units\":2}").withFreshCounters();
            Claim wrong = Claim.ofJson("{\"units\":\"many\"}");
            long i = 0;
            long warm = 0;
            for (; i < evaluations && System.nanoTime() < until; i++) {
                if (i == evaluations / 10) warm = Memory.resident();
                plan.evaluate(i % 3 == 0 ? refused : i % 100 == 1 ? wrong : paid);
                if (i % 100 == 2) plan.explain(paid);
                if (i % 1000 == 3) rules.handbook(java.util.Locale.CHINESE);
            }
            System.out.println(i + " " + (Memory.resident() - warm));
        }
    }

    @Test
    void manyEvaluationsDoNotGrow() throws Exception {
        String evaluations = System.getProperty("huzhu.evaluations", "200000");
        Project.Ran ran = Project.java(List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"), GrowthTest.class.getName(), evaluations,
                System.getProperty("huzhu.seconds", "240"));
        assertEquals(0, ran.status(), ran.out());
        String[] words = ran.out().strip().split(" ");
        System.out.println(words[0] + " evaluations, " + words[1] + " bytes more at the end than after a tenth of them");
        assertTrue(Long.parseLong(words[1]) < 24_000_000, ran.out());
    }
}
