package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on one ruleset, rules closed and changed under way. */
@Timeout(120)
class ThreadsTest {
    private static final int THREADS = 8;

    private static <T> List<T> all(Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) running.add(pool.submit(task));
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) results.add(one.get(60, TimeUnit.SECONDS));
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Claim stay(int days) {
        return Project.stay().id("A-" + days).set("discharged", java.time.LocalDate.of(2024, 3, 4).plusDays(days)).fresh().build();
    }

    @Test
    void eightThreadsGetTheAnswersOfOne() throws Exception {
        try (Ruleset rules = Ruleset.beijing()) {
            Plan plan = rules.plan("inpatient-allowance");
            List<Claim> claims = new ArrayList<>();
            List<Decision> alone = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                claims.add(stay(1 + i));
                alone.add(plan.evaluate(claims.get(i)));
            }
            List<Boolean> same = all(() -> {
                for (int round = 0; round < 10; round++)
                    for (int i = 0; i < claims.size(); i++)
                        if (!plan.evaluate(claims.get(i)).equals(alone.get(i))) return false;
                return true;
            });
            assertFalse(same.contains(false));
        }
    }

    @Test
    void closeWaitsForCallsAndRefusesLaterOnes() throws Exception {
        for (int round = 0; round < 20; round++) {
            Ruleset rules = Ruleset.beijing();
            Plan plan = rules.plan("inpatient-allowance");
            CountDownLatch running = new CountDownLatch(THREADS);
            AtomicInteger refused = new AtomicInteger();
            Thread closer = new Thread(() -> {
                try {
                    running.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                rules.close();
            });
            closer.start();
            List<Integer> decided = all(() -> {
                int count = 0;
                try {
                    for (; ; count++) {
                        assertEquals(new BigDecimal("360.00"), plan.evaluate(stay(10)).total().orElseThrow());
                        if (count == 3) running.countDown();
                    }
                } catch (ClosedException e) {
                    refused.incrementAndGet();
                }
                return count;
            });
            closer.join();
            assertEquals(THREADS, refused.get());
            assertTrue(decided.stream().allMatch(n -> n > 3));
        }
    }

    @Test
    void rulesChangeWhileCallsRun() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Set<String> scenarios = java.util.Collections.synchronizedSet(new HashSet<>());
        try (LiveRules live = new LiveRules(Ruleset.beijing())) {
            Thread changer = new Thread(() -> {
                for (int i = 0; i < 12; i++) {
                    int amount = 41 + i;
                    live.swap(() -> Ruleset.bundled("beijing", "inpatient-allowance.daily_amount = " + amount));
                }
                done.set(true);
            });
            changer.start();
            List<Integer> wrong = all(() -> {
                int count = 0;
                while (!done.get()) {
                    Decision d = live.evaluate("inpatient-allowance", stay(10));
                    String scenario = d.rules().scenario();
                    int amount = scenario.isEmpty() ? 40 : Integer.parseInt(scenario.substring(scenario.indexOf('=') + 1));
                    scenarios.add(scenario);
                    if (d.total().orElseThrow().compareTo(BigDecimal.valueOf(9L * amount)) != 0) count++;
                }
                return count;
            });
            changer.join();
            assertTrue(wrong.stream().allMatch(n -> n == 0));
            assertTrue(scenarios.size() > 1, "old and new rules answered: " + scenarios.size());
            assertEquals("inpatient-allowance.daily_amount=52", live.version().scenario());
            assertThrows(RulesException.class, () -> live.swap(() -> Ruleset.bundled("beijing", "inpatient-allowance.daily_amount = \"x\"")));
            assertEquals("inpatient-allowance.daily_amount=52", live.version().scenario());
            RulesVersion version = live.use(rules -> {
                assertEquals(rules.version(), rules.plan("inpatient-allowance").evaluate(stay(3)).rules());
                return rules.version();
            });
            assertEquals(live.version(), version);
            live.close();
            assertThrows(ClosedException.class, live::version);
            assertThrows(ClosedException.class, () -> live.swap(Ruleset::beijing));
        }
    }

    @Test
    void aLedgerIsRightUnderThreads() throws Exception {
        try (Ruleset rules = Ruleset.beijing(); Ledger ledger = new Ledger()) {
            Plan plan = rules.plan("inpatient-allowance");
            AtomicInteger number = new AtomicInteger();
            List<BigDecimal> paid = all(() -> {
                BigDecimal sum = BigDecimal.ZERO;
                for (int i = 0; i < 10; i++) sum = sum.add(ledger.settle(plan, Project.stay().id("A-" + number.incrementAndGet()).build()).total().orElseThrow());
                return sum;
            });
            assertEquals(0, paid.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(new BigDecimal("7200")), "180 days at 40 are the most");
        }
    }

    @Test
    void whatNobodyClosesIsFreedAllTheSame() throws Exception {
        long before = -1;
        for (int i = 0; i < 60; i++) {
            Ruleset forgotten = Ruleset.beijing();
            forgotten.plan("inpatient-allowance").evaluate(stay(3));
            forgotten = null;
            if (i % 5 == 4) {
                System.gc();
                Thread.sleep(50);
            }
            if (i == 19) before = Memory.resident();
        }
        System.gc();
        Thread.sleep(200);
        long grown = Memory.resident() - before;
        assertTrue(grown < 60_000_000, "40 forgotten rulesets left " + grown + " bytes");
    }
}
