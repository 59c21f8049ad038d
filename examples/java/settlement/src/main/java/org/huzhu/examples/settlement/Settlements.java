package org.huzhu.examples.settlement;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.huzhu.Claim;
import org.huzhu.CounterKey;
import org.huzhu.Decision;
import org.huzhu.Outcome;
import org.huzhu.Plan;
import org.huzhu.Resettlement;
import org.huzhu.Ruleset;

/**
 * Settles claims against a database, each in one transaction: its counters are locked, in an order that is the same for all; the claim is
 * decided by what they hold; decision, explanation, counters and payment are written; the transaction is committed. Two clerks who settle
 * the same member wait for each other at the first counter they share, and for nothing else.
 *
 * <p>One object is one clerk: a connection, used by one thread. Any number of clerks, in any number of processes, may work at once. On H2, which
 * is embedded in one process, they take turns: it keeps a transaction whole through a crash only if no other one writes meanwhile.
 */
public final class Settlements implements AutoCloseable {
    private static final int ATTEMPTS = 20;
    private static final Set<Outcome> FINAL = Set.of(Outcome.PAID, Outcome.NOTHING_DUE, Outcome.REFUSED);

    private final Store store;
    private final Ruleset rules;
    private final long rulesNo;

    /**
     * A clerk.
     *
     * @param url of JDBC, of a database with the tables ({@link #install})
     * @param rules stay open as long as this
     * @throws SQLException of the database
     */
    public Settlements(String url, Ruleset rules) throws SQLException {
        this.store = new Store(url);
        this.rules = rules;
        this.rulesNo = attempt(() -> store.rules(rules.version()));
    }

    /**
     * Makes the tables, where they are not there. Once, before clerks work: databases do not make one table twice at a time.
     *
     * @param url of JDBC
     * @throws SQLException of the database
     */
    public static void install(String url) throws SQLException {
        Store.create(url);
    }

    /** Something done in one transaction. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** Does it whole or not at all; again, when another transaction was in its way. */
    private <T> T attempt(Work<T> work) throws SQLException {
        for (int i = 1; ; i++) {
            store.begin();
            try {
                T result = work.run();
                store.commit();
                return result;
            } catch (SQLException e) {
                store.rollback();
                if (i == ATTEMPTS || !passes(e)) throw e;
            } catch (RuntimeException e) {
                store.rollback();
                throw e;
            } finally {
                store.end();
            }
        }
    }

    /** Deadlocks and the like, of PostgreSQL and of H2. */
    private static boolean passes(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("40") || e.getErrorCode() == 90131 || e.getErrorCode() == 50200;
    }

    /**
     * Settles a claim, or tells what became of it when it was sent before.
     *
     * @param planId under which
     * @param claim without counters: the database has them
     * @return the answer; once it is there it is written
     * @throws RefusedException when another claim has its id, or its counters stand under other rules
     * @throws SQLException of the database; sending the claim again is right
     */
    public Answer settle(String planId, Claim claim) throws SQLException {
        Plan plan = rules.plan(planId);
        String id = plan.evaluate(claim).id();
        if (id.isEmpty()) throw new RefusedException("the claim has no id: it could not be told from one sent before");
        return attempt(() -> {
            var made = store.newSettlement(planId, id, claim.toString(), rulesNo);
            if (made.isEmpty()) return known(planId, id, claim);
            List<Store.Row> counters = lock(planId, plan.counters(claim));
            store.turn(made.get());
            Decision d = plan.explain(claim.withCounters(given(counters)).withFreshCounters());
            if (!FINAL.contains(d.outcome())) {
                store.rollback();
                return new Answer(id, Answer.Status.OPEN, d.outcome().json(), d.total().orElse(null), d.json());
            }
            write(made.get(), counters, d);
            store.decided(made.get(), rulesNo, d, d.explanation().orElseThrow().text(Locale.CHINESE));
            store.pay(made.get(), "paid", rulesNo, d.total().orElseThrow(), "");
            return new Answer(id, Answer.Status.SETTLED, d.outcome().json(), d.total().orElse(null), d.json());
        });
    }

