package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API as a host uses it. */
class ApiTest {
    private static Ruleset rules;
    private static Plan allowance;

    @BeforeAll
    static void load() {
        rules = Ruleset.beijing();
        allowance = rules.plan("inpatient-allowance");
    }

    @AfterAll
    static void close() {
        rules.close();
    }

    enum Cause { ILLNESS, ACCIDENT }

    public record Stay(String id, String member, String cover, LocalDate coverStart, LocalDate coverEnd, LocalDate admitted, LocalDate discharged,
                       int hospitalLevel, Cause cause) {}

    private static BigDecimal yuan(String text) {
        return new BigDecimal(text);
    }

    @Test
    void aClaimIsDecidedWithAllItsParts() {
        Decision d = allowance.evaluate(Project.stay().fresh().build());
        assertEquals(Outcome.PAID, d.outcome());
        assertEquals("A-1", d.id());
        assertEquals("inpatient-allowance", d.plan());
        assertEquals("CNY", d.currency());
        assertEquals(Optional.of(yuan("360.00")), d.total());
        assertEquals("allowance", d.benefits().get(0).id());
        assertEquals(yuan("360.00"), d.benefits().get(0).net());
        assertEquals("PERIOD_CAP", d.benefits().get(0).caps().isEmpty() ? "PERIOD_CAP" : d.benefits().get(0).caps().get(0).code());
        assertEquals("paid_days", d.values().get(0).id());
        assertEquals(List.of("days_this_period", "paid_this_period"), d.counters().stream().map(Decision.CounterChange::name).toList());
        Decision.CounterChange paid = d.counters().get(1);
        assertEquals(Map.of("member", "BJ-1", "cover", "BJ-1-2024"), paid.key());
        assertEquals(Optional.of(yuan("0.00")), paid.before());
        assertEquals(Optional.of(yuan("360.00")), paid.change());
        assertEquals(Optional.of(yuan("360.00")), paid.after());
        assertTrue(d.basis().stream().anyMatch(b -> b.path().equals("inpatient-allowance.daily_amount") && b.value().equals("40")));
        assertFalse(d.restsOn().isEmpty());
        assertEquals(rules.version(), d.rules());
        assertEquals(64, d.rules().sha256().length());
        assertTrue(d.error().isEmpty() && d.missing().isEmpty() && d.reasons().isEmpty() && d.parts().isEmpty() && d.explanation().isEmpty());
        assertEquals(d, d.orThrow());
    }

    @Test
    void mapsRecordsBuildersAndJsonAreTheSameClaim() {
        Claim built = Project.stay().build();
        Claim recorded = Claim.of(new Stay("A-1", "BJ-1", "BJ-1-2024", LocalDate.of(2024, 1, 1), LocalDate.of(2024, 12, 31), LocalDate.of(2024, 3, 4),
                LocalDate.of(2024, 3, 14), 3, Cause.ILLNESS));
        assertEquals(built, recorded);
        Map<String, Object> map = new java.util.LinkedHashMap<>();
        map.put("id", "A-1");
        map.put("member", "BJ-1");
        map.put("cover", "BJ-1-2024");
        map.put("cover_start", "2024-01-01");
        map.put("cover_end", "2024-12-31");
        map.put("admitted", "2024-03-04");
        map.put("discharged", "2024-03-14");
        map.put("hospital_level", 3L);
        map.put("cause", Cause.ILLNESS);
        assertEquals(built, Claim.of(map));
        assertEquals(built, Claim.ofJson(built.toString()));
        assertEquals(built.hashCode(), Claim.of(map).hashCode());
        map.put("hospital_level", new BigDecimal("3.00"));
        map.put("cause", null);
        map.put("cause", "illness");
        assertEquals(yuan("360.00"), allowance.evaluate(Claim.of(map).withFreshCounters()).total().orElseThrow());
    }

    @Test
    void countersThatAreForgottenPayNothing() {
        Decision d = allowance.evaluate(Project.stay().build());
        assertEquals(Outcome.INCOMPLETE, d.outcome());
        assertEquals(List.of("days_this_period", "paid_this_period"), d.missing());
        assertEquals(Optional.empty(), d.total());
        assertTrue(d.counters().isEmpty());
    }

    @Test
    void countersComeInAndGoOut() {
        Claim claim = Project.stay().counter("days_this_period", 175).counter("paid_this_period", yuan("7000.00")).build();
        assertEquals(List.of(new CounterKey("days_this_period", Map.of("member", "BJ-1", "cover", "BJ-1-2024")),
                new CounterKey("paid_this_period", Map.of("member", "BJ-1", "cover", "BJ-1-2024"))), allowance.counters(claim));
        Decision d = allowance.evaluate(claim);
        assertEquals(yuan("200.00"), d.total().orElseThrow());
        assertEquals("DAYS_LIMIT", d.reasons().get(0).code());
        assertEquals(Optional.of(yuan("7200.00")), d.counters().get(1).after());
    }

