package org.huzhu.examples.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.huzhu.HuzhuException;
import org.huzhu.Plan;
import org.huzhu.Ruleset;

/**
 * Rules that go with a task: the name of a ruleset of the jar, or the files of a folder; settings; and the SHA-256 that they came to on the
 * driver. An executor that comes to another does not answer: a cluster on which one machine has last month's rules must not give two answers.
 *
 * <p>A JVM loads the same rules once, for all its tasks. It keeps those used last; others are freed when no task holds their plans.
 */
public final class SentRules implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int KEPT = 8;

    /** In this JVM, the one used last at the end. */
    @SuppressWarnings("serial")
    private static final Map<String, Ruleset> LOADED = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ruleset> eldest) {
            return size() > KEPT;
        }
    };

    /** Of a ruleset of the jar; empty: there are files. */
    private final String name;
    /** By their paths in the folder. */
    private final HashMap<String, byte[]> files;
    /** A scenario. */
    private final String[] settings;
    /** What the driver has seen. */
    private final String sha256;

    private SentRules(String name, Map<String, byte[]> files, String[] settings, String sha256) {
        this.name = name;
        this.files = new HashMap<>(files);
        this.settings = settings.clone();
        this.sha256 = sha256;
    }

    /**
     * A ruleset of the jar, which executors have, too.
     *
     * @param name such as beijing
     * @param settings a scenario: {@code inpatient-allowance.daily_amount = 60}
     * @return to be sent
     * @throws HuzhuException when there is none, or a setting is wrong
     */
    public static SentRules bundled(String name, String... settings) {
        try (Ruleset rules = Ruleset.bundled(name, settings)) {
            return new SentRules(name, Map.of(), settings, rules.version().sha256());
        }
    }

    /**
     * The rules of a folder, which executors need not have: the files go along.
     *
     * @param folder which has ruleset.yaml
     * @param settings a scenario
     * @return to be sent
     * @throws IOException when a file cannot be read
     * @throws HuzhuException when rules or a setting are wrong
     */
    public static SentRules folder(Path folder, String... settings) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(folder)) {
            found = walk.filter(file -> file.toString().endsWith(".yaml") && !file.toString().endsWith(".examples.yaml")).toList();
        }
        Map<String, byte[]> files = new HashMap<>();
        for (Path file : found) files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        try (Ruleset rules = Ruleset.load(files, settings)) {
            return new SentRules("", files, settings, rules.version().sha256());
        }
    }

    /**
     * The same rules, which must come to a hash that is known from elsewhere: from a contract, or from decisions kept.
     *
     * @param expected 64 hexadecimal digits
     * @return rules that answer nowhere but where they come to it
     */
    public SentRules pinned(String expected) {
        return new SentRules(name, files, settings, expected);
    }

    /**
     * What identifies the rules; scenarios have that of the rules that they change.
     *
     * @return 64 hexadecimal digits
     */
    public String sha256() {
        return sha256;
    }

    /**
     * A plan, in this JVM.
     *
     * @param id such as womens-diseases
     * @return never null
     * @throws HuzhuException when the rules that are here are not those that were sent, or have no such plan
     */
    public Plan plan(String id) {
        String key = sha256 + "\n" + String.join("\n", settings);
        synchronized (LOADED) {
            Ruleset rules = LOADED.get(key);
            if (rules == null) {
                rules = load();
                LOADED.put(key, rules);
            }
            return rules.plan(id);
        }
    }

    private Ruleset load() {
        Ruleset rules = name.isEmpty() ? Ruleset.load(files, settings) : Ruleset.bundled(name, settings);
        String here = rules.version().sha256();
        if (here.equals(sha256)) return rules;
        rules.close();
        throw new HuzhuException("OTHER_RULES", name, "the rules here have SHA-256 " + here + ", those that were sent " + sha256,
                name.isEmpty() ? "send the files that were meant" : "give all executors the jar of the driver, or send a folder");
    }

    @Override
    public String toString() {
        return (name.isEmpty() ? "rules" : name) + " " + sha256;
    }
}
