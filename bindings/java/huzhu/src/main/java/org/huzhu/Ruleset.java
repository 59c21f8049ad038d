package org.huzhu;

import static org.huzhu.internal.Given.given;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.huzhu.internal.Abi;
import org.huzhu.internal.Handle;
import org.huzhu.internal.Loader;
import org.huzhu.internal.Resources;
import org.huzhu.internal.Utf8;

/**
 * Rules, loaded and checked. Immutable; any number of threads may use it at once. {@link #close} waits for calls that run; every later call
 * is a {@link ClosedException}. Decisions outlive it.
 *
 * <pre>{@code
 * try (Ruleset rules = Ruleset.beijing()) {
 *     Decision d = rules.plan("womens-diseases").evaluate(claim);
 * }
 * }</pre>
 */
public final class Ruleset implements AutoCloseable {
    private final Handle handle;
    private final RulesVersion version;
    private final Map<String, Plan> plans = new LinkedHashMap<>();
    private final Desk events;

    private Ruleset(long address) {
        handle = new Handle(this, "ruleset", address, Abi::huzhu_ruleset_release);
        version = new RulesVersion(Utf8.text(Abi.huzhu_ruleset_name(address)), Utf8.text(Abi.huzhu_ruleset_version(address)),
                Utf8.text(Abi.huzhu_ruleset_sha256(address)), Utf8.text(Abi.huzhu_ruleset_scenario(address)));
        List<Desk> desks = new ArrayList<>();
        Handle rules = handle;
        for (long i = 0; i < Abi.huzhu_ruleset_plan_count(address); i++) {
            long at = Abi.huzhu_ruleset_plan_at(address, i);
            Desk desk = new Desk(rules, at, Ruleset::newClaim);
            desks.add(desk);
            Plan plan = new Plan(this, at, desk);
            plans.put(plan.id(), plan);
        }
        events = new Desk(rules, address, Ruleset::newEvent);
        desks.add(events);
        handle.before(() -> desks.forEach(Desk::free));
    }

    private static long newClaim(long plan) {
        long[] out = new long[1];
        Abi.huzhu_claim_new(plan, out);
        return out[0];
    }

    private static long newEvent(long ruleset) {
        long[] out = new long[1];
        Abi.huzhu_event_new(ruleset, out);
        return out[0];
    }

    /**
     * The mutual-aid plans of Beijing's trade unions, from the jar.
     *
     * @return to be closed
     */
    public static Ruleset beijing() {
        return bundled("beijing");
    }

    /**
     * A ruleset of the jar.
     *
     * @param name such as {@code beijing}
     * @param settings a scenario: {@code plan.name=value from 2026-01-01}, applied in order
     * @return to be closed
     * @throws NotFoundException when the jar has none of that name
     * @throws RulesException when a setting is wrong
     */
    public static Ruleset bundled(String name, String... settings) {
        Map<String, byte[]> files = given(name, "name").matches("[a-z0-9-]+") ? Resources.folder("/org/huzhu/rulesets/" + name) : null;
        if (files == null) throw new NotFoundException(name, "the jar has no ruleset of that name", "beijing is there; others are loaded from a folder");
        return load(files, settings);
    }

    /**
     * Reads and compiles the ruleset in a folder.
     *
     * @param folder which has ruleset.yaml
     * @param settings a scenario
     * @return to be closed
     * @throws RulesException when the rules, or a setting, are wrong, or of a newer format
     */
    public static Ruleset load(Path folder, String... settings) {
        Loader.load();
        byte[] path = Utf8.list(new String[] {given(folder, "folder").toString()}, "folder")[0];
        long[] out = new long[1];
        Abi.huzhu_flat_load(path, Utf8.list(settings, "settings"), 0, out);
        return new Ruleset(out[0]);
    }

    /**
     * Compiles a ruleset from memory.
     *
     * @param files by their paths in the ruleset's folder, with {@code /}: {@code ruleset.yaml}
     * @param settings a scenario
     * @return to be closed
     * @throws RulesException when the rules, or a setting, are wrong, or of a newer format
     */
    public static Ruleset load(Map<String, byte[]> files, String... settings) {
        Loader.load();
        Map<String, byte[]> sorted = new TreeMap<>(given(files, "files"));
        String[] names = sorted.keySet().toArray(new String[0]);
        byte[][] contents = sorted.values().toArray(new byte[0][]);
        for (int i = 0; i < names.length; i++) check(names[i], contents[i]);
        if (names.length == 0) throw new NotFoundException("ruleset.yaml", "there are no files", "a ruleset has ruleset.yaml and a file for each plan");
        long[] out = new long[1];
        Abi.huzhu_flat_load_files(Utf8.list(names, "files"), contents, Utf8.list(settings, "settings"), out);
        return new Ruleset(out[0]);
    }

