package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Many evaluations take no more memory than few: in a JVM of its own, whose heap is all there from the start, so that what grows is
 * native, and what a leaking heap ends with is an OutOfMemoryError. As many as the property huzhu.evaluations says, or as fit into the
 * seconds of huzhu.seconds. The JVM's better compiler is off: its own memory comes and goes by tens of megabytes.
 */
class GrowthTest {
    private static final int PARTS = 10;

    /** In the JVM of its own: after each tenth the evaluations so far and the memory. */
    public static void main(String[] arguments) throws Exception {
        long evaluations = Long.parseLong(arguments[0]);
        long until = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
        try (Ruleset rules = Ruleset.beijing()) {
            Plan plan = rules.plan("womens-diseases");
            Claim paid = Claim.ofJson("{\"id\":\"1\",\"member\":\"\uD842\uDFB7\",\"cover\":\"C\",\"cover_start\":\"2018-01-01\",\"diagnosed\":\"2018-03-02\",\"icd10\":\"C50.9\",\"units\":2}").withFreshCounters();
            Claim refused = Claim.ofJson("{\"id\":\"1\",\"member\":\"M\",\"cover\":\"C\",\"cover_start\":\"2018-01-01\",\"diagnosed\":\"2018-01-02\",\"icd10\":\"C50.9\",\"units\":2}").withFreshCounters();
            Claim wrong = Claim.ofJson("{\"units\":\"many\"}");
            long i = 0;
            while (i < evaluations && System.nanoTime() < until) {
                plan.evaluate(i % 3 == 0 ? refused : i % 100 == 1 ? wrong : paid);
                if (i % 100 == 2) plan.explain(paid);
                if (i % 100 == 5) plan.due(paid);
                if (i % 100 == 6) plan.counters(paid);
                if (i % 1000 == 3) rules.handbook(Locale.CHINESE);
                if (i % 1000 == 4) settled(plan, paid);
                if (i % 10_000 == 7) loaded();
                i++;
                if (i % (evaluations / PARTS) == 0) System.out.println(i + " " + Memory.resident());
            }
        }
    }

    private static void settled(Plan plan, Claim claim) {
        try (Ledger ledger = new Ledger()) {
            ledger.settle(plan, claim);
            ledger.reverse(plan, "1");
        }
    }

    private static void loaded() {
        try (Ruleset again = Ruleset.beijing()) {
            again.plan("womens-diseases").evaluate(Claim.ofJson("{}"));
        }
    }

    @Test
    void manyEvaluationsDoNotGrow() throws Exception {
        String evaluations = System.getProperty("huzhu.evaluations", "200000");
        long seconds = Long.getLong("huzhu.seconds", 240);
        Project.Ran ran = Project.java(seconds + 60, List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                GrowthTest.class.getName(), evaluations, Long.toString(seconds));
        assertEquals(0, ran.status(), ran.out());
        System.out.print(ran.out());
        List<long[]> seen = ran.out().lines().map(line -> line.split(" ")).map(w -> new long[] {Long.parseLong(w[0]), Long.parseLong(w[1])}).toList();
        assertTrue(seen.size() > 2, "three tenths do not fit into " + seconds + " seconds: nothing was compared");
        assertTrue(seen.get(seen.size() - 1)[1] - seen.get(1)[1] < 4_000_000, "bytes after each tenth of the evaluations:\n" + ran.out());
    }
}
