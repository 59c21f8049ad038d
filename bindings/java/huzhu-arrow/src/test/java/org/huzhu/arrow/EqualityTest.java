package org.huzhu.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.huzhu.Claim;
import org.huzhu.Decision;
import org.huzhu.Ledger;
import org.huzhu.Outcome;
import org.huzhu.Plan;
import org.huzhu.Ruleset;
import org.junit.jupiter.api.Test;

/** Every plan decides a row as it decides the same claim alone: outcome, reasons, caps, amounts, counters, of the whole and of parts. */
class EqualityTest {
    private static final int CLAIMS = 250;
    private final Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);

    /** What the columns of a decision should be, its parts behind their names. */
    private static void expect(Plan plan, Decision d, String prefix, Map<String, Object> cells) {
        Optional<BigDecimal> total = d.total();
        cells.put(prefix + "outcome", d.outcome().json());
        cells.put(prefix + "error", d.error().map(Decision.Problem::code).orElse(null));
        cells.put(prefix + "total", total.orElse(null));
        List<String> codes = d.reasons().stream().map(Decision.Reason::code).toList();
        cells.put(prefix + "reason", codes.isEmpty() ? null : codes.get(0));
        cells.put(prefix + "reasons", codes.stream().sorted().toList());
        cells.put(prefix + "caps", cut(d));
        for (Decision.Benefit benefit : d.benefits()) {
            cells.put(prefix + benefit.id() + ".gross", total.isPresent() ? benefit.gross() : null);
            cells.put(prefix + benefit.id() + ".net", total.isPresent() ? benefit.net() : null);
        }
        for (Decision.CounterChange counter : d.counters())
            cells.put(prefix + counter.name() + ".after", counter.after().map(v -> v instanceof BigDecimal n ? n.stripTrailingZeros() : v).orElse(null));
        for (Decision part : d.parts()) expect(plan, part, part.plan() + ".", cells);
    }

    /** The caps that cut, of benefits and of values between. */
    private static List<String> cut(Decision d) {
        Set<String> codes = new TreeSet<>();
        for (Decision.Benefit benefit : d.benefits()) benefit.caps().forEach(cap -> add(codes, cap));
        for (Decision.CappedValue value : d.values()) value.caps().forEach(cap -> add(codes, cap));
        return List.copyOf(codes);
    }

    private static void add(Set<String> codes, Decision.Cap cap) {
        if (cap.cut().signum() > 0) codes.add(cap.code());
    }

    @SuppressWarnings("unchecked")
    private void compare(Plan plan, Decision d, Answers answers, int row) {
        Map<String, Object> cells = new TreeMap<>();
        expect(plan, d, "", cells);
        seen.merge(d.outcome(), 1, Integer::sum);
        for (Map.Entry<String, Object> cell : cells.entrySet()) {
            Object value = answers.value(cell.getKey(), row);
            if (value instanceof List<?> list) value = ((List<String>) list).stream().sorted().toList();
            if (cell.getKey().endsWith(".after")) value = value instanceof BigDecimal n ? n.stripTrailingZeros() : value instanceof Long n ? BigDecimal.valueOf(n).stripTrailingZeros() : value;
            assertEquals(cell.getValue(), value, plan.id() + " row " + row + " " + cell.getKey() + ": " + d.json());
        }
    }

    /** Every result that the plan has. */
    private static String[] all(Plan plan, Ruleset rules) {
        List<String> names = new ArrayList<>(List.of("id"));
        add(names, plan, "");
        for (String part : plan.parts()) add(names, rules.plan(part), part + ".");
        return names.toArray(new String[0]);
    }

    private static void add(List<String> names, Plan plan, String prefix) {
        for (String name : List.of("outcome", "reason", "error", "reasons", "caps", "total")) names.add(prefix + name);
        for (String benefit : plan.benefits()) names.addAll(List.of(prefix + benefit + ".gross", prefix + benefit + ".net"));
        if (plan.parts().isEmpty()) plan.counters().forEach(counter -> names.add(prefix + counter.name() + ".after"));
    }

    @Test
    void everyPlanDecidesRowsAsItDecidesClaims() {
        try (Ruleset rules = Ruleset.beijing(); BufferAllocator memory = new RootAllocator()) {
            for (Plan plan : rules.plans()) {
                for (boolean typed : new boolean[] {true, false}) {
                    List<Map<String, Object>> rows = Rows.random(plan, CLAIMS, !typed, 20 + (typed ? 1 : 0));
                    try (VectorSchemaRoot claims = typed ? Rows.typed(memory, plan, rows) : Rows.written(memory, plan, rows);
                            Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).wanted(all(plan, rules)).bind(memory, claims.getSchema());
                            Answers answers = columns.evaluate(claims)) {
                        assertEquals(List.of(), columns.ignored());
                        assertEquals(rows.size(), answers.rows());
                        for (int i = 0; i < rows.size(); i++) {
                            assertEquals(rows.get(i).get("id"), answers.value("id", i));
                            compare(plan, plan.evaluate(Claim.of(rows.get(i)).withFreshCounters()), answers, i);
                        }
                    }
                }
            }
        }
        for (Outcome outcome : List.of(Outcome.PAID, Outcome.REFUSED, Outcome.INCOMPLETE, Outcome.UNDETERMINED, Outcome.ERROR))
            assertTrue(seen.getOrDefault(outcome, 0) > 50, "enough are " + outcome + " for the comparison to mean something: " + seen);
    }

    @Test
    void countersAreCarriedAsALedgerCarriesThem() {
        try (Ruleset rules = Ruleset.beijing(); BufferAllocator memory = new RootAllocator()) {
            for (Plan plan : rules.plans()) {
                List<Map<String, Object>> rows = Rows.random(plan, CLAIMS, false, 30);
                try (VectorSchemaRoot claims = Rows.typed(memory, plan, rows); Ledger ledger = new Ledger();
                        Columns columns = Columns.of(plan).counters(Columns.Counters.CARRIED).wanted(all(plan, rules)).bind(memory, claims.getSchema())) {
                    int half = rows.size() / 2;
                    for (int first = 0; first < rows.size(); first += half)
                        try (Answers answers = columns.evaluate(claims, first, half)) {
                            for (int i = 0; i < half; i++) compare(plan, ledger.settle(plan, Claim.of(rows.get(first + i))), answers, i);
                        }
                }
            }
        }
    }
}
