package org.huzhu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where the project's files are, claims that many tests use, and programs run beside the tests. */
final class Project {
    static final Path ROOT = Path.of(System.getProperty("huzhu.root")).toAbsolutePath().normalize();
    static final Path BEIJING = ROOT.resolve("rulesets/beijing");
    static final Path CLI = ROOT.resolve("build/bin/huzhu");

    private Project() {}

    /** A stay of ten days. */
    static Claim.Builder stay() {
        return Claim.builder().id("A-1").set("member", "BJ-1").set("cover", "BJ-1-2024").set("cover_start", LocalDate.of(2024, 1, 1))
                .set("cover_end", LocalDate.of(2024, 12, 31)).set("admitted", LocalDate.of(2024, 3, 4)).set("discharged", LocalDate.of(2024, 3, 14))
                .set("hospital_level", 3).set("cause", "illness");
    }

    /** What a program printed. */
    record Ran(int status, String out) {}

    static Ran run(List<String> command, Path in) throws IOException, InterruptedException {
        return run(command, in, Map.of());
    }

    static Ran run(List<String> command, Path in, Map<String, String> environment) throws IOException, InterruptedException {
        return run(command, in, environment, 300);
    }

    private static Ran run(List<String> command, Path in, Map<String, String> environment, long seconds) throws IOException, InterruptedException {
        Path out = Files.createTempFile("huzhu-test-", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
            if (in != null) builder.redirectInput(in.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("took too long: " + command);
            }
            return new Ran(process.exitValue(), Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }

    /** Another JVM with this one's class path. */
    static Ran java(List<String> options, String main, String... arguments) throws IOException, InterruptedException {
        return java(300, options, main, arguments);
    }

    /** The same, stopped after so many seconds. */
    static Ran java(long seconds, List<String> options, String main, String... arguments) throws IOException, InterruptedException {
        return run(javaCommand(options, main, arguments), null, Map.of(), seconds);
    }

    /** The command of {@link #java}. */
    static List<String> javaCommand(List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= 22) command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        if (!options.contains("-cp")) command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("-Dhuzhu.root=" + ROOT);
        command.add(main);
        command.addAll(List.of(arguments));
        return command;
    }
}
