package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongUnaryOperator;
import org.huzhu.internal.Abi;
import org.huzhu.internal.AbiConstants;
import org.huzhu.internal.Handle;
import org.huzhu.internal.Json;
import org.huzhu.internal.Utf8;
import org.huzhu.internal.huzhu_counter_read;

/**
 * Where claims under one plan, or events under several, are decided. Each call takes a clerk, who has a claim and a decision of the
 * library's own and is used by one thread at a time; clerks are kept for the next calls and go with the ruleset.
 */
final class Desk {
    private static final int CHAIRS = 32;
    private static final byte[] REASONS = Utf8.bytes("\"reasons\":[", "");

    private final Handle rules;
    private final long made;
    private final LongUnaryOperator newClaim;
    private final AtomicReferenceArray<Clerk> chairs = new AtomicReferenceArray<>(CHAIRS);

    /** A claim and a decision. */
    private static final class Clerk {
        final long claim;
        final long decision;
        final byte[][] text = new byte[1][];

        Clerk(long claim) {
            long[] out = new long[1];
            this.claim = claim;
            try {
                Abi.huzhu_decision_new(out);
            } finally {
                if (out[0] == 0) Abi.huzhu_claim_free(claim);
            }
            decision = out[0];
        }

        byte[] json(long language) {
            Abi.huzhu_decision_json(decision, language, 0, text);
            return text[0];
        }

        String explain(long language, long format) {
            Abi.huzhu_decision_explain(decision, language, format, text);
            return Utf8.text(text[0]);
        }

        void free() {
            Abi.huzhu_decision_free(decision);
            Abi.huzhu_claim_free(claim);
        }
    }

    /** What is done with a clerk while no one else has it. */
    interface Task<T> {
        T run(long claim, long decision);
    }

    /**
     * A desk.
     *
     * @param rules of the ruleset: it must be open
     * @param of what claims are made of
     * @param newClaim makes one
     */
    Desk(Handle rules, long of, LongUnaryOperator newClaim) {
        this.rules = rules;
        this.made = of;
        this.newClaim = newClaim;
    }

    /** Decides a claim; owner stays reachable until it is done. */
    Decision decide(Claim claim, boolean explain, Object owner) {
        given(claim, "claim");
        byte[] zh;
        byte[] en;
        Decision.Explanation explanation = null;
        rules.enter();
        try {
            Clerk clerk = take();
            try {
                fill(clerk.claim, claim);
                Abi.huzhu_claim_evaluate(clerk.claim, clerk.decision);
                zh = clerk.json(AbiConstants.HUZHU_ZH);
                en = has(zh, REASONS) ? clerk.json(AbiConstants.HUZHU_EN) : null;
                if (explain)
                    explanation = new Decision.Explanation(clerk.explain(AbiConstants.HUZHU_ZH, AbiConstants.HUZHU_EXPLAIN_TEXT),
                            clerk.explain(AbiConstants.HUZHU_EN, AbiConstants.HUZHU_EXPLAIN_TEXT),
                            clerk.explain(AbiConstants.HUZHU_ZH, AbiConstants.HUZHU_EXPLAIN_JSON),
                            clerk.explain(AbiConstants.HUZHU_EN, AbiConstants.HUZHU_EXPLAIN_JSON));
            } finally {
                give(clerk);
            }
        } finally {
            rules.leave();
            Reference.reachabilityFence(owner);
        }
        return DecisionReader.read(zh, en, explanation);
    }

    /** Outcome, total and codes of a claim, and nothing besides. */
    Plan.Due due(Claim claim, Object owner) {
        given(claim, "claim");
        try {
            return call((of, decision) -> {
                fill(of, claim);
                Abi.huzhu_claim_evaluate(of, decision);
                byte[] total = Abi.huzhu_decision_total_text(decision);
                return new Plan.Due(Outcome.values()[(int) Abi.huzhu_decision_outcome(decision) - 1],
                        total.length == 0 ? Optional.empty() : Optional.of(new BigDecimal(Utf8.text(total))),
                        Utf8.text(Abi.huzhu_java_reason(decision)), Utf8.text(Abi.huzhu_java_error(decision)));
            });
        } finally {
            Reference.reachabilityFence(owner);
        }
    }

    /** Which counters a claim reads. */
    List<CounterKey> counters(Claim claim, Object owner) {
        given(claim, "claim");
        try {
            return call((of, decision) -> {
                fill(of, claim);
                Abi.huzhu_claim_find_counters(of, decision, new long[1]);
                List<CounterKey> list = new ArrayList<>();
                addReads(decision, "", list);
                return List.copyOf(list);
            });
        } finally {
            Reference.reachabilityFence(owner);
        }
    }

    private static void addReads(long decision, String prefix, List<CounterKey> list) {
        huzhu_counter_read read = new huzhu_counter_read();
        try {
            for (long i = 0; i < Abi.huzhu_decision_counter_read_count(decision); i++) {
                Abi.huzhu_decision_counter_read_at(decision, i, read);
                Map<String, String> key = DecisionReader.key(Json.object(read.getKey()));
                list.add(new CounterKey(prefix + Utf8.text(read.getName()), key));
            }
        } finally {
            read.delete();
        }
        long[] part = new long[1];
        for (long i = 0; i < Abi.huzhu_decision_part_count(decision); i++) {
            Abi.huzhu_flat_decision_part(decision, i, part);
            addReads(part[0], prefix + Utf8.text(Abi.huzhu_plan_id(Abi.huzhu_decision_plan(part[0]))) + ".", list);
        }
    }

    /** Runs a task with a clerk. */
    <T> T call(Task<T> task) {
        rules.enter();
        try {
            Clerk clerk = take();
            try {
                return task.run(clerk.claim, clerk.decision);
            } finally {
                give(clerk);
            }
        } finally {
            rules.leave();
        }
    }

    private static void fill(long claim, Claim from) {
        Abi.huzhu_claim_read_json(claim, from.bytes());
        if (from.fresh()) Abi.huzhu_claim_set_fresh(claim, 1);
    }

    private static int chair() {
        return (int) (Thread.currentThread().getId() % CHAIRS);
    }

    private Clerk take() {
        Clerk clerk = chairs.getAndSet(chair(), null);
        return clerk != null ? clerk : new Clerk(newClaim.applyAsLong(made));
    }

    private void give(Clerk clerk) {
        if (!chairs.compareAndSet(chair(), null, clerk)) clerk.free();
    }

    /** Frees all clerks; no call runs any more. */
    void free() {
        for (int i = 0; i < CHAIRS; i++) {
            Clerk clerk = chairs.getAndSet(i, null);
            if (clerk != null) clerk.free();
        }
    }

    static boolean has(byte[] text, byte[] word) {
        for (int i = 0; i <= text.length - word.length; i++) {
            int j = 0;
            while (j < word.length && text[i + j] == word[j]) j++;
            if (j == word.length) return true;
        }
        return false;
    }
}
