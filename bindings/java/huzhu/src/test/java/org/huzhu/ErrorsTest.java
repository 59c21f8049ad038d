package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong is an exception that says what, where, and how to go on, or a decision that pays nothing. */
class ErrorsTest {
    private static BadValueException refused(String input, Object value) {
        BadValueException e = assertThrows(BadValueException.class, () -> Claim.builder().set(input, value).build());
        assertEquals(input, e.place());
        assertFalse(e.hint().isEmpty());
        return e;
    }

    @Test
    void floatsAndTimesAreNoValues() {
        assertEquals("FLOAT", refused("units", 2.0).code());
        assertEquals("FLOAT", refused("units", Double.NaN).code());
        assertEquals("FLOAT", refused("units", 1.5f).code());
        assertEquals("DATE", refused("admitted", LocalDateTime.of(2024, 1, 1, 0, 0)).code());
        assertEquals("DATE", refused("admitted", new java.util.Date(0)).code());
        assertEquals("DATE", refused("admitted", LocalDate.of(10000, 1, 1)).code());
        assertEquals("DATE", refused("admitted", LocalDate.of(-1, 1, 1)).code());
        assertEquals("TYPE", refused("member", List.of("a")).code());
        assertEquals("TYPE", refused("member", 'c').code());
    }

    @Test
    void hugeNumbersAndHalfCharactersAreRefused() {
        assertEquals("NUMBER", refused("units", new BigDecimal("1e999999999")).code());
        assertEquals("NUMBER", refused("units", new BigDecimal("1e-999999999")).code());
        assertEquals("NUMBER", refused("units", BigInteger.TEN.pow(5000)).code());
        assertEquals("TEXT", refused("member", "x\uD842").code());
        assertEquals("TEXT", refused("member", "\uDFB7x").code());
    }

    private static void assertNull(String place, org.junit.jupiter.api.function.Executable call) {
        BadValueException e = assertThrows(BadValueException.class, call);
        assertEquals("NULL", e.code());
        assertEquals(place, e.place());
        assertEquals(place + ": it is null [NULL] (null stands for an input that a claim does not give, and for nothing else)", e.getMessage());
    }

    @Test
    void nullIsRefusedByName() {
        assertNull("id", () -> Claim.builder().id(null));
        assertNull("input", () -> Claim.builder().set(null, 1));
        assertNull("name", () -> Claim.builder().counter(null, 1));
        assertNull("plans", () -> Claim.builder().plans("womens-diseases", null));
        assertNull("plans", () -> Claim.builder().plans((String[]) null));
        assertNull("values", () -> Claim.of((Map<String, ?>) null));
        assertNull("values", () -> Claim.of((Record) null));
        assertNull("json", () -> Claim.ofJson(null));
        assertNull("counters", () -> Claim.ofJson("{}").withCounters(null));
        assertNull("name", () -> Ruleset.bundled(null));
        assertNull("settings", () -> Ruleset.bundled("beijing", (String[]) null));
        assertNull("folder", () -> Ruleset.load((Path) null));
        assertNull("files", () -> Ruleset.load((Map<String, byte[]>) null));
        assertNull("folder", () -> Ruleset.examples(null));
        assertNull("first", () -> new LiveRules(null));
        try (Ruleset rules = Ruleset.beijing(); Ledger ledger = new Ledger(); LiveRules live = new LiveRules(Ruleset.beijing())) {
            Plan plan = rules.plan("inpatient-allowance");
            assertNull("claim", () -> plan.evaluate((Claim) null));
            assertNull("values", () -> plan.evaluate((Map<String, ?>) null));
            assertNull("claim", () -> plan.explain(null));
            assertNull("claim", () -> plan.due(null));
            assertNull("claim", () -> plan.counters(null));
            assertNull("claim", () -> rules.evaluate(null));
            assertNull("day", () -> plan.show(null, Locale.CHINESE));
            assertNull("locale", () -> plan.show(LocalDate.EPOCH, null));
            assertNull("locale", () -> plan.title(null));
            assertNull("locale", () -> rules.handbook(null));
            assertNull("plan", () -> ledger.settle((Plan) null, Project.stay().build()));
            assertNull("ruleset", () -> ledger.settle((Ruleset) null, Project.stay().build()));
            assertNull("claim", () -> ledger.settle(plan, null));
            assertNull("id", () -> ledger.reverse(plan, null));
            assertNull("load", () -> live.swap(null));
            assertNull("what load gives", () -> live.swap(() -> null));
            assertNull("use", () -> live.use(null));
            assertNull("was", () -> new Resettlement(null, plan));
            assertNull("now", () -> new Resettlement(plan, null));
            assertEquals(Outcome.INCOMPLETE, live.evaluate("inpatient-allowance", Claim.ofJson("{}")).outcome(), "the rules are still there");
            assertThrows(NotFoundException.class, () -> rules.plan(null));
        }
    }