    private Answer known(String plan, String id, Claim claim) throws SQLException {
        Store.Settled settled = store.settlement(plan, id).orElseThrow(() -> new SQLException("it is being taken away", "40001"));
        if (!settled.claim().equals(claim.toString())) throw new RefusedException("claim " + id + " was settled with other contents: a changed claim has an id of its own");
        return store.answer(settled, settled.standing() ? Answer.Status.KNOWN : Answer.Status.TAKEN_BACK);
    }

    /** Makes and locks counters, each in an order that is the same for all, so that no two transactions wait for each other crosswise. */
    private List<Store.Row> lock(String plan, List<CounterKey> keys) throws SQLException {
        List<CounterKey> sorted = new ArrayList<>(keys);
        sorted.sort(Comparator.comparing(CounterKey::name).thenComparing(k -> Store.key(k.key())));
        Set<Long> numbers = new TreeSet<>();
        for (CounterKey key : sorted) numbers.add(store.counter(plan, key));
        List<Store.Row> rows = new ArrayList<>();
        for (long no : numbers) {
            Store.Row row = store.lock(no);
            if (row.rules() != null && row.rules() != rulesNo)
                throw new RefusedException("counter " + row.name() + " stands under other rules: resettle the plan, or use the rules that it stands under");
            rows.add(row);
        }
        return rows;
    }

