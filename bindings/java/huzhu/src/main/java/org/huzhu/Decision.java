package org.huzhu;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a claim: plain data that outlives the ruleset. Lists are in the order of the rule file.
 *
 * @param id of the claim, or empty
 * @param plan asked; empty for an event under several plans
 * @param outcome what became of the claim
 * @param currency of all amounts, such as CNY
 * @param total 0.00 for refused and nothing due; empty when there is none (incomplete, undetermined, error)
 * @param benefits each benefit asked
 * @param values each value that has a cap over it
 * @param fees due, of an enrolment
 * @param reasons the first decides
 * @param missing inputs and counters that matter and were not given
 * @param counters that this claim moves
 * @param basis the dated values used
 * @param restsOn paths of what is assumed or disputed and decided this answer
 * @param parts of a package or of an event, a decision under each plan
 * @param error what is wrong with the claim, of outcome {@link Outcome#ERROR}
 * @param rules which rules answered
 * @param explanation why, if it was asked for ({@link Plan#explain})
 * @param json the decision as one line of JSON, its texts in Chinese
 */
public record Decision(String id, String plan, Outcome outcome, String currency, Optional<BigDecimal> total, List<Benefit> benefits,
                       List<CappedValue> values, List<Fee> fees, List<Reason> reasons, List<String> missing, List<CounterChange> counters,
                       List<Basis> basis, List<String> restsOn, List<Decision> parts, Optional<Problem> error, RulesVersion rules,
                       Optional<Explanation> explanation, String json) {

    /**
     * A cap: what it allows, what was used before, what it cut here.
     *
     * @param code stable
     * @param limit empty where there is none on this date
     * @param used the counter before
     * @param cut by this claim
     */
    public record Cap(String code, Optional<BigDecimal> limit, BigDecimal used, BigDecimal cut) {}

    /**
     * A benefit.
     *
     * @param id as in the rule file
     * @param gross before caps
     * @param caps over it
     * @param net due
     */
    public record Benefit(String id, BigDecimal gross, List<Cap> caps, BigDecimal net) {}

    /**
     * A named value that a cap cut or could have cut.
     *
     * @param id as in the rule file
     * @param before caps
     * @param caps over it
     * @param after caps
     */
    public record CappedValue(String id, BigDecimal before, List<Cap> caps, BigDecimal after) {}

    /**
     * A fee.
     *
     * @param id as in the rule file
     * @param amount due
     */
    public record Fee(String id, BigDecimal amount) {}

    /**
     * A reason.
     *
     * @param code stable: for programs
     * @param kind refusal, cap, nothing, missing, unknown or note
     * @param zh its text in Chinese, this claim's values filled in
     * @param en in English
     * @param clause of the plan's text, or empty
     */
    public record Reason(String code, String kind, String zh, String en, String clause) {
        /**
         * Its text.
         *
         * @param locale Chinese, else English
         * @return this claim's values filled in
         */
        public String text(Locale locale) {
            return Texts.chinese(locale) ? zh : en;
        }
    }

    /**
     * A counter that the claim moves. Values are {@code BigDecimal}, {@code Boolean} or {@code LocalDate}.
     *
     * @param name as in the rule file
     * @param key under which the host keeps it: names of its parts and their values
     * @param unit or empty
     * @param before empty: there was none
     * @param change of sums
     * @param after empty: there is none
     */
    public record CounterChange(String name, Map<String, String> key, String unit, Optional<Object> before, Optional<BigDecimal> change,
                                Optional<Object> after) {}

    /**
     * A dated value that was used.
     *
     * @param path such as {@code inpatient-allowance.daily_amount}
     * @param value empty where nobody published it
     * @param unit or empty
     * @param from when it came into force
     * @param status published, reported, assumed, disputed, unknown, or empty
     * @param source id in the manifest, or empty
     */
    public record Basis(String path, String value, String unit, String from, String status, String source) {}

    /**
     * What is wrong with the claim.
     *
     * @param code {@code R_…}
     * @param input or counter at fault, or empty
     * @param message names and places, never values
     * @param hint or empty
     */
    public record Problem(String code, String input, String message, String hint) {}

    /**
     * Why: a tree from the total down to inputs and clauses.
     *
     * @param textZh for a person, in Chinese
     * @param textEn in English
     * @param jsonZh for a program, texts in Chinese
     * @param jsonEn texts in English
     */
    public record Explanation(String textZh, String textEn, String jsonZh, String jsonEn) {
        /**
         * For a person.
         *
         * @param locale Chinese, else English
         * @return several lines
         */
        public String text(Locale locale) {
            return Texts.chinese(locale) ? textZh : textEn;
        }

        /**
         * For a program.
         *
         * @param locale of the texts in it
         * @return one JSON object
         */
        public String json(Locale locale) {
            return Texts.chinese(locale) ? jsonZh : jsonEn;
        }
    }

    /**
     * The counters that the claim and its parts move: what the host keeps.
     *
     * @return in the order of settling
     */
    public List<CounterChange> allCounters() {
        if (parts.isEmpty()) return counters;
        List<CounterChange> all = new ArrayList<>(counters);
        for (Decision part : parts) all.addAll(part.allCounters());
        return List.copyOf(all);
    }

    /**
     * This decision, unless it is an error.
     *
     * @return this
     * @throws BadValueException when the outcome is {@link Outcome#ERROR}
     */
    public Decision orThrow() {
        if (error.isEmpty()) return this;
        Problem problem = error.get();
        throw new BadValueException(problem.code(), problem.input(), problem.message(), problem.hint());
    }

    /** The JSON. */
    @Override
    public String toString() {
        return json;
    }
}
