package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Each counter as the last claim of the example left it that moved it. */
    private static final Map<String, List<Decision.CounterChange>> MOVED = new HashMap<>();
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
        Ruleset rules = RULES.computeIfAbsent(List.of(settings), s -> Ruleset.load(Project.BEIJING, settings));
        Map<String, Object> counters = new LinkedHashMap<>(map(example.get("counters")));
        MOVED.clear();
        try (Ledger ledger = new Ledger()) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < claims.size(); i++) {
                Decision decision = settle(rules, ledger, set, example, map(claims.get(i)), i, counters);
                if (decision.outcome() == Outcome.REVERSED) counters.putAll(map(example.get("counters")));
                else forget(counters, decision, "");
                if (i < expected.size()) compare(map(expected.get(i)), decision, claims.size() == 1 ? "" : "claim " + (i + 1));
                decision.allCounters().forEach(moved -> MOVED.put(moved.name(), List.of(moved)));
                sum = sum.add(decision.total().orElse(BigDecimal.ZERO));
            }
            if (example.containsKey("sum")) assertAmount(example.get("sum"), sum, "sum");
        }
    }

    /** What a claim moved is the ledger's from now on. */
    private static void forget(Map<String, Object> counters, Decision decision, String prefix) {
        for (Decision.CounterChange moved : decision.counters()) {
            counters.remove(moved.name());
            counters.remove(prefix + moved.name());
        }
        decision.parts().forEach(part -> forget(counters, part, part.plan() + "."));
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
            if (!counters.isEmpty()) values.put("counters", counters); // as the example begins, until a claim moves them
            if (set.containsKey("plans")) values.put("plans", set.get("plans"));
        }
        values.put("id", String.valueOf(number + 1));
        Claim claim = Claim.of(values).withFreshCounters();
        return set.containsKey("plans") ? ledger.settle(rules, claim) : ledger.settle(rules.plan((String) set.get("plan")), claim);
    }

    private static void compare(Map<String, Object> expected, Decision d, String what) {
        for (Map.Entry<String, Object> entry : expected.entrySet()) {
            String key = what + " " + entry.getKey();
            Object value = entry.getValue();
            switch (entry.getKey()) {
                case "outcome" -> assertEquals(value, d.outcome().json(), d.json());
                case "total" -> assertAmount(value, d.total().orElse(null), key);
                case "reasons" -> assertEquals(value, d.reasons().stream().map(Decision.Reason::code).toList(), key);
                case "missing" -> assertEquals(java.util.Set.copyOf(list(value)), java.util.Set.copyOf(d.missing()), key);
                case "error" -> assertEquals(value, d.error().orElseThrow().code(), key);
                case "benefits" -> map(value).forEach((id, amount) -> benefit(amount, d, id));
                case "fees" -> map(value).forEach((id, amount) -> assertAmount(amount, d.fees().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow().amount(), key));
                case "counters" -> map(value).forEach((name, after) -> counter(after, d, name));
                case "parts" -> map(value).forEach((id, part) -> part(part, d, id));
                default -> throw new AssertionError("a key that this test does not know: " + key);
            }
        }
    }

    private static void benefit(Object expected, Decision d, String id) {
        Decision.Benefit benefit = d.benefits().stream().filter(b -> b.id().equals(id)).findFirst().orElse(null);
        Map<String, Object> amounts = expected instanceof Map<?, ?> ? map(expected) : Map.of("net", expected);
        amounts.forEach((which, amount) -> assertAmount(amount, benefit == null ? BigDecimal.ZERO : which.equals("net") ? benefit.net() : benefit.gross(), id));
    }

    private static void part(Object expected, Decision d, String id) {
        Decision part = d.parts().stream().filter(p -> p.plan().equals(id)).findFirst().orElseThrow();
        String word = expected instanceof Map<?, ?> ? "" : expected.toString();
        compare(word.isEmpty() ? map(expected) : Character.isLetter(word.charAt(0)) ? Map.of("outcome", word) : Map.of("total", word), part, id);
    }

    private static void counter(Object expected, Decision d, String name) {
        List<Decision.CounterChange> named = new ArrayList<>(d.allCounters().stream().filter(c -> c.name().equals(name)).toList());
        for (Decision part : d.parts())
            part.counters().stream().filter(c -> name.equals(part.plan() + "." + c.name())).forEach(named::add);
        if (named.isEmpty()) named.addAll(MOVED.getOrDefault(name, List.of())); // not by this claim: by one before
        assertTrue(!named.isEmpty(), name + " is moved");
        Object after = named.get(named.size() - 1).after().orElse(null);
        if (after instanceof BigDecimal number) assertAmount(expected, number, name);
        else assertEquals(String.valueOf(expected), String.valueOf(after), name);
    }

    private static void assertAmount(Object expected, BigDecimal amount, String what) {
        if (expected == null || amount == null) assertEquals(expected, amount, what);
        else assertEquals(0, new BigDecimal(expected.toString()).compareTo(amount), what + ": " + amount + ", expected " + expected);
    }
}