    @Test
    void countersAreAddedToAClaim() {
        Map<String, Object> counters = new java.util.LinkedHashMap<>();
        counters.put("days_this_period", 175);
        counters.put("paid_this_period", yuan("7000.00"));
        Claim whole = Project.stay().counter("days_this_period", 175).counter("paid_this_period", yuan("7000.00")).build();
        assertEquals(whole, Project.stay().build().withCounters(counters));
        assertEquals(Project.stay().build(), Project.stay().build().withCounters(Map.of()));
        assertEquals("{\"counters\":{\"a\":\"1\"}}", Claim.ofJson(" {} ").withCounters(Map.of("a", "1")).toString().replace(" ", ""));
        assertEquals(Outcome.ERROR, allowance.evaluate(whole.withCounters(counters)).outcome());
        assertEquals("not json", Claim.ofJson("not json").withCounters(counters).toString());
    }

    @Test
    void flagsAndDatesAreCountersToo() {
        Decision d = rules.plan("womens-diseases").evaluate(Claim.of(Map.of("cover_start", LocalDate.of(2018, 1, 1), "diagnosed", LocalDate.of(2018, 3, 2), "units", 2,
                "member", "BJ-1", "cover", "C-1", "icd10", "C50.9")).withFreshCounters());
        assertEquals(yuan("30000.00"), d.total().orElseThrow());
        assertEquals(Optional.of(false), d.counters().get(0).before());
        assertEquals(Optional.of(true), d.counters().get(0).after());
        assertEquals(Optional.empty(), d.counters().get(0).change());
    }

    @Test
    void reasonsHaveTextsInBothLanguages() {
        Decision d = allowance.evaluate(Project.stay().set("admitted", "2025-02-01").set("discharged", "2025-02-09").fresh().build());
        assertEquals(Outcome.REFUSED, d.outcome());
        assertEquals(yuan("0.00"), d.total().orElseThrow());
        Decision.Reason reason = d.reasons().get(0);
        assertEquals("refusal", reason.kind());
        assertTrue(reason.text(Locale.CHINA).contains("2025-02-01") && reason.text(Locale.CHINA).contains("入院"), reason.zh());
        assertTrue(reason.text(Locale.FRANCE).contains("2025-02-01") && reason.text(Locale.FRANCE).contains("admi"), reason.en());
    }

    @Test
    void decisionsAndExplanationsOutliveTheRuleset() {
        Decision d;
        try (Ruleset own = Ruleset.beijing()) {
            d = own.plan("inpatient-allowance").explain(Project.stay().fresh().build());
        }
        Decision.Explanation why = d.explanation().orElseThrow();
        assertTrue(why.text(Locale.CHINESE).contains("每日津贴"));
        assertTrue(why.text(Locale.ENGLISH).contains("daily"));
        assertTrue(why.json(Locale.ENGLISH).startsWith("{") && why.json(Locale.CHINESE).contains("每日津贴"));
        assertEquals(yuan("360.00"), d.total().orElseThrow());
    }

    @Test
    void plansTellWhatTheyTake() {
        assertEquals(12, rules.plans().size());
        assertTrue(allowance.title(Locale.CHINA).contains("住院津贴"));
        Input level = allowance.inputs().stream().filter(i -> i.name().equals("hospital_level")).findFirst().orElseThrow();
        assertEquals("[1..3]", level.range());
        Input cause = allowance.inputs().stream().filter(i -> i.name().equals("cause")).findFirst().orElseThrow();
        assertEquals(Input.Type.CODE, cause.type());
        assertTrue(cause.codes().stream().anyMatch(c -> c.id().equals("illness") && c.zh().equals("疾病")));
        assertEquals(Counter.Type.NUMBER, allowance.counters().get(0).type());
        assertEquals(List.of("member", "cover"), allowance.counters().get(0).per());
        assertEquals(List.of("allowance"), allowance.benefits());
        assertTrue(allowance.parts().isEmpty() && !rules.plan("comprehensive-b").parts().isEmpty());
        assertTrue(allowance.show(LocalDate.of(2015, 7, 1), Locale.ENGLISH).contains("40"));
        assertTrue(rules.handbook(Locale.CHINESE).contains("# "));
        assertEquals("beijing/inpatient-allowance", allowance.toString());
    }

    @Test
    void enrolmentsHaveFees() {
        Plan plan = rules.plan("child-accident");
        Decision d = plan.evaluate(Claim.builder().enrolment().set("member", "M").set("child", "C").set("cover_start", "2018-01-01").set("child_born", "2010-05-20")
                .set("units", 1).fresh().build());
        assertTrue(d.outcome() == Outcome.ACCEPTED || d.outcome() == Outcome.INCOMPLETE, d.json());
    }

