package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Random claims get the very line of JSON that the command line gives. */
class CommandLineTest {
    private static final int CLAIMS = 300;

    private static Object value(Input input, Random random) {
        int dice = random.nextInt(40);
        if (dice == 0) return null;
        if (dice == 1) return List.of("x", "", "-1", "1e2", "2024-02-30", "\uD842\uDFB7", "99999999999999999999").get(random.nextInt(7));
        switch (input.type()) {
            case DATE: return LocalDate.of(2005, 1, 1).plusDays(random.nextInt(7300));
            case BOOLEAN: return random.nextInt(5) != 0;
            case CODE: return input.codes().get(random.nextInt(input.codes().size())).id();
            case KEY: return "K-" + random.nextInt(3);
            case TEXT: return List.of("C50.9", "D05.1", "C53", "I21.0", "汉").get(random.nextInt(5));
            case COUNT: return random.nextInt(12);
            case MONEY: return BigDecimal.valueOf(random.nextInt(10_000_000), 2);
            default: return BigDecimal.valueOf(random.nextInt(100), Math.min(2, input.scale()));
        }
    }

    private static Claim claim(Plan plan, Random random, int number) {
        Claim.Builder claim = Claim.builder().id(plan.id() + "-" + number);
        LocalDate start = LocalDate.of(2008 + random.nextInt(17), 1 + random.nextInt(12), 1);
        for (Input input : plan.inputs()) {
            Object value = value(input, random);
            // Mostly dates that lie near each other: otherwise every claim is out of its cover.
            if (value instanceof LocalDate && random.nextInt(10) != 0)
                value = input.name().endsWith("_start") ? start : input.name().endsWith("_end") ? start.plusYears(1).minusDays(1) : start.plusDays(random.nextInt(400));
            if (value != null || random.nextBoolean()) claim.set(input.name(), value);
        }
        return claim.fresh().build();
    }

    private static Plan.Due due(Decision d) {
        return new Plan.Due(d.outcome(), d.total(), d.reasons().isEmpty() ? "" : d.reasons().get(0).code(), d.error().map(Decision.Problem::code).orElse(""));
    }

    private static List<String> answers(Path claims, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(Project.CLI.toString()));
        all.addAll(List.of(command));
        List<String> lines = Project.run(all, claims).out().lines().toList();
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) plain.add(lines.get(i).replace(",\"line\":" + (i + 1), ""));
        return plain;
    }

    @Test
    void claimsAreDecidedAlike() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Project.CLI), "the command line is built");
        Random random = new Random(20);
        Path file = Files.createTempFile("huzhu-test-", ".ndjson");
        int paid = 0;
        try (Ruleset rules = Ruleset.beijing()) {
            for (Plan plan : rules.plans()) {
                List<Claim> claims = new ArrayList<>();
                for (int i = 0; i < CLAIMS; i++) claims.add(claim(plan, random, i));
                Files.write(file, claims.stream().map(Claim::toString).toList());
                List<String> fresh = answers(file, "eval", Project.BEIJING.toString(), "--plan", plan.id(), "--fresh");
                List<String> carried = answers(file, "eval", Project.BEIJING.toString(), "--plan", plan.id(), "--carry");
                assertEquals(CLAIMS, fresh.size(), plan.id());
                assertEquals(CLAIMS, carried.size(), plan.id());
                try (Ledger ledger = new Ledger()) {
                    for (int i = 0; i < CLAIMS; i++) {
                        Decision d = plan.evaluate(claims.get(i));
                        assertEquals(fresh.get(i), d.json());
                        assertEquals(due(d), plan.due(claims.get(i)));
                        assertEquals(carried.get(i), ledger.settle(plan, claims.get(i)).json());
                        if (d.outcome() == Outcome.PAID) paid++;
                    }
                }
            }
        } finally {
            Files.delete(file);
        }
        assertTrue(paid > 100, "enough claims are paid for the comparison to mean something: " + paid);
    }
}
