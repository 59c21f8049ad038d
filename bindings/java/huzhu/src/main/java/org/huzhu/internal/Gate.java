package org.huzhu.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Counts the calls that run on an object, so that closing it waits for them and later ones are refused. */
public final class Gate {
    private static final long CLOSED = 1L << 62;
    private final AtomicLong state = new AtomicLong();
    private volatile Thread closer;

    /** Whether the call may run; then {@link #leave} follows. */
    public boolean enter() {
        if ((state.incrementAndGet() & CLOSED) == 0) return true;
        leave();
        return false;
    }

    /** The call has run. */
    public void leave() {
        if (state.decrementAndGet() == CLOSED) LockSupport.unpark(closer);
    }

    /** Whether it is closed. */
    public boolean closed() {
        return (state.get() & CLOSED) != 0;
    }

    /** Refuses calls from now on and waits for those that run. False: it is closed already. */
    public boolean close() {
        boolean interrupted = false;
        closer = Thread.currentThread();
        if ((state.getAndUpdate(s -> s | CLOSED) & CLOSED) != 0) return false;
        while (state.get() != CLOSED) {
            LockSupport.parkNanos(this, 1_000_000);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) Thread.currentThread().interrupt();
        return true;
    }
}