    private static void check(String name, byte[] content) {
        if (content == null) throw new BadValueException("TEXT", name, "the file is null", "leave it out");
        for (byte b : content)
            if (b == 0) throw new BadValueException("TEXT", name, "the file has a zero byte", "rule files are UTF-8 texts");
    }

    /**
     * Runs the worked examples beside the rules in a folder.
     *
     * @param folder which has ruleset.yaml
     * @param settings a scenario
     * @return how many hold
     */
    public static Examples examples(Path folder, String... settings) {
        Loader.load();
        byte[] path = Utf8.list(new String[] {given(folder, "folder").toString()}, "folder")[0];
        long[] passed = new long[1];
        long[] failed = new long[1];
        String text = write(output -> Abi.huzhu_flat_examples(path, Utf8.list(settings, "settings"), output, passed, failed));
        return new Examples(passed[0], failed[0], text);
    }

    /**
     * Worked examples that ran.
     *
     * @param passed hold
     * @param failed do not
     * @param text what failed and why, or empty
     */
    public record Examples(long passed, long failed, String text) {}

    /**
     * Which rules these are; every decision says it.
     *
     * @return also of a closed ruleset
     */
    public RulesVersion version() {
        return version;
    }

    /**
     * All plans.
     *
     * @return in the order of the manifest
     */
    public Collection<Plan> plans() {
        return java.util.Collections.unmodifiableCollection(plans.values());
    }

    /**
     * A plan.
     *
     * @param id such as {@code womens-diseases}
     * @return never null
     * @throws NotFoundException when there is no such plan
     */
    public Plan plan(String id) {
        if (handle.closed()) throw new ClosedException("ruleset");
        Plan plan = plans.get(id);
        if (plan == null) throw new NotFoundException(String.valueOf(id), "ruleset " + version.name() + " has no such plan", "it has " + String.join(", ", plans.keySet()));
        return plan;
    }

    /**
     * Decides an event under several plans, which the claim names ({@link Claim.Builder#plans}).
     *
     * @param event what is asked
     * @return the answer, with a part for each plan
     */
    public Decision evaluate(Claim event) {
        return events.decide(event, false, this);
    }

    /**
     * Decides an event under several plans and explains it.
     *
     * @param event what is asked
     * @return the answer with its explanation
     */
    public Decision explain(Claim event) {
        return events.decide(event, true, this);
    }

    /**
     * Which counters an event under several plans reads.
     *
     * @param event with all its inputs
     * @return in the order of settling
     */
    public List<CounterKey> counters(Claim event) {
        return events.counters(event, this);
    }

    /**
     * A handbook of all plans, every version of everything with what it stands on.
     *
     * @param locale Chinese, else English
     * @return Markdown
     */
    public String handbook(Locale locale) {
        try {
            return written(output -> Abi.huzhu_ruleset_handbook(handle.address(), Texts.language(locale), output));
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** Whether it is closed. */
    boolean closed() {
        return handle.closed();
    }

    Desk events() {
        return events;
    }

    Handle handle() {
        return handle;
    }

    /** What a call on an open ruleset writes. */
    String written(LongConsumer writes) {
        handle.enter();
        try {
            return write(writes);
        } finally {
            handle.leave();
        }
    }

    /** What a call writes to an output. */
    static String write(LongConsumer writes) {
        long[] out = new long[1];
        Abi.huzhu_output_new(out);
        try {
            writes.accept(out[0]);
            return Utf8.text(Abi.huzhu_output_text(out[0]));
        } finally {
            Abi.huzhu_output_free(out[0]);
        }
    }

    /** Waits for the calls that run; later ones are refused. Closing twice does nothing. */
    @Override
    public void close() {
        handle.close();
    }

    @Override
    public String toString() {
        return version.name() + " " + version.version();
    }
}
