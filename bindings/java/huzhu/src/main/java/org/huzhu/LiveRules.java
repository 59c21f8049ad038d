package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.huzhu.internal.Gate;

/**
 * Rules that are changed while calls run. New rules are loaded and checked beside the old ones; from the swap on calls get the new ones, those
 * that run finish with the old, which are closed behind the last of them. Each decision says which rules answered.
 */
public final class LiveRules implements AutoCloseable {
    private final AtomicReference<Term> term;

    /** A ruleset, and who uses it. */
    private static final class Term {
        final Ruleset rules;
        final Gate gate = new Gate();

        Term(Ruleset rules) {
            this.rules = rules;
        }

        void end() {
            gate.close();
            rules.close();
        }
    }

    /**
     * Begins with a ruleset, which is closed by this object.
     *
     * @param first the rules
     */
    public LiveRules(Ruleset first) {
        term = new AtomicReference<>(new Term(given(first, "first")));
    }

    /**
     * Uses the rules of now; they stay open, and the same, until the function returns.
     *
     * @param use what to do; must not swap or close
     * @param <T> what comes of it
     * @return what the function returns
     * @throws ClosedException when this object is closed
     */
    public <T> T use(Function<Ruleset, T> use) {
        given(use, "use");
        while (true) {
            Term now = term.get();
            if (now == null) throw new ClosedException("live rules");
            if (!now.gate.enter()) continue; // swapped in between
            try {
                return use.apply(now.rules);
            } finally {
                now.gate.leave();
            }
        }
    }

    /**
     * Decides a claim by the rules of now.
     *
     * @param plan its id
     * @param claim what is asked
     * @return the answer
     */
    public Decision evaluate(String plan, Claim claim) {
        return use(rules -> rules.plan(plan).evaluate(claim));
    }

    /**
     * Which rules answer now.
     *
     * @return name, version, hash
     */
    public RulesVersion version() {
        return use(Ruleset::version);
    }

    /**
     * Loads new rules and takes them from now on. When loading throws, or the new rules lack a plan of the old, all stays as it is. Returns when
     * the last call on the old rules has.
     *
     * @param load loads and checks the new rules
     * @return which rules answer now
     * @throws NotFoundException when a plan is not there any more
     * @throws ClosedException when this object is closed
     */
    public RulesVersion swap(Supplier<Ruleset> load) {
        Ruleset next = given(given(load, "load").get(), "what load gives");
        try {
            use(old -> {
                old.plans().forEach(plan -> next.plan(plan.id()));
                return null;
            });
        } catch (HuzhuException e) {
            next.close();
            throw e;
        }
        Term before = term.getAndUpdate(now -> now == null ? null : new Term(next));
        if (before == null) {
            next.close();
            throw new ClosedException("live rules");
        }
        before.end();
        return next.version();
    }

    /** Waits for the calls that run, then closes the rules. */
    @Override
    public void close() {
        Term last = term.getAndSet(null);
        if (last != null) last.end();
    }
}
