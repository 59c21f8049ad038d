package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.huzhu.internal.Abi;
import org.huzhu.internal.AbiConstants;
import org.huzhu.internal.Handle;
import org.huzhu.internal.Json;
import org.huzhu.internal.Utf8;

/**
 * Past claims settled again under changed rules, side by side with the rules as they were, each side with counters of its own. Give all
 * claims of a key, from the first that the change concerns, in the order of settling, with the counters that they then had. Threads wait for
 * each other.
 */
public final class Resettlement implements AutoCloseable {
    private final Handle handle;

    /**
     * A resettlement. It keeps what it needs of both rulesets, also when they are closed.
     *
     * @param was the plan as it was
     * @param now the plan that takes its place
     */
    public Resettlement(Plan was, Plan now) {
        given(was, "was");
        given(now, "now");
        long[] out = new long[1];
        was.ruleset().handle().enter();
        try {
            now.ruleset().handle().enter();
            try {
                Abi.huzhu_resettlement_new(was.address(), now.address(), out);
            } finally {
                now.ruleset().handle().leave();
            }
        } finally {
            was.ruleset().handle().leave();
        }
        handle = new Handle(this, "resettlement", out[0], Abi::huzhu_resettlement_free);
    }

    /**
     * What a claim comes to by a change of rules.
     *
     * @param changed whether outcome, an amount, a reason or a counter differs
     * @param amount now less was: above 0 more is due, below 0 too much was paid; empty where a side has no total
     * @param was the decision under the rules as they were, with its explanation
     * @param now the decision under the rules as they are
     * @param zh the difference for a person, in Chinese: both amounts, the counters, both explanations
     * @param en in English
     * @param json one line of schema huzhu.resettlement/1, its explanations in Chinese
     */
    public record Difference(boolean changed, Optional<BigDecimal> amount, Decision was, Decision now, String zh, String en, String json) {
        /**
         * The difference for a person.
         *
         * @param locale Chinese, else English
         * @return several lines
         */
        public String text(Locale locale) {
            return Texts.chinese(locale) ? zh : en;
        }
    }

    /**
     * Settles a claim on both sides. Reversals are not for here.
     *
     * @param claim with the counters that it had, if it had any
     * @return the difference
     */
    public synchronized Difference settle(Claim claim) {
        given(claim, "claim");
        long address = handle.enter();
        try {
            String json = Ruleset.write(output -> Abi.huzhu_resettlement_json(address, claim.bytes(), AbiConstants.HUZHU_ZH, 0, output));
            long[] changed = new long[1];
            Abi.huzhu_resettlement_changed(address, changed);
            return new Difference(changed[0] != 0, difference(json), decision(address, AbiConstants.HUZHU_WAS), decision(address, AbiConstants.HUZHU_NOW),
                    explain(address, AbiConstants.HUZHU_ZH), explain(address, AbiConstants.HUZHU_EN), json.stripTrailing());
        } finally {
            handle.leave();
            Reference.reachabilityFence(this);
        }
    }

    private static Optional<BigDecimal> difference(String json) {
        Object total = Json.object(Utf8.bytes(json, "")).get("total");
        Object difference = total instanceof Map<?, ?> map ? map.get("difference") : null;
        return difference == null ? Optional.empty() : Optional.of(new BigDecimal((String) difference));
    }

    private static Decision decision(long address, long side) {
        long decision = Abi.huzhu_resettlement_decision(address, side);
        byte[][] zh = new byte[1][];
        byte[][] en = new byte[1][];
        Abi.huzhu_decision_json(decision, AbiConstants.HUZHU_ZH, 0, zh);
        Abi.huzhu_decision_json(decision, AbiConstants.HUZHU_EN, 0, en);
        return DecisionReader.read(zh[0], en[0], null);
    }

    private static String explain(long address, long language) {
        return Ruleset.write(output -> Abi.huzhu_resettlement_explain(address, language, output));
    }

    /** Waits for the call that runs. */
    @Override
    public void close() {
        handle.close();
    }
}
