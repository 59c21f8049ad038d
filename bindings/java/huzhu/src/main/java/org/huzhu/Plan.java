package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.huzhu.internal.Abi;
import org.huzhu.internal.Access;
import org.huzhu.internal.Utf8;
import org.huzhu.internal.huzhu_code_info;
import org.huzhu.internal.huzhu_counter_info;
import org.huzhu.internal.huzhu_input_info;

/** A plan of a ruleset. Any number of threads may use it at once, until the ruleset is closed. */
public final class Plan {
    static {
        Access.put(Plan::call);
    }

    private final Ruleset ruleset;
    private final long plan;
    private final Desk desk;
    private final String id;
    private final String zh;
    private final String en;
    private final List<Input> inputs;
    private final List<Counter> counters;
    private final List<String> benefits;
    private final List<String> parts;

    Plan(Ruleset ruleset, long plan, Desk desk) {
        this.ruleset = ruleset;
        this.plan = plan;
        this.desk = desk;
        id = Utf8.text(Abi.huzhu_plan_id(plan));
        zh = Utf8.text(Abi.huzhu_plan_title(plan, Texts.language(Locale.CHINESE)));
        en = Utf8.text(Abi.huzhu_plan_title(plan, Texts.language(Locale.ENGLISH)));
        inputs = readInputs(plan);
        counters = readCounters(plan);
        List<String> names = new ArrayList<>();
        for (long i = 0; i < Abi.huzhu_plan_benefit_count(plan); i++) names.add(Utf8.text(Abi.huzhu_plan_benefit_id(plan, i)));
        benefits = List.copyOf(names);
        names.clear();
        for (long i = 0; i < Abi.huzhu_plan_part_count(plan); i++) names.add(Utf8.text(Abi.huzhu_plan_id(Abi.huzhu_plan_part_at(plan, i))));
        parts = List.copyOf(names);
    }

    private static List<Input> readInputs(long plan) {
        List<Input> list = new ArrayList<>();
        huzhu_input_info info = new huzhu_input_info();
        try {
            for (long i = 0; i < Abi.huzhu_plan_input_count(plan); i++) {
                Abi.huzhu_plan_input_at(plan, i, info);
                list.add(new Input(Utf8.text(info.getName()), Input.Type.values()[(int) info.getType() - 1], Input.Need.values()[(int) info.getNeed() - 1],
                        info.getScale(), Utf8.text(info.getLabel_zh()), Utf8.text(info.getLabel_en()), Utf8.text(info.getUnit()),
                        Utf8.text(info.getFallback()), Utf8.text(info.getRange()), readCodes(plan, i, info.getCode_count()), info.getFor_claim() != 0,
                        info.getFor_enrolment() != 0, Utf8.text(info.getCondition())));
            }
        } finally {
            info.delete();
        }
        return List.copyOf(list);
    }

    private static List<Input.Code> readCodes(long plan, long input, long count) {
        List<Input.Code> list = new ArrayList<>();
        huzhu_code_info info = new huzhu_code_info();
        try {
            for (long i = 0; i < count; i++) {
                Abi.huzhu_plan_code_at(plan, input, i, info);
                list.add(new Input.Code(Utf8.text(info.getId()), Utf8.text(info.getLabel_zh()), Utf8.text(info.getLabel_en())));
            }
        } finally {
            info.delete();
        }
        return List.copyOf(list);
    }

    private static List<Counter> readCounters(long plan) {
        List<Counter> list = new ArrayList<>();
        huzhu_counter_info info = new huzhu_counter_info();
        try {
            for (long i = 0; i < Abi.huzhu_plan_counter_count(plan); i++) {
                Abi.huzhu_plan_counter_at(plan, i, info);
                list.add(new Counter(Utf8.text(info.getName()), Counter.Type.values()[(int) info.getType() - 1], info.getScale(),
                        Utf8.text(info.getUnit()), List.of(Utf8.text(info.getPer()).split(","))));
            }
        } finally {
            info.delete();
        }
        return List.copyOf(list);
    }

    /**
     * Decides a claim.
     *
     * @param claim what is asked
     * @return the answer, without an explanation
     */
    public Decision evaluate(Claim claim) {
        return desk.decide(claim, false, this);
    }

    /**
     * What is due, without the why.
     *
     * @param outcome what became of the claim
     * @param total as {@link Decision#total}
     * @param reason the code of the first of {@link Decision#reasons}, or empty
     * @param error the code of {@link Decision#error}, or empty
     */
    public record Due(Outcome outcome, Optional<BigDecimal> total, String reason, String error) {}

    /**
     * Decides a claim and tells no more than outcome, total and codes: in about a tenth of the time, since nothing of the decision is
     * written.
     *
     * @param claim what is asked
     * @return outcome, total and codes of {@link #evaluate}
     */
    public Due due(Claim claim) {
        return desk.due(claim, this);
    }

    /**
     * Decides a claim of a map: {@link Claim#of(Map)}.
     *
     * @param values by the names of inputs
     * @return the answer
     */
    public Decision evaluate(Map<String, ?> values) {
        return evaluate(Claim.of(values));
    }

    /**
     * Decides a claim and explains it. The explanation is made here and outlives the ruleset; a decision without one cannot be explained
     * later, only the claim decided again.
     *
     * @param claim what is asked
     * @return the answer, with its {@link Decision#explanation}
     */
    public Decision explain(Claim claim) {
        return desk.decide(claim, true, this);
    }

    /**
     * Which counters, under which keys, deciding this claim can read: look them up, put them into the claim, decide it. Keys may be
     * computed, so a host cannot always know them.
     *
     * @param claim with all its inputs; counters are not needed
     * @return in the order of the rule file
     */
    public List<CounterKey> counters(Claim claim) {
        return desk.counters(claim, this);
    }

    /**
     * The plan as it stood on a day, everything dated resolved.
     *
     * @param day any
     * @param locale Chinese, else English
     * @return text for a person
     */
    public String show(LocalDate day, Locale locale) {
        try {
            return ruleset.written(output -> Abi.huzhu_plan_show(plan, Utf8.bytes(given(day, "day").toString(), "day"), Texts.language(locale), output));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Its id.
     *
     * @return such as {@code womens-diseases}
     */
    public String id() {
        return id;
    }

    /**
     * Its title.
     *
     * @param locale Chinese, else English
     * @return the title
     */
    public String title(Locale locale) {
        return Texts.chinese(locale) ? zh : en;
    }

    /**
     * Its inputs.
     *
     * @return in the order of the rule file
     */
    public List<Input> inputs() {
        return inputs;
    }

    /**
     * Its counters; those of a package are its parts'.
     *
     * @return in the order of the rule file
     */
    public List<Counter> counters() {
        return counters;
    }

    /**
     * The ids of its benefits.
     *
     * @return in the order of the rule file
     */
    public List<String> benefits() {
        return benefits;
    }

    /**
     * The ids of the plans that a package consists of.
     *
     * @return empty: no package
     */
    public List<String> parts() {
        return parts;
    }

    /**
     * The ruleset that it is of.
     *
     * @return never null
     */
    public Ruleset ruleset() {
        return ruleset;
    }

    Desk desk() {
        return desk;
    }

    private static <T> T call(Plan plan, LongFunction<T> task) {
        plan.ruleset.handle().enter();
        try {
            return task.apply(plan.plan);
        } finally {
            plan.ruleset.handle().leave();
            Reference.reachabilityFence(plan);
        }
    }

    /** The plan of the library, inside of a call on the ruleset. */
    long address() {
        return plan;
    }

    @Override
    public String toString() {
        return ruleset.version().name() + "/" + id;
    }
}