    @Test
    void oneEventUnderSeveralPlans() {
        Claim event = Claim.builder().id("E-1").plans("womens-diseases", "inpatient-allowance").set("member", "M-1").set("womens-diseases.cover", "W")
                .set("inpatient-allowance.cover", "S").set("womens-diseases.cover_start", "2018-01-01").set("inpatient-allowance.cover_start", "2018-01-01")
                .set("cover_end", "2018-12-31").set("diagnosed", "2018-06-01").set("icd10", "C50.9").set("units", 1).set("admitted", "2018-06-01")
                .set("discharged", "2018-06-11").set("hospital_level", 3).set("cause", "illness").fresh().build();
        Decision d = rules.evaluate(event);
        assertEquals(Outcome.PAID, d.outcome(), d.json());
        assertEquals(List.of("womens-diseases", "inpatient-allowance"), d.parts().stream().map(Decision::plan).toList());
        assertEquals(d.total().orElseThrow(), d.parts().get(0).total().orElseThrow().add(d.parts().get(1).total().orElseThrow()));
        assertEquals(d.rules(), d.parts().get(0).rules());
        assertEquals(4, d.allCounters().size());
        assertTrue(rules.counters(event).stream().anyMatch(k -> k.name().equals("inpatient-allowance.paid_this_period") && k.key().get("cover").equals("S")));
        assertTrue(rules.explain(event).explanation().isPresent());
    }

    @Test
    void aLedgerCarriesAndTakesBack() {
        try (Ledger ledger = new Ledger()) {
            assertEquals(yuan("360.00"), ledger.settle(allowance, Project.stay().build()).total().orElseThrow());
            Decision second = ledger.settle(allowance, Project.stay().id("A-2").set("admitted", "2024-05-01").set("discharged", "2024-05-06").build());
            assertEquals(Optional.of(yuan("520.00")), second.counters().get(1).after());
            assertThrows(NotReversibleException.class, () -> ledger.reverse(allowance, "A-1"));
            Decision back = ledger.reverse(allowance, "A-2");
            assertEquals(Outcome.REVERSED, back.outcome());
            assertEquals(yuan("-160.00"), back.total().orElseThrow());
            assertEquals(Optional.of(yuan("360.00")), back.counters().get(1).after());
            assertThrows(NotFoundException.class, () -> ledger.reverse(allowance, "A-2"));
        }
    }

    @Test
    void settingsAreAScenario() {
        try (Ruleset more = Ruleset.bundled("beijing", "inpatient-allowance.daily_amount = 60 from 2024-01-01")) {
            Decision d = more.plan("inpatient-allowance").evaluate(Project.stay().fresh().build());
            assertEquals(yuan("540.00"), d.total().orElseThrow());
            assertEquals("inpatient-allowance.daily_amount=60 from 2024-01-01", d.rules().scenario());
            assertEquals(rules.version().sha256(), d.rules().sha256());
        }
    }

    @Test
    void aResettlementHasSignedDifferences() {
        try (Ruleset more = Ruleset.bundled("beijing", "inpatient-allowance.daily_amount = 30");
                Resettlement again = new Resettlement(allowance, more.plan("inpatient-allowance"))) {
            Resettlement.Difference difference = again.settle(Project.stay().build());
            assertTrue(difference.changed());
            assertEquals(yuan("-90.00"), difference.amount().orElseThrow());
            assertEquals(yuan("360.00"), difference.was().total().orElseThrow());
            assertEquals(yuan("270.00"), difference.now().total().orElseThrow());
            assertTrue(difference.text(Locale.ENGLISH).contains("90.00") && difference.text(Locale.CHINA).contains("270.00"));
        }
    }

    @Test
    void aRulesetOfTheJarAndOfItsFolderAreTheSame() throws Exception {
        try (Ruleset folder = Ruleset.load(Project.BEIJING)) {
            assertEquals(rules.version(), folder.version());
        }
        Map<String, byte[]> files = new HashMap<>();
        try (var paths = java.nio.file.Files.walk(Project.BEIJING)) {
            for (var path : paths.filter(p -> p.toString().endsWith(".yaml") && !p.toString().endsWith(".examples.yaml")).toList())
                files.put(Project.BEIJING.relativize(path).toString(), java.nio.file.Files.readAllBytes(path));
        }
        try (Ruleset memory = Ruleset.load(files)) {
            assertEquals(rules.version(), memory.version());
        }
    }

    @Test
    void rareSurnamesSurviveBothWays() {
        String name = "\uD842\uDFB7\u91CE"; // 𠮷野
        Decision d = allowance.evaluate(Project.stay().id(name).set("member", name).fresh().build());
        assertEquals(name, d.id());
        assertEquals(name, d.counters().get(0).key().get("member"));
        Decision unknown = allowance.evaluate(Project.stay().set(name, "x").fresh().build());
        assertTrue(unknown.error().orElseThrow().message().contains(name), unknown.json());
        String manifest = "ruleset: example\nformat: 1\nversion: \"1\"\ntitle: {zh: x, en: x}\ncurrency: CNY\n" + name + ": 1\n";
        RulesException wrong = assertThrows(RulesException.class, () -> Ruleset.load(Map.of("ruleset.yaml", manifest.getBytes(StandardCharsets.UTF_8))));
        assertTrue(wrong.getMessage().contains(name), wrong.getMessage());
    }

    @Test
    void nothingBreaksJsonsRules() {
        String odd = "a\"b\\c\n\t\u0001/\u2028";
        Decision d = allowance.evaluate(Project.stay().id(odd).set("member", odd).fresh().build());
        assertEquals(odd, d.id());
        assertEquals(odd, d.counters().get(0).key().get("member"));
    }
}