    @Test
    void namesAreTexts() throws Exception {
        assertEquals("TYPE", refused("plans", List.of(1)).code());
        assertEquals("TYPE", refused("counters", Map.of(1, 2)).code());
        assertTrue(refused("member", List.of("a")).getMessage().contains("a list is no value of a claim"));
        assertTrue(refused("member", new int[] {1}).getMessage().contains("a list is no value of a claim"));
        assertTrue(refused("admitted", Class.forName("java.sql.Date").getConstructor(long.class).newInstance(0L)).hint().contains("toLocalDate()"));
    }

    enum Cause { WITCHCRAFT }

    @Test
    void valuesThatDoNotFitAreErrorsOfTheDecision() {
        try (Ruleset rules = Ruleset.beijing()) {
            Plan plan = rules.plan("inpatient-allowance");
            Decision wrongEnum = plan.evaluate(Project.stay().set("cause", Cause.WITCHCRAFT).fresh().build());
            assertEquals(Outcome.ERROR, wrongEnum.outcome());
            Decision.Problem problem = wrongEnum.error().orElseThrow();
            assertEquals("cause", problem.input());
            assertFalse(problem.hint().isEmpty());
            assertFalse(wrongEnum.json().contains("witchcraft"), "values are never repeated");
            BadValueException thrown = assertThrows(BadValueException.class, wrongEnum::orThrow);
            assertEquals(problem.code(), thrown.code());
            assertEquals("cause", thrown.place());
            for (Object level : new Object[] {4, -1, new BigDecimal("2.5"), Long.MIN_VALUE, "three", true, "", new BigDecimal("1e50"), LocalDate.EPOCH}) {
                Decision d = plan.evaluate(Project.stay().set("hospital_level", level).fresh().build());
                assertEquals(Outcome.ERROR, d.outcome(), String.valueOf(level));
                assertTrue(d.total().isEmpty() && d.counters().isEmpty());
            }
            Decision unknown = plan.evaluate(Project.stay().set("membr", "x").fresh().build());
            assertEquals("R_UNKNOWN_KEY", unknown.error().orElseThrow().code());
            assertTrue(unknown.error().orElseThrow().hint().contains("member"));
            assertEquals(Outcome.ERROR, plan.evaluate(Claim.ofJson("not json")).outcome());
            assertEquals(Outcome.ERROR, plan.evaluate(Claim.ofJson("")).outcome());
            assertEquals(Outcome.ERROR, plan.evaluate(Claim.of(Map.of("reverses", "A-1"))).outcome());
        }
    }

    @Test
    void plansThatAreNotThere() {
        try (Ruleset rules = Ruleset.beijing()) {
            NotFoundException e = assertThrows(NotFoundException.class, () -> rules.plan("women-diseases"));
            assertEquals("women-diseases", e.place());
            assertTrue(e.hint().contains("womens-diseases"), e.hint());
        }
        assertThrows(NotFoundException.class, () -> Ruleset.bundled("shanghai"));
        assertThrows(NotFoundException.class, () -> Ruleset.bundled("../native"));
        assertThrows(NotFoundException.class, () -> Ruleset.load(Map.of()));
        HuzhuException io = assertThrows(HuzhuException.class, () -> Ruleset.load(Path.of("/nowhere/at all")));
        assertFalse(io.getMessage().isEmpty());
    }

