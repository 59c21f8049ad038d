package org.huzhu.examples.settlement;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.huzhu.CounterKey;
import org.huzhu.Decision;
import org.huzhu.RulesVersion;

/** The tables of schema.sql on one connection: statements, no thought. What is a transaction is said by the caller. */
final class Store implements AutoCloseable {
    /** A counter that is locked until the transaction ends; null where there is none. */
    record Row(long no, String name, String amount, Long movedBy, Long rules) {}

    /** A settled claim. */
    record Settled(long no, String claimId, String claim, long rules, boolean standing) {}

    /** What a settlement found and left. */
    record Reading(long counter, String before, boolean moved, Long movedBefore) {}

    /**
     * Held by a transaction of H2. It saves its maps one after another, not at one moment: of a transaction that writes meanwhile, a crash then
     * keeps the rows of one map and loses those of another (github.com/h2database/h2database/issues/2080). PostgreSQL needs none.
     */
    private static final ReentrantLock ALONE = new ReentrantLock(true);

    private final Connection connection;
    private final boolean alone;

    Store(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
        alone = url.startsWith("jdbc:h2:");
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    /** Makes the tables, where they are not there yet. */
    static void create(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url); InputStream in = Store.class.getResourceAsStream("schema.sql")) {
            connection.createStatement().execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the jar is damaged", e);
        }
    }

    /** Begins a transaction, of this thread, which {@link #end} ends. */
    void begin() {
        if (alone) ALONE.lock();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /** After commit or rollback. */
    void end() {
        if (alone) ALONE.unlock();
    }

    @Override
    public void close() throws SQLException {
        begin();
        try {
            connection.close();
        } finally {
            end();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }

    private int run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Reads a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(Reader<T> reader, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values); ResultSet rows = statement.executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) list.add(reader.read(rows));
            return list;
        }
    }

    private <T> Optional<T> one(Reader<T> reader, String sql, Object... values) throws SQLException {
        return list(reader, sql, values).stream().findFirst();
    }

    private static Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** The number of these rules. */
    long rules(RulesVersion rules) throws SQLException {
        run("insert into rules (name, version, sha256, scenario) values (?, ?, ?, ?) on conflict do nothing", rules.name(), rules.version(), rules.sha256(),
                rules.scenario());
        return one(r -> r.getLong(1), "select no from rules where sha256 = ? and scenario = ?", rules.sha256(), rules.scenario()).orElseThrow();
    }

    /** A new settlement; empty when there is one of this plan and id, once the transaction that makes it has ended. */
    Optional<Long> newSettlement(String plan, String id, String claim, long rules) throws SQLException {
        int made = run("insert into settlement (plan, claim_id, claim, rules) values (?, ?, ?, ?) on conflict do nothing", plan, id, claim, rules);
        return made == 0 ? Optional.empty() : settlement(plan, id).map(Settled::no);
    }

    private static Settled settled(ResultSet row) throws SQLException {
        return new Settled(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getBoolean(5));
    }

    Optional<Settled> settlement(String plan, String id) throws SQLException {
        return one(Store::settled, "select no, claim_id, claim, rules, standing from settlement where plan = ? and claim_id = ?", plan, id);
    }

    Settled settlement(long no) throws SQLException {
        return one(Store::settled, "select no, claim_id, claim, rules, standing from settlement where no = ? for update", no).orElseThrow();
    }

    /** The settlement has its turn, now that its counters are locked. */
    void turn(long settlement) throws SQLException {
        run("update settlement set turn = nextval('settlement_turn') where no = ?", settlement);
    }

    void takenBack(long settlement) throws SQLException {
        run("update settlement set standing = false where no = ?", settlement);
    }

    void standsUnder(long settlement, long rules) throws SQLException {
        run("update settlement set rules = ? where no = ?", rules, settlement);
    }

    /** Standing settlements of a plan that are not under these rules, with the counters that they read, oldest first. */
    List<long[]> others(String plan, long rules) throws SQLException {
        return list(r -> new long[] {r.getLong(1), r.getLong(2)},
                "select s.no, coalesce(r.counter, 0) from settlement s left join reading r on r.settlement = s.no"
                        + " where s.plan = ? and s.standing and s.rules <> ? order by s.turn, s.no, r.counter", plan, rules);
    }

    /** The number of a counter, which is made where it is not there yet. */
    long counter(String plan, CounterKey counter) throws SQLException {
        String key = key(counter.key());
        run("insert into counter (plan, name, counter_key) values (?, ?, ?) on conflict do nothing", plan, counter.name(), key);
        return one(r -> r.getLong(1), "select no from counter where plan = ? and name = ? and counter_key = ?", plan, counter.name(), key).orElseThrow();
    }

    /** Waits until no other transaction has the counter. */
    Row lock(long no) throws SQLException {
        return one(Store::row, "select no, name, amount, moved_by, rules from counter where no = ? for update", no).orElseThrow();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), row.getString(2), row.getString(3), number(row, 4), number(row, 5));
    }

    void leave(long counter, String amount, Long movedBy, Long rules) throws SQLException {
        run("update counter set amount = ?, moved_by = ?, rules = ? where no = ?", amount, movedBy, rules, counter);
    }

    /** Whether a standing settlement but this one read the counter. */
    boolean read(long counter, long settlement) throws SQLException {
        return !list(r -> 1, "select 1 from reading r join settlement s on s.no = r.settlement where r.counter = ? and s.standing and s.no <> ?", counter,
                settlement).isEmpty();
    }

    void reading(long settlement, Row counter, String after, boolean moved) throws SQLException {
        run("insert into reading (settlement, counter, before_amount, after_amount, moved, moved_before) values (?, ?, ?, ?, ?, ?)", settlement, counter.no(),
                counter.amount(), after, moved, counter.movedBy());
    }

    void forgetReadings(long settlement) throws SQLException {
        run("delete from reading where settlement = ?", settlement);
    }

    List<Reading> readings(long settlement) throws SQLException {
        return list(r -> new Reading(r.getLong(1), r.getString(2), r.getBoolean(3), number(r, 4)),
                "select counter, before_amount, moved, moved_before from reading where settlement = ? order by counter", settlement);
    }

    void decided(long settlement, long rules, Decision d, String explanation) throws SQLException {
        run("insert into decision (settlement, rules, outcome, total, decision, explanation) values (?, ?, ?, ?, ?, ?)", settlement, rules, d.outcome().json(),
                d.total().orElse(null), d.json(), explanation);
    }

    /** The decision that stands. */
    Answer answer(Settled settled, Answer.Status status) throws SQLException {
        return one(r -> new Answer(settled.claimId(), status, r.getString(1), r.getBigDecimal(2), r.getString(3)),
                "select outcome, total, decision from decision where settlement = ? order by no desc", settled.no()).orElseThrow();
    }

    void pay(long settlement, String kind, long rules, BigDecimal amount, String why) throws SQLException {
        run("insert into payment (settlement, kind, rules, amount, why) values (?, ?, ?, ?, ?)", settlement, kind, rules, amount, why);
    }

    BigDecimal paid(long settlement) throws SQLException {
        return one(r -> r.getBigDecimal(1), "select coalesce(sum(amount), 0.00) from payment where settlement = ?", settlement).orElseThrow();
    }

    /** A key as text; its parts cannot run into each other. */
    static String key(Map<String, String> key) {
        StringBuilder text = new StringBuilder();
        for (String part : new TreeSet<>(key.keySet()))
            text.append(text.length() == 0 ? "" : ", ").append(part).append('=').append(key.get(part).replace("\\", "\\\\").replace(",", "\\,"));
        return text.toString();
    }
}
