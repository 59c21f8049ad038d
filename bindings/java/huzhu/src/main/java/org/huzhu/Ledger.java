package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.lang.ref.Reference;
import java.util.Map;
import org.huzhu.internal.Abi;
import org.huzhu.internal.AbiConstants;
import org.huzhu.internal.Handle;
import org.huzhu.internal.Loader;
import org.huzhu.internal.Utf8;

/**
 * Counters in memory, from claim to claim: for hosts without a database of their own, and for tests. Keys not met before are new. It may
 * be used with several rulesets, one behind the other. Threads wait for each other.
 */
public final class Ledger implements AutoCloseable {
    private static final byte[] REVERSED = Utf8.bytes("\"schema\":\"huzhu.reversal/1\"", "");
    private static final byte[] REASONS = Utf8.bytes("\"reasons\":[", "");

    private final Handle handle;

    /** An empty ledger, which keeps what is needed to take claims back: some 200 bytes a claim. */
    public Ledger() {
        Loader.load();
        long[] out = new long[1];
        Abi.huzhu_ledger_new(out);
        handle = new Handle(this, "ledger", out[0], Abi::huzhu_ledger_free);
        Abi.huzhu_ledger_keep_claims(out[0]);
    }

    /**
     * Decides a claim by the counters kept here, and takes over what it moves. Counters that the claim gives count.
     *
     * @param plan under which
     * @param claim what is asked
     * @return the answer
     */
    public Decision settle(Plan plan, Claim claim) {
        return settle(given(plan, "plan").desk(), claim, plan);
    }

    /**
     * The same for an event under several plans, which the claim names.
     *
     * @param ruleset of the plans
     * @param event what is asked
     * @return the answer
     */
    public Decision settle(Ruleset ruleset, Claim event) {
        return settle(given(ruleset, "ruleset").events(), event, ruleset);
    }

    private synchronized Decision settle(Desk desk, Claim claim, Object owner) {
        given(claim, "claim");
        long ledger = handle.enter();
        try {
            return desk.call((of, decision) -> {
                byte[][] texts = new byte[2][];
                Abi.huzhu_claim_set_fresh(of, claim.fresh() ? 1 : 0);
                texts[0] = Utf8.bytes(Ruleset.write(output -> Abi.huzhu_settle_json(of, decision, ledger, claim.bytes(), AbiConstants.HUZHU_ZH, 0, output)), "");
                if (!Desk.has(texts[0], REVERSED) && Desk.has(texts[0], REASONS)) {
                    byte[][] out = new byte[1][];
                    Abi.huzhu_decision_json(decision, AbiConstants.HUZHU_EN, 0, out);
                    texts[1] = out[0];
                }
                return DecisionReader.read(texts[0], texts[1], null);
            });
        } finally {
            handle.leave();
            Reference.reachabilityFence(owner);
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Takes a claim back: the newest that was settled here under this plan and id. Its counters are as they were before it, exactly.
     *
     * @param plan under which it was settled
     * @param id of the claim
     * @return a decision of outcome {@link Outcome#REVERSED}, its total minus what the claim was paid
     * @throws NotReversibleException when a later claim was settled by what this one left
     * @throws NotFoundException when no such claim moved a counter, or it was taken back already
     */
    public Decision reverse(Plan plan, String id) {
        Decision decision = settle(plan, Claim.of(Map.of("reverses", given(id, "id"))));
        if (decision.error().isEmpty()) return decision;
        Decision.Problem problem = decision.error().get();
        if (problem.code().equals("R_NOT_REVERSIBLE")) throw new NotReversibleException(problem.message(), problem.hint());
        if (problem.code().equals("R_NO_CLAIM")) throw new NotFoundException(id, problem.message(), problem.hint());
        throw new BadValueException(problem.code(), problem.input(), problem.message(), problem.hint());
    }

    /** Waits for the call that runs. */
    @Override
    public void close() {
        handle.close();
    }
}
