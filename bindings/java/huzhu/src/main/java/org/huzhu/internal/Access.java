package org.huzhu.internal;

import java.util.function.LongFunction;
import org.huzhu.Plan;

/** The way to a plan of the library for the other modules of this project, which {@code org.huzhu} shows to nobody else. */
public final class Access {
    private static volatile Plans plans;

    private Access() {}

    /** What {@link Plan} puts here when its class is loaded. */
    public interface Plans {
        /** Runs a task with the plan of the library, inside of a call on its ruleset. */
        <T> T call(Plan plan, LongFunction<T> task);
    }

    /** For {@link Plan} alone. */
    public static void put(Plans way) {
        plans = way;
    }

    /** Runs a task with the plan of the library, which is good until it returns: the ruleset is open, and closing it waits. */
    public static <T> T call(Plan plan, LongFunction<T> task) {
        return plans.call(plan, task);
    }
}
