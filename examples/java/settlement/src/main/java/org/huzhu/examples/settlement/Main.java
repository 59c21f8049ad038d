package org.huzhu.examples.settlement;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.huzhu.Claim;
import org.huzhu.HuzhuException;
import org.huzhu.Ruleset;

/**
 * The command line of the example. A line is printed for each claim, once its transaction is committed.
 *
 * <pre>
 *   settle PLAN FILE [CLERKS]     claims of a file, one JSON object a line, by so many clerks at once
 *   takeback PLAN ID
 *   resettle PLAN SETTING…        under changed rules: inpatient-allowance.daily_amount=60
 *   report                        what each plan paid
 * </pre>
 *
 * <p>The database is that of -Dsettlement.url, else H2 in the folder "settlement" of the current one.
 */
public final class Main {
    /** Commits reach the disk before they return; two clerks wait for each other for up to 20 seconds. */
    static final String H2 = ";MODE=PostgreSQL;WRITE_DELAY=0;LOCK_TIMEOUT=20000";

    private Main() {}

    /**
     * Runs a command.
     *
     * @param arguments as above
     * @throws Exception of the database or the file
     */
    public static void main(String[] arguments) throws Exception {
        String url = System.getProperty("settlement.url", "jdbc:h2:file:" + Path.of("settlement/claims").toAbsolutePath() + H2);
        List<String> words = Arrays.asList(arguments);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Settlements.install(url);
        try (Ruleset rules = Ruleset.beijing()) {
            switch (words.isEmpty() ? "" : words.get(0)) {
                case "settle" -> settle(url, rules, words, out);
                case "takeback" -> {
                    try (Settlements clerk = new Settlements(url, rules)) {
                        out.println(line(clerk.takeBack(words.get(1), words.get(2))));
                    }
                }
                case "resettle" -> {
                    try (Ruleset now = Ruleset.bundled("beijing", words.subList(2, words.size()).toArray(String[]::new)); Settlements clerk = new Settlements(url, now)) {
                        for (Answer answer : clerk.resettle(words.get(1), rules)) out.println(line(answer));
                    }
                }
                case "report" -> report(url, out);
                default -> {
                    System.err.println("usage: settle PLAN FILE [CLERKS] | takeback PLAN ID | resettle PLAN SETTING… | report");
                    System.exit(2);
                }
            }
        } catch (HuzhuException | RefusedException | IndexOutOfBoundsException e) {
            System.err.println(e instanceof IndexOutOfBoundsException ? "an argument is missing" : e.getMessage());
            System.exit(1);
        }
    }

    private static void settle(String url, Ruleset rules, List<String> words, PrintStream out)
            throws IOException, InterruptedException, ExecutionException {
        Queue<String> claims = new ConcurrentLinkedQueue<>(Files.readAllLines(Path.of(words.get(2))));
        int clerks = words.size() > 3 ? Integer.parseInt(words.get(3)) : 1;
        ExecutorService desk = Executors.newFixedThreadPool(clerks);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < clerks; i++) working.add(desk.submit(() -> work(url, rules, words.get(1), claims, out)));
            for (Future<?> clerk : working) clerk.get();
        } finally {
            desk.shutdown();
        }
    }

    private static Void work(String url, Ruleset rules, String plan, Queue<String> claims, PrintStream out) throws SQLException {
        try (Settlements clerk = new Settlements(url, rules)) {
            for (String claim; (claim = claims.poll()) != null; ) {
                try {
                    out.println(line(clerk.settle(plan, Claim.ofJson(claim))));
                } catch (RefusedException e) {
                    out.println("REFUSED " + e.getMessage());
                }
            }
        }
        return null;
    }

    private static String line(Answer answer) {
        return answer.id() + " " + answer.status() + " " + answer.outcome() + " " + (answer.amount() == null ? "-" : answer.amount());
    }

    private static void report(String url, PrintStream out) throws SQLException {
        try (Store store = new Store(url)) {
            for (String line : store.list(r -> r.getString(1) + " " + r.getString(2) + " " + r.getLong(3) + " " + r.getBigDecimal(4),
                    "select s.plan, p.kind, count(*), sum(p.amount) from payment p join settlement s on s.no = p.settlement group by s.plan, p.kind order by 1, 2"))
                out.println(line);
        }
    }
}
