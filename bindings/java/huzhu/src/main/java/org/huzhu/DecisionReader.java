package org.huzhu;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.huzhu.internal.Json;
import org.huzhu.internal.Utf8;

/** Makes decisions of the library's JSON. The shape is fixed by its schema, huzhu.decision/1. */
final class DecisionReader {
    private DecisionReader() {}

    /**
     * A decision.
     *
     * @param zh with texts in Chinese
     * @param en with texts in English; null when there are no texts in it
     */
    static Decision read(byte[] zh, byte[] en, Decision.Explanation explanation) {
        return decision(Json.object(zh), en == null ? null : Json.object(en), null, Optional.ofNullable(explanation), Utf8.text(zh).stripTrailing());
    }

    private static Decision decision(Map<String, Object> zh, Map<String, Object> en, RulesVersion rules,
                                     Optional<Decision.Explanation> explanation, String json) {
        RulesVersion version = zh.get("ruleset") instanceof Map<?, ?> map ? version(map) : rules;
        return new Decision(text(zh, "id"), text(zh, "plan"), Outcome.of(text(zh, "outcome")), text(zh, "currency"),
                Optional.ofNullable(number(zh, "total")), benefits(zh), values(zh), fees(zh), reasons(zh, en), texts(zh, "missing"), counters(zh), basis(zh),
                texts(zh, "rests_on"), parts(zh, en, version), problem(zh), version, explanation, json);
    }

    private static RulesVersion version(Map<?, ?> map) {
        return new RulesVersion(text(map, "name"), text(map, "version"), text(map, "sha256"), text(map, "scenario"));
    }

    private static List<Decision> parts(Map<String, Object> zh, Map<String, Object> en, RulesVersion rules) {
        List<Map<String, Object>> mine = maps(zh, "parts");
        List<Map<String, Object>> english = en == null ? null : maps(en, "parts");
        List<Decision> list = new ArrayList<>(mine.size());
        for (int i = 0; i < mine.size(); i++)
            list.add(decision(mine.get(i), english == null ? null : english.get(i), rules, Optional.empty(), ""));
        return List.copyOf(list);
    }

    private static List<Decision.Benefit> benefits(Map<String, Object> of) {
        List<Decision.Benefit> list = new ArrayList<>();
        for (Map<String, Object> one : maps(of, "benefits"))
            list.add(new Decision.Benefit(text(one, "id"), number(one, "gross"), caps(one), number(one, "net")));
        return List.copyOf(list);
    }

    private static List<Decision.CappedValue> values(Map<String, Object> of) {
        List<Decision.CappedValue> list = new ArrayList<>();
        for (Map<String, Object> one : maps(of, "values"))
            list.add(new Decision.CappedValue(text(one, "id"), number(one, "before"), caps(one), number(one, "after")));
        return List.copyOf(list);
    }

    private static List<Decision.Cap> caps(Map<String, Object> of) {
        List<Decision.Cap> list = new ArrayList<>();
        for (Map<String, Object> one : maps(of, "caps"))
            list.add(new Decision.Cap(text(one, "code"), Optional.ofNullable(number(one, "limit")), number(one, "used"), number(one, "cut")));
        return List.copyOf(list);
    }

    private static List<Decision.Fee> fees(Map<String, Object> of) {
        List<Decision.Fee> list = new ArrayList<>();
        for (Map<String, Object> one : maps(of, "fees")) list.add(new Decision.Fee(text(one, "id"), number(one, "amount")));
        return List.copyOf(list);
    }

    private static List<Decision.Reason> reasons(Map<String, Object> zh, Map<String, Object> en) {
        List<Map<String, Object>> mine = maps(zh, "reasons");
        List<Map<String, Object>> english = en == null ? mine : maps(en, "reasons");
        List<Decision.Reason> list = new ArrayList<>(mine.size());
        for (int i = 0; i < mine.size(); i++) {
            Map<String, Object> one = mine.get(i);
            list.add(new Decision.Reason(text(one, "code"), text(one, "kind"), text(one, "text"), text(english.get(i), "text"), text(one, "clause")));
        }
        return List.copyOf(list);
    }

    private static List<Decision.CounterChange> counters(Map<String, Object> of) {
        if (!(of.get("counters") instanceof Map<?, ?> counters)) return List.of();
        List<Decision.CounterChange> list = new ArrayList<>(counters.size());
        for (Map.Entry<?, ?> entry : counters.entrySet()) {
            Map<?, ?> one = (Map<?, ?>) entry.getValue();
            list.add(new Decision.CounterChange((String) entry.getKey(), key((Map<?, ?>) one.get("key")), text(one, "unit"),
                    Optional.ofNullable(counter(one.get("before"))), Optional.ofNullable(number(one, "change")),
                    Optional.ofNullable(counter(one.get("after")))));
        }
        return List.copyOf(list);
    }

    /** The parts of a counter's key, in their order. */
    static Map<String, String> key(Map<?, ?> json) {
        Map<String, String> key = new LinkedHashMap<>();
        for (Map.Entry<?, ?> part : json.entrySet()) key.put((String) part.getKey(), String.valueOf(part.getValue()));
        return java.util.Collections.unmodifiableMap(key);
    }

    /** A counter's value: no number has a dash behind four digits, every date has. */
    private static Object counter(Object json) {
        if (!(json instanceof String text)) return json;
        return text.length() == 10 && text.charAt(4) == '-' ? LocalDate.parse(text) : new BigDecimal(text);
    }

    private static List<Decision.Basis> basis(Map<String, Object> of) {
        List<Decision.Basis> list = new ArrayList<>();
        for (Map<String, Object> one : maps(of, "basis"))
            list.add(new Decision.Basis(text(one, "path"), text(one, "value"), text(one, "unit"), text(one, "from"), text(one, "status"), text(one, "source")));
        return List.copyOf(list);
    }

    private static Optional<Decision.Problem> problem(Map<String, Object> of) {
        if (!(of.get("error") instanceof Map<?, ?> one)) return Optional.empty();
        return Optional.of(new Decision.Problem(text(one, "code"), text(one, "input"), text(one, "message"), text(one, "hint")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> of, String key) {
        return of.get(key) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> of, String key) {
        return of.get(key) instanceof List<?> list ? List.copyOf((List<String>) list) : List.of();
    }

    private static String text(Map<?, ?> of, String key) {
        Object value = of.get(key);
        return value == null ? "" : value.toString();
    }

    private static BigDecimal number(Map<?, ?> of, String key) {
        Object value = of.get(key);
        return value == null ? null : value instanceof BigDecimal number ? number : new BigDecimal((String) value);
    }
}