    @Test
    void afterCloseEveryCallIsRefused() {
        Ruleset rules = Ruleset.beijing();
        Plan plan = rules.plan("inpatient-allowance");
        Claim claim = Project.stay().fresh().build();
        Ledger ledger = new Ledger();
        rules.close();
        rules.close();
        assertEquals("CLOSED", assertThrows(ClosedException.class, () -> plan.evaluate(claim)).code());
        assertThrows(ClosedException.class, () -> plan.explain(claim));
        assertThrows(ClosedException.class, () -> plan.counters(claim));
        assertThrows(ClosedException.class, () -> plan.show(LocalDate.EPOCH, Locale.ENGLISH));
        assertThrows(ClosedException.class, () -> rules.handbook(Locale.ENGLISH));
        assertThrows(ClosedException.class, () -> rules.plan("inpatient-allowance"));
        assertThrows(ClosedException.class, () -> rules.evaluate(claim));
        assertThrows(ClosedException.class, () -> ledger.settle(plan, claim));
        assertThrows(ClosedException.class, () -> new Resettlement(plan, plan));
        ledger.close();
        ledger.close();
        try (Ruleset other = Ruleset.beijing()) {
            Plan open = other.plan("inpatient-allowance");
            assertThrows(ClosedException.class, () -> ledger.settle(open, claim));
        }
        assertEquals("inpatient-allowance", plan.id());
        assertEquals("beijing", rules.version().name());
    }

    private static Map<String, byte[]> manifest(String format) {
        Map<String, byte[]> files = new HashMap<>();
        files.put("ruleset.yaml", ("ruleset: example\nformat: " + format + "\nversion: \"1\"\ntitle: {zh: x, en: x}\ncurrency: CNY\n").getBytes(StandardCharsets.UTF_8));
        return files;
    }

    @Test
    void rulesThatAreWrongSayWhere() {
        RulesException newer = assertThrows(RulesException.class, () -> Ruleset.load(manifest("99")));
        assertTrue(newer.getMessage().contains("format"), newer.getMessage());
        assertTrue(newer.place().startsWith("ruleset.yaml:2:"), newer.place());
        assertFalse(newer.hint().isEmpty() && newer.getMessage().length() < 20);
        Map<String, byte[]> files = manifest("1");
        files.put("p.yaml", "plan: p\nbenifits: {}\n".getBytes(StandardCharsets.UTF_8));
        RulesException wrong = assertThrows(RulesException.class, () -> Ruleset.load(files));
        assertEquals("E_UNKNOWN_KEY", wrong.diagnostics().stream().filter(d -> d.message().contains("benifits")).findFirst().orElseThrow().code());
        assertTrue(wrong.diagnostics().get(0).error());
        files.put("p.yaml", new byte[] {'p', 0, 'q'});
        assertEquals("p.yaml", assertThrows(BadValueException.class, () -> Ruleset.load(files)).place());
        files.put("p.yaml", new byte[] {'p', (byte) 0xff});
        assertThrows(RulesException.class, () -> Ruleset.load(files));
        RulesException setting = assertThrows(RulesException.class, () -> Ruleset.bundled("beijing", "inpatient-allowance.daily_amout = 60"));
        assertTrue(setting.getMessage().startsWith("settings:1:1: there is no `inpatient-allowance.daily_amout`"), setting.getMessage());
        assertThrows(BadValueException.class, () -> Ruleset.bundled("beijing", "a\0b"));
        assertThrows(BadValueException.class, () -> Ruleset.bundled("beijing", (String) null));
    }

    @Test
    void countersThatDoNotFit() {
        try (Ruleset rules = Ruleset.beijing()) {
            Plan plan = rules.plan("inpatient-allowance");
            assertEquals(Outcome.ERROR, plan.evaluate(Project.stay().counter("days_this_period", "x").fresh().build()).outcome());
            assertEquals(Outcome.ERROR, plan.evaluate(Project.stay().counter("nothing", 1).fresh().build()).outcome());
            assertEquals(Outcome.ERROR, plan.evaluate(Project.stay().counter("paid_this_period", new BigDecimal("0.001")).fresh().build()).outcome());
            assertThrows(BadValueException.class, () -> Project.stay().counter("paid_this_period", 1.0).build());
        }
    }
}
