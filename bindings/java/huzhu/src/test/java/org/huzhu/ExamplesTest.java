package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** All worked examples beside the rules, from the same files as every other language, through a Ledger. */
class ExamplesTest {
    /** Scalars stay texts, but for null, true and false. */
    private static final class Texts extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, java.util.regex.Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.NULL, java.util.regex.Pattern.compile("null"), "n");
        }
    }

    private static Object yaml(Path file) throws Exception {
        LoaderOptions options = new LoaderOptions();
        DumperOptions dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new Texts()).load(Files.readString(file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object of) {
        return of == null ? Map.of() : (Map<String, Object>) of;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object of) {
        return of instanceof List<?> ? (List<Object>) of : List.of(of);
    }

    private static final Map<List<String>, Ruleset> RULES = new HashMap<>();

    @AfterAll
    static void close() {
        RULES.values().forEach(Ruleset::close);
    }

    @TestFactory
    Stream<DynamicTest> workedExamples() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> paths = Files.list(Project.BEIJING)) {
            for (Path file : paths.filter(p -> p.toString().endsWith(".examples.yaml")).sorted().toList()) {
                Map<String, Object> set = map(yaml(file));
                for (Object example : list(set.get("examples")))
                    tests.add(DynamicTest.dynamicTest(file.getFileName() + " " + map(example).get("id"), () -> run(set, map(example))));
            }
        }
        assertTrue(tests.size() > 150, "examples were found: " + tests.size());
        return tests.stream();
    }

    @Test
    void theLibrarysOwnRunAgrees() {
        Ruleset.Examples examples = Ruleset.examples(Project.BEIJING);
        assertEquals(0, examples.failed(), examples.text());
        assertTrue(examples.passed() > 150);
    }

    private void run(Map<String, Object> set, Map<String, Object> example) {
        String[] settings = example.containsKey("with") ? list(example.get("with")).toArray(new String[0]) : new String[0];
        List<Object> claims = example.containsKey("claims") ? list(example.get("claims")) : List.of(Map.of());
        List<Object> expected = list(example.get("expect"));
        assertEquals(claims.size(), expected.size());
        Ruleset rules = RULES.computeIfAbsent(List.of(settings), s -> Ruleset.load(Project.BEIJING, settings));
        Map<String, Object> known = new HashMap<>(); // where counters stand, by name and by plan.name
        Set<String> standing = new HashSet<>(); // claims that moved some and were not taken back
        try (Ledger ledger = new Ledger()) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < claims.size(); i++) {
                // Counters are given until a claim has moved them, and again when all that did are taken back.
                Map<String, Object> given = standing.isEmpty() ? map(example.get("counters")) : Map.of();
                known.putAll(given);
                Map<String, Object> claim = map(claims.get(i));
                Decision decision = settle(rules, ledger, set, example, claim, i, given);
                if (claim.containsKey("reverses")) standing.remove(claim.get("reverses"));
                else if (!decision.allCounters().isEmpty()) standing.add(String.valueOf(i + 1));
                learn(known, decision);
                compare(map(expected.get(i)), decision, claims.size() == 1 ? "" : "claim " + (i + 1), known);
                sum = sum.add(decision.total().orElse(BigDecimal.ZERO));
            }
            if (example.containsKey("sum")) assertAmount(example.get("sum"), sum, "sum");
        }
    }

    private static void learn(Map<String, Object> known, Decision decision) {
        for (Decision.CounterChange moved : decision.counters()) {
            known.put(moved.name(), moved.after().orElse(null));
            known.put(decision.plan() + "." + moved.name(), moved.after().orElse(null));
        }
        decision.parts().forEach(part -> learn(known, part));
    }

    private static Decision settle(Ruleset rules, Ledger ledger, Map<String, Object> set, Map<String, Object> example, Map<String, Object> own, int number, Map<String, Object> counters) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (own.containsKey("reverses")) {
            values.put("reverses", own.get("reverses"));
        } else {
            values.putAll(map(set.get("given")));
            values.putAll(map(example.get("given")));
            values.putAll(own);
            if (example.containsKey("ask")) values.put("ask", example.get("ask"));
            if (!counters.isEmpty()) values.put("counters", counters);
            if (set.containsKey("plans")) values.put("plans", set.get("plans"));
        }
        values.put("id", String.valueOf(number + 1));
        Claim claim = Claim.of(values).withFreshCounters();
        return set.containsKey("plans") ? ledger.settle(rules, claim) : ledger.settle(rules.plan((String) set.get("plan")), claim);
    }

    private static void compare(Map<String, Object> expected, Decision d, String what, Map<String, Object> known) {
        for (Map.Entry<String, Object> entry : expected.entrySet()) {
            String key = what + " " + entry.getKey();
            Object value = entry.getValue();
            switch (entry.getKey()) {
                case "outcome" -> assertEquals(value, d.outcome().json(), d.json());
                case "total" -> assertAmount(value, d.total().orElse(null), key);
                case "reasons" -> assertEquals(value, d.reasons().stream().map(Decision.Reason::code).toList(), key);
                case "missing" -> assertEquals(Set.copyOf(list(value)), Set.copyOf(d.missing()), key);
                case "error" -> assertEquals(value, d.error().orElseThrow().code(), key);
                case "benefits" -> map(value).forEach((id, amount) -> benefit(amount, d, id));
                case "fees" -> map(value).forEach((id, amount) -> assertAmount(amount, d.fees().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow().amount(), key));
                case "counters" -> map(value).forEach((name, after) -> assertSame(after, known.get(name), name));
                case "parts" -> map(value).forEach((id, part) -> part(part, d, id, known));
                default -> throw new AssertionError("a key that this test does not know: " + key);
            }
        }
    }

    private static void benefit(Object expected, Decision d, String id) {
        Decision.Benefit benefit = d.benefits().stream().filter(b -> b.id().equals(id)).findFirst().orElse(null);
        Map<String, Object> amounts = expected instanceof Map<?, ?> ? map(expected) : Map.of("net", expected);
        amounts.forEach((which, amount) -> assertAmount(amount, benefit == null ? BigDecimal.ZERO : which.equals("net") ? benefit.net() : benefit.gross(), id));
    }

    private static void part(Object expected, Decision d, String id, Map<String, Object> known) {
        Decision part = d.parts().stream().filter(p -> p.plan().equals(id)).findFirst().orElseThrow();
        String word = expected instanceof Map<?, ?> ? "" : expected.toString();
        compare(word.isEmpty() ? map(expected) : Character.isLetter(word.charAt(0)) ? Map.of("outcome", word) : Map.of("total", word), part, id, known);
    }

    private static void assertSame(Object expected, Object counter, String name) {
        if (counter instanceof BigDecimal number) assertAmount(expected, number, name);
        else assertEquals(String.valueOf(expected), String.valueOf(counter), name);
    }

    private static void assertAmount(Object expected, BigDecimal amount, String what) {
        if (expected == null || amount == null) assertEquals(expected, amount, what);
        else assertEquals(0, new BigDecimal(expected.toString()).compareTo(amount), what + ": " + amount + ", expected " + expected);
    }
}