    /** Counters as claims take them. */
    private static Map<String, Object> given(List<Store.Row> counters) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (Store.Row row : counters)
            if (row.amount() != null) given.put(row.name(), value(row.amount()));
        return given;
    }

    private static Object value(String amount) {
        return amount.equals("true") || amount.equals("false") ? (Object) Boolean.valueOf(amount) : amount;
    }

    /** What a decision moves, by the names that {@link Plan#counters} has: of a part of a package {@code plan.name}. */
    private static void moved(Decision d, String prefix, Map<String, Decision.CounterChange> into) {
        d.counters().forEach(change -> into.put(prefix + change.name(), change));
        d.parts().forEach(part -> moved(part, prefix + part.plan() + ".", into));
    }

    private void write(long settlement, List<Store.Row> counters, Decision d) throws SQLException {
        Map<String, Decision.CounterChange> moved = new HashMap<>();
        moved(d, "", moved);
        for (Store.Row row : counters) {
            Decision.CounterChange change = moved.get(row.name());
            String after = change == null ? row.amount() : change.after().map(Settlements::text).orElse(null);
            store.reading(settlement, row, after, change != null);
            store.leave(row.no(), after, change == null ? row.movedBy() : (Long) settlement, rulesNo);
        }
    }

    private static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /**
     * Takes a claim back: its counters are as they were before it, its money is to come back.
     *
     * @param plan under which it was settled
     * @param id of the claim
     * @return the answer, the amount below 0
     * @throws RefusedException when there is none, or a later claim was settled by what this one left
     * @throws SQLException of the database; asking again is right
     */
    public Answer takeBack(String plan, String id) throws SQLException {
        return attempt(() -> {
            long no = store.settlement(plan, id).orElseThrow(() -> new RefusedException("there is no claim " + id + " under " + plan)).no();
            List<Store.Reading> readings = store.readings(no);
            Map<Long, Store.Row> rows = new HashMap<>();
            for (Store.Reading reading : readings) rows.put(reading.counter(), store.lock(reading.counter()));
            Store.Settled settled = store.settlement(no);
            if (!settled.standing()) return store.answer(settled, Answer.Status.TAKEN_BACK);
            for (Store.Reading reading : readings) {
                if (!reading.moved()) continue;
                if (!Long.valueOf(no).equals(rows.get(reading.counter()).movedBy()))
                    throw new RefusedException("later claims were settled by what claim " + id + " left: take those back first, the newest before the others");
                store.leave(reading.counter(), reading.before(), reading.movedBefore(), store.read(reading.counter(), no) ? (Long) settled.rules() : null);
            }
            BigDecimal amount = store.paid(no).negate();
            store.pay(no, "taken back", settled.rules(), amount, "");
            store.takenBack(no);
            return new Answer(id, Answer.Status.TAKEN_BACK, Outcome.REVERSED.json(), amount, "");
        });
    }

    /**
     * Settles again, under this clerk's rules, what stands under others: a transaction for each group of claims that share counters. What is
     * paid too little or too much is a payment of kind "difference", above or below 0. Stopped half way it goes on where it was.
     *
     * @param planId under which
     * @param was the rules under which the claims stand
     * @return each claim that was settled again; the amount is the difference
     * @throws RefusedException when some stand under rules of a third kind
     * @throws SQLException of the database; asking again is right
     */
    public List<Answer> resettle(String planId, Ruleset was) throws SQLException {
        List<Answer> all = new ArrayList<>();
        long wasNo = attempt(() -> store.rules(was.version()));
        while (true) {
            List<Answer> group = attempt(() -> {
                Group first = firstGroup(planId);
                if (first == null) return List.of();
                return resettle(planId, was, wasNo, first);
            });
            if (group.isEmpty()) return all;
            all.addAll(group);
        }
    }

    /** Settlements that share counters, directly or through others, in the order of their turns. */
    private record Group(List<Long> settlements, Set<Long> counters) {}

    private Group firstGroup(String plan) throws SQLException {
        List<long[]> edges = store.others(plan, rulesNo);
        if (edges.isEmpty()) return null;
        Set<Long> settlements = new HashSet<>(Set.of(edges.get(0)[0]));
        Set<Long> counters = new TreeSet<>();
        for (boolean grown = true; grown; ) {
            grown = false;
            for (long[] edge : edges) {
                if (!settlements.contains(edge[0]) && !counters.contains(edge[1])) continue;
                grown |= settlements.add(edge[0]);
                if (edge[1] != 0) grown |= counters.add(edge[1]);
            }
        }
        return new Group(edges.stream().map(edge -> edge[0]).filter(settlements::contains).distinct().toList(), counters);
    }

    private List<Answer> resettle(String planId, Ruleset was, long wasNo, Group group) throws SQLException {
        List<Store.Row> rows = new ArrayList<>();
        for (long counter : group.counters()) rows.add(store.lock(counter));
        Group again = firstGroup(planId);
        if (!group.equals(again)) throw new SQLException("claims were settled meanwhile", "40001");
        Map<Long, String> first = new HashMap<>();
        for (long no : group.settlements())
            for (Store.Reading reading : store.readings(no))
                if (!first.containsKey(reading.counter())) first.put(reading.counter(), reading.before()); // null: it had not begun
        for (Store.Row row : rows) store.leave(row.no(), first.get(row.no()), null, rulesNo);
        List<Answer> answers = new ArrayList<>();
        try (Resettlement resettlement = new Resettlement(was.plan(planId), rules.plan(planId))) {
            for (long no : group.settlements()) {
                Store.Settled settled = store.settlement(no);
                if (settled.rules() != wasNo) throw new RefusedException("claim " + settled.claimId() + " stands under rules that were not given");
                answers.add(again(planId, settled, resettlement));
            }
        }
        return answers;
    }

    private Answer again(String planId, Store.Settled settled, Resettlement resettlement) throws SQLException {
        long no = settled.no();
        Map<String, Object> given = new LinkedHashMap<>();
        for (Store.Reading reading : store.readings(no))
            if (reading.before() != null) given.put(store.lock(reading.counter()).name(), value(reading.before()));
        Claim claim = Claim.ofJson(settled.claim());
        Resettlement.Difference difference = resettlement.settle(claim.withCounters(given).withFreshCounters());
        Decision now = difference.now();
        if (!FINAL.contains(now.outcome()))
            throw new RefusedException("claim " + settled.claimId() + " has no amount under the new rules (" + now.outcome().json() + "): nothing of its group was changed");
        BigDecimal amount = now.total().orElseThrow().subtract(store.paid(no));
        store.forgetReadings(no);
        write(no, lock(planId, rules.plan(planId).counters(claim)), now);
        store.decided(no, rulesNo, now, difference.text(Locale.CHINESE));
        store.pay(no, "difference", rulesNo, amount, difference.text(Locale.CHINESE));
        store.standsUnder(no, rulesNo);
        return new Answer(settled.claimId(), Answer.Status.RESETTLED, now.outcome().json(), amount, now.json());
    }

    @Override
    public void close() throws SQLException {
        store.close();
    }
}
