package org.huzhu.examples.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.huzhu.Claim;
import org.huzhu.Ruleset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the ERP of a union must be able to rely on, on each database. */
@Timeout(180)
class SettlementTest {
    private static final String PLAN = "inpatient-allowance";
    private static final int CLERKS = 8;
    private static Ruleset rules;
    private static Ruleset more;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        rules = Ruleset.beijing();
        more = Ruleset.bundled("beijing", "inpatient-allowance.daily_amount = 60");
    }

    @AfterAll
    static void close() {
        rules.close();
        more.close();
    }

    static List<String> databases() {
        List<String> urls = new ArrayList<>(List.of("H2"));
        if (!System.getProperty("settlement.postgres", "").isEmpty()) urls.add(System.getProperty("settlement.postgres"));
        return urls;
    }

    /** An empty database, with its tables. */
    private String empty(String database) throws SQLException {
        String url = database;
        if (database.equals("H2")) {
            url = "jdbc:h2:file:" + folder.resolve("claims") + Main.H2;
        } else {
            try (Connection connection = DriverManager.getConnection(database); Statement statement = connection.createStatement()) {
                statement.execute("drop schema public cascade");
                statement.execute("create schema public");
            }
        }
        Settlements.install(url);
        return url;
    }

    private static Claim stay(String id, String member, LocalDate admitted, int days) {
        return Claim.builder().id(id).set("member", member).set("cover", member + "-2024").set("cover_start", LocalDate.of(2024, 1, 1))
                .set("cover_end", LocalDate.of(2024, 12, 31)).set("admitted", admitted).set("discharged", admitted.plusDays(days)).set("hospital_level", 3)
                .set("cause", "illness").build();
    }

    private static Claim stay(String id) {
        return stay(id, "\uD842\uDFB7", LocalDate.of(2024, 3, 4), 10);
    }

    private static BigDecimal sum(String url) throws SQLException {
        return new BigDecimal(query(url, "select coalesce(sum(amount), 0.00) from payment").get(0));
    }

    private static List<String> query(String url, String sql) throws SQLException {
        try (Store store = new Store(url)) {
            return store.list(row -> {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) columns.add(String.valueOf(row.getString(i)));
                return String.join("|", columns);
            }, sql);
        }
    }

    private static List<String> counters(String url) throws SQLException {
        return query(url, "select name, counter_key, amount from counter order by name, counter_key");
    }

    /** All clerks at once, each with a connection of its own. */
    private static List<Answer> together(String url, List<Claim> claims) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLERKS);
        try {
            List<Future<List<Answer>>> running = new ArrayList<>();
            for (int i = 0; i < CLERKS; i++) {
                int first = i;
                running.add(pool.submit(() -> {
                    List<Answer> answers = new ArrayList<>();
                    try (Settlements clerk = new Settlements(url, rules)) {
                        for (int j = first; j < claims.size(); j += CLERKS) answers.add(clerk.settle(PLAN, claims.get(j)));
                    }
                    return answers;
                }));
            }
            List<Answer> all = new ArrayList<>();
            for (Future<List<Answer>> one : running) all.addAll(one.get(120, TimeUnit.SECONDS));
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void clerksWhoSettleOneMemberAtOnceNeverOverpayACap(String database) throws Exception {
        String url = empty(database);
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 48; i++) claims.add(stay("A-" + i));
        List<Answer> answers = together(url, claims);
        assertEquals(48, answers.size());
        assertEquals(new BigDecimal("7200.00"), sum(url), "180 days at 40 are the most");
        assertEquals(List.of("days_this_period|cover=\uD842\uDFB7-2024, member=\uD842\uDFB7|180", "paid_this_period|cover=\uD842\uDFB7-2024, member=\uD842\uDFB7|7200.00"), counters(url));
        assertEquals(List.of("48"), query(url, "select count(*) from decision d join rules r on r.no = d.rules where r.sha256 = '" + rules.version().sha256() + "'"));
        assertEquals(List.of("0"), query(url, "select count(*) from decision where explanation = '' or decision = ''"));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aClaimSentManyTimesIsPaidOnce(String database) throws Exception {
        String url = empty(database);
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 40; i++) claims.add(stay("A-" + i / 8)); // each clerk sends each of the five
        List<Answer> answers = together(url, claims);
        assertEquals(5, answers.stream().filter(a -> a.status() == Answer.Status.SETTLED).count());
        assertEquals(35, answers.stream().filter(a -> a.status() == Answer.Status.KNOWN).count());
        assertTrue(answers.stream().allMatch(a -> a.amount().equals(new BigDecimal("360.00"))));
        assertEquals(new BigDecimal("1800.00"), sum(url));
        try (Settlements clerk = new Settlements(url, rules)) {
            assertThrows(RefusedException.class, () -> clerk.settle(PLAN, stay("A-1", "BJ-2", LocalDate.of(2024, 3, 4), 10)));
            assertThrows(RefusedException.class, () -> clerk.settle(PLAN, stay("", "BJ-2", LocalDate.of(2024, 3, 4), 10)));
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aClaimWithoutAnAnswerWritesNothing(String database) throws Exception {
        String url = empty(database);
        try (Settlements clerk = new Settlements(url, rules)) {
            Claim half = Claim.builder().id("A-1").set("member", "BJ-1").set("cover", "C").set("cover_start", "2024-01-01").build();
            assertEquals(Answer.Status.OPEN, clerk.settle(PLAN, half).status());
            assertEquals(Answer.Status.OPEN, clerk.settle(PLAN, Claim.builder().id("A-2").set("hospital_level", 9).build()).status());
            assertEquals(List.of("0|0"), query(url, "select (select count(*) from settlement), (select count(*) from counter)"));
            assertEquals(Answer.Status.SETTLED, clerk.settle(PLAN, stay("A-1")).status(), "mended, it is sent again under its id");
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aReversalGivesTheCountersBack(String database) throws Exception {
        String url = empty(database);
        try (Settlements clerk = new Settlements(url, rules)) {
            clerk.settle(PLAN, stay("A-1"));
            List<String> before = counters(url);
            clerk.settle(PLAN, stay("A-2"));
            assertThrows(RefusedException.class, () -> clerk.takeBack(PLAN, "A-1"), "a later claim was settled by what it left");
            assertThrows(RefusedException.class, () -> clerk.takeBack(PLAN, "A-9"));
            assertEquals(new BigDecimal("-360.00"), clerk.takeBack(PLAN, "A-2").amount());
            assertEquals(before, counters(url));
            assertEquals(Answer.Status.TAKEN_BACK, clerk.takeBack(PLAN, "A-2").status());
            assertEquals(new BigDecimal("360.00"), sum(url), "taken back twice, paid back once");
            assertEquals(Answer.Status.TAKEN_BACK, clerk.settle(PLAN, stay("A-2")).status(), "sent again it stays taken back");
            assertEquals(new BigDecimal("-360.00"), clerk.takeBack(PLAN, "A-1").amount());
            assertTrue(counters(url).stream().allMatch(line -> line.endsWith("|null")), counters(url).toString());
            assertEquals(new BigDecimal("0.00"), sum(url));
        }
        try (Settlements clerk = new Settlements(url, more)) {
            assertEquals(new BigDecimal("540.00"), clerk.settle(PLAN, stay("A-3")).amount(), "nothing stands on these counters: other rules may have them");
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void changedRulesAreResettledWithSignedDifferences(String database) throws Exception {
        String url = empty(database);
        Random random = new Random(3);
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 40; i++) claims.add(stay("A-" + i, "BJ-" + random.nextInt(6), LocalDate.of(2024, 2, 1).plusDays(random.nextInt(200)), 1 + random.nextInt(60)));
        try (Settlements old = new Settlements(url, rules); Settlements now = new Settlements(url, more)) {
            for (Claim claim : claims) old.settle(PLAN, claim);
            old.settle(PLAN, stay("A-60", "BJ-1", LocalDate.of(2024, 11, 1), 5));
            old.takeBack(PLAN, "A-60");
            List<String> countersBefore = counters(url);
            List<String> paidBefore = query(url, "select claim_id, sum(amount) from payment p join settlement s on s.no = p.settlement group by claim_id order by 1");
            assertThrows(RefusedException.class, () -> now.settle(PLAN, stay("A-61", "BJ-1", LocalDate.of(2024, 11, 1), 5)), "the counter stands under other rules");
            List<Answer> differences = now.resettle(PLAN, rules);
            assertEquals(40, differences.size());
            assertTrue(differences.stream().anyMatch(a -> a.amount().signum() > 0));
            assertEquals(List.of(), now.resettle(PLAN, rules), "a second time there is nothing to do");
            assertThrows(RefusedException.class, () -> old.settle(PLAN, stay("A-62", "BJ-1", LocalDate.of(2024, 11, 1), 5)), "the old rules are over");
            // It is as if the new rules had answered from the start.
            assertEquals(fresh(claims), query(url, "select claim_id, sum(amount) from payment p join settlement s on s.no = p.settlement where s.standing group by claim_id order by 1"));
            // Back again: the sums of each claim are what they were, by differences of both signs.
            assertTrue(old.resettle(PLAN, more).stream().anyMatch(a -> a.amount().signum() < 0));
            assertEquals(countersBefore, counters(url));
            assertEquals(paidBefore, query(url, "select claim_id, sum(amount) from payment p join settlement s on s.no = p.settlement group by claim_id order by 1"));
        }
    }

    private List<String> fresh(List<Claim> claims) throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("fresh") + Main.H2;
        Settlements.install(url);
        try (Settlements clerk = new Settlements(url, more)) {
            for (Claim claim : claims) clerk.settle(PLAN, claim);
        }
        return query(url, "select claim_id, sum(amount) from payment p join settlement s on s.no = p.settlement group by claim_id order by 1");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void packagesHaveTheCountersOfTheirParts(String database) throws Exception {
        String url = empty(database);
        Claim.Builder event = Claim.builder().set("member", "BJ-1").set("cover", "C").set("cover_start", "2024-01-01").set("cover_end", "2024-12-31")
                .set("admitted", "2024-03-04").set("discharged", "2024-03-14").set("hospital_level", 3).set("cause", "illness");
        try (Settlements clerk = new Settlements(url, rules)) {
            Answer first = clerk.settle("comprehensive-b", event.id("P-1").build());
            assertTrue(first.decision().contains("inpatient-allowance"), first.decision());
            assertEquals(Answer.Status.SETTLED, first.status(), first.decision());
            assertTrue(counters(url).stream().anyMatch(line -> line.startsWith("inpatient-allowance.days_this_period|") && line.endsWith("|9")), counters(url).toString());
        }
    }

    /** Clerks in a process of their own, killed in the middle again and again, until all is settled. */
    @ParameterizedTest
    @MethodSource("databases")
    void killedInTheMiddleNothingIsLostOrDoubled(String database) throws Exception {
        String url = empty(database);
        int claims = 400;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < claims; i++) lines.add(stay("K-" + i, "BJ-" + i % 10, LocalDate.of(2024, 3, 4), 6).toString());
        Path file = Files.write(folder.resolve("claims.ndjson"), lines);
        Set<String> told = new HashSet<>();
        Random random = new Random();
        int kills = 0;
        boolean whole = false;
        for (int round = 0; round < 60 && !whole; round++) {
            Path out = folder.resolve("out");
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                    "-Dsettlement.url=" + url, Main.class.getName(), "settle", PLAN, file.toString(), "3").redirectErrorStream(true).redirectOutput(new File(out.toString())).start();
            // Killed once it has begun, at any moment then; from the eighth time on it may finish.
            while (process.isAlive() && Files.size(out) == 0) Thread.sleep(5);
            if (round < 8) process.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS);
            else process.waitFor(60, TimeUnit.SECONDS);
            if (process.isAlive()) {
                process.destroyForcibly().waitFor();
                kills++;
            } else {
                whole = process.exitValue() == 0;
            }
            for (String line : Files.readAllLines(out)) {
                String[] words = line.split(" ");
                if (words.length == 4 && words[1].equals("SETTLED") && words[3].endsWith(".00")) assertTrue(told.add(words[0]), "settled twice: " + line);
                else if (whole) assertTrue(words.length == 4 && words[1].equals("KNOWN"), line);
            }
            List<String> written = query(url, "select claim_id from settlement");
            assertTrue(written.containsAll(told), "what a clerk was told is written");
        }
        assertTrue(whole && kills > 2, kills + " kills");
        assertEquals(List.of(claims + ""), query(url, "select count(*) from settlement"));
        assertEquals(List.of(claims + ""), query(url, "select count(*) from payment"));
        assertEquals(List.of(claims + ""), query(url, "select count(*) from decision"));
        // 40 stays of 5 paid days for each of 10 members: 180 of the 200 days are paid.
        assertEquals(new BigDecimal("72000.00"), sum(url));
        assertEquals(List.of("10|1800"), query(url, "select count(*), sum(cast(amount as integer)) from counter where name = 'days_this_period'"));
        System.out.println(kills + " kills, " + told.size() + " of " + claims + " claims were told to a clerk when they were settled");
    }
}
