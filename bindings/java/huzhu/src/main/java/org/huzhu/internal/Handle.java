package org.huzhu.internal;

import java.lang.ref.Cleaner;
import java.util.function.LongConsumer;
import org.huzhu.ClosedException;

/**
 * A native object: freed once, by {@link #close} or, where that was forgotten, when its owner is no longer reachable. Calls run between
 * {@link #enter} and {@link #leave}; closing waits for them.
 */
public final class Handle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final String what;
    private final State state;
    private final Cleaner.Cleanable cleanable;

    /** What is freed; it must not lead to the owner. */
    private static final class State implements Runnable {
        final Gate gate = new Gate();
        final long address;
        final LongConsumer free;
        volatile Runnable before;

        State(long address, LongConsumer free) {
            this.address = address;
            this.free = free;
        }

        @Override
        public void run() {
            gate.close();
            if (before != null) before.run();
            free.accept(address);
        }
    }

    /**
     * A handle.
     *
     * @param owner what uses it: the handle lives no longer
     * @param what its name in exceptions
     * @param address the object
     * @param free frees it
     */
    public Handle(Object owner, String what, long address, LongConsumer free) {
        this.what = what;
        this.state = new State(address, free);
        this.cleanable = CLEANER.register(owner, state);
    }

    /** Runs before the object is freed, once no call runs any more; must not lead to the owner. */
    public void before(Runnable runs) {
        state.before = runs;
    }

    /** The object, for a call that may run now. */
    public long enter() {
        if (!state.gate.enter()) throw new ClosedException(what);
        return state.address;
    }

    /** Whether a call may run now; {@link #leave} follows only if it may. */
    public boolean tryEnter() {
        return state.gate.enter();
    }

    /** The call has run. */
    public void leave() {
        state.gate.leave();
    }

    /** The object, inside of a call. */
    public long address() {
        return state.address;
    }

    /** Whether it is closed. */
    public boolean closed() {
        return state.gate.closed();
    }

    /** Waits for the calls that run, then frees. A second close does nothing. */
    @Override
    public void close() {
        cleanable.clean();
    }
}
