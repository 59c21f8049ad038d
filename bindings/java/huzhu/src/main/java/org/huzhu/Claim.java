package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.huzhu.internal.JsonText;
import org.huzhu.internal.Utf8;

/**
 * One set of inputs for one plan, or for several: immutable, made of a map, of a record, or step by step. Values are {@code String},
 * {@code BigDecimal}, whole numbers, {@code Boolean}, {@code LocalDate}, enums (their names in lower case are the ids of codes), and null
 * for what is absent. Floats are refused: they are binary.
 *
 * <p>A value that does not fit its input (out of range, no such code, a name that the plan does not know) is not found here but by the
 * rules: the decision is an {@link Outcome#ERROR} that names it, and pays nothing.
 */
public final class Claim {
    private final byte[] json;
    private final boolean fresh;

    private Claim(byte[] json, boolean fresh) {
        this.json = json;
        this.fresh = fresh;
    }

    /**
     * A claim of a map from the names of inputs to their values. {@code id}, {@code ask}, {@code plans} and {@code counters} (a map) are
     * as in JSON claims.
     *
     * @param values by name
     * @return the claim
     * @throws BadValueException for a value that no claim can have
     */
    public static Claim of(Map<String, ?> values) {
        Builder builder = builder();
        given(values, "values").forEach(builder::set);
        return builder.build();
    }

    /**
     * A claim of a record: each component is the input of its name, {@code coverStart} being {@code cover_start}; {@code id} and
     * {@code counters} are as in JSON claims. The record must be public, or opened to this library.
     *
     * @param values the record
     * @return the claim
     * @throws BadValueException for a value that no claim can have
     */
    public static Claim of(Record values) {
        Builder builder = builder();
        for (RecordComponent component : given(values, "values").getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                builder.set(snake(component.getName()), component.getAccessor().invoke(values));
            } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
                if (e instanceof BadValueException bad) throw bad;
                throw new BadValueException("RECORD", component.getName(), "the record does not tell it: " + e.getMessage(),
                        "make the record public, or open its package to org.huzhu");
            }
        }
        return builder.build();
    }

    /**
     * A claim of its JSON, as the command line takes it.
     *
     * @param json one object
     * @return the claim; what is wrong with it, its decision says
     */
    public static Claim ofJson(String json) {
        return new Claim(Utf8.bytes(given(json, "json"), "json"), false);
    }

    /**
     * A claim step by step.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private static String snake(String camel) {
        StringBuilder name = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) name.append('_').append(Character.toLowerCase(c));
            else name.append(c);
        }
        return name.toString();
    }

    /**
     * The same claim whose counters, where none is given, are new and stand at their start.
     *
     * @return a fresh claim
     */
    public Claim withFreshCounters() {
        return new Claim(json, true);
    }

    /**
     * The same claim with counters as they stand before it: for hosts that keep claims and counters apart.
     *
     * @param counters by {@link CounterKey#name}; those that it leaves out are not given
     * @return a claim with these, and no others: a claim that has counters already is an error when it is decided
     * @throws BadValueException for a value that no counter can have
     */
    public Claim withCounters(Map<String, ?> counters) {
        given(counters, "counters");
        String text = toString().strip();
        if (counters.isEmpty() || !text.startsWith("{") || !text.endsWith("}")) return this;
        JsonText values = new JsonText();
        values.value(counters, "counters");
        String before = text.substring(0, text.length() - 1);
        String comma = before.strip().length() > 1 ? "," : "";
        return new Claim(Utf8.bytes(before + comma + "\"counters\":" + Utf8.text(values.bytes()) + "}", "counters"), fresh);
    }

    byte[] bytes() {
        return json;
    }

    boolean fresh() {
        return fresh;
    }

    /** The JSON. */
    @Override
    public String toString() {
        return Utf8.text(json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Claim claim && fresh == claim.fresh && Arrays.equals(json, claim.json);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(json), fresh);
    }

    /** Makes a claim step by step. */
    public static final class Builder {
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final Map<String, Object> counters = new LinkedHashMap<>();
        private List<String> plans = List.of();
        private boolean fresh;

        private Builder() {}

        /**
         * Its id, echoed in the decision.
         *
         * @param id any text
         * @return this
         */
        public Builder id(String id) {
            return set("id", given(id, "id"));
        }

        /**
         * The value of an input.
         *
         * @param input its name; under several plans {@code plan.name} is that of one
         * @param value see {@link Claim}
         * @return this
         */
        public Builder set(String input, Object value) {
            given(input, "input");
            if (input.equals("counters") && value instanceof Map<?, ?> map) map.forEach((name, v) -> counter(text(name, input), v));
            else if (input.equals("plans") && value instanceof List<?> list) plans = list.stream().map(id -> text(id, input)).toList();
            else values.put(input, value);
            return this;
        }

        /**
         * A counter before this claim.
         *
         * @param name its name; of a part {@code plan.name}
         * @param value {@code BigDecimal}, whole number, {@code Boolean}, {@code LocalDate} or text
         * @return this
         */
        public Builder counter(String name, Object value) {
            counters.put(given(name, "name"), value);
            return this;
        }

        /**
         * Counters that are not given are new and stand at their start. Without this a decision that needs one is incomplete: a host
         * that forgets must not overpay.
         *
         * @return this
         */
        public Builder fresh() {
            fresh = true;
            return this;
        }

        /**
         * Asks whether this member may join, and for what fee.
         *
         * @return this
         */
        public Builder enrolment() {
            return set("ask", "enrolment");
        }

        /**
         * Asks several plans about one event, in this order: for {@link Ruleset#evaluate}.
         *
         * @param ids of plans
         * @return this
         */
        public Builder plans(String... ids) {
            plans = Arrays.stream(given(ids, "plans")).map(id -> text(id, "plans")).toList();
            return this;
        }

        private static String text(Object of, String place) {
            if (given(of, place) instanceof String text) return text;
            throw new BadValueException("TYPE", place, "an id or name in it is no String", "give the ids of plans, or the names of counters, as texts");
        }

        /**
         * The claim.
         *
         * @return an immutable claim
         * @throws BadValueException for a value that no claim can have
         */
        public Claim build() {
            JsonText out = new JsonText().mark('{');
            for (Map.Entry<String, Object> entry : values.entrySet()) {
                out.key(entry.getKey());
                out.value(entry.getValue(), entry.getKey());
            }
            if (!plans.isEmpty()) {
                out.key("plans").mark('[');
                for (int i = 0; i < plans.size(); i++) {
                    if (i > 0) out.mark(',');
                    out.text(plans.get(i), "plans");
                }
                out.mark(']');
            }
            if (!counters.isEmpty()) {
                out.key("counters");
                out.value(counters, "counters");
            }
            return new Claim(out.mark('}').bytes(), fresh);
        }
    }
}
