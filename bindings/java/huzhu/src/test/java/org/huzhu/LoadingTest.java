package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the native library is found, and what is said when it is not. Each case has a JVM of its own. */
class LoadingTest {
    private static final Path CLASSES = Path.of(Ruleset.class.getProtectionDomain().getCodeSource().getLocation().getPath());

    /** In the JVM of its own: decides a claim, or says why not. */
    public static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                try (Ruleset rules = Ruleset.beijing(); Ledger ledger = new Ledger()) {
                    Plan plan = rules.plan("inpatient-allowance");
                    System.out.println(plan.explain(Project.stay().fresh().build()).total().orElseThrow());
                    ledger.settle(plan, Project.stay().build());
                    ledger.reverse(plan, "A-1");
                    plan.counters(Project.stay().build());
                    plan.evaluate(Claim.ofJson("{"));
                    try {
                        Ruleset.bundled("beijing", "nothing = 1");
                    } catch (RulesException e) {
                        System.out.println("refused");
                    }
                } catch (HuzhuException e) {
                    System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
                }
            }
        }
    }

    private static String main(String... options) throws Exception {
        Project.Ran ran = Project.java(List.of(options), Main.class.getName());
        assertEquals(0, ran.status(), ran.out());
        return ran.out();
    }

    /** Said the same at both calls, with what helps. */
    private static void assertFailure(String out, String... parts) {
        List<String> lines = out.lines().filter(l -> l.startsWith("NativeLibraryException ")).toList();
        assertEquals(2, lines.size(), out);
        assertEquals(lines.get(0).replaceAll("huzhu-[0-9]+", ""), lines.get(1).replaceAll("huzhu-[0-9]+", ""));
        for (String part : parts) assertTrue(lines.get(0).contains(part), part + " in " + out);
    }

    private static Path library(Path into) throws Exception {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("org/huzhu/native"))) {
            Path file = files.filter(f -> f.toString().endsWith(".so")).findFirst().orElseThrow();
            return Files.copy(file, into.resolve("libhuzhu_java.so"));
        }
    }

    @Test
    void fromTheJarAndNothingIsLeftBehind(@TempDir Path folder) throws Exception {
        assertEquals("360.00\nrefused\n".repeat(2), main("-Dhuzhu.native.folder=" + folder));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void fromAFileAndFromTheLibraryPath(@TempDir Path folder) throws Exception {
        Path file = library(folder);
        assertTrue(main("-Dhuzhu.native.folder=/nowhere", "-Dhuzhu.native.file=" + file).startsWith("360.00"));
        assertTrue(main("-Dhuzhu.native.folder=/nowhere", "-Djava.library.path=" + folder).startsWith("360.00"));
    }

    @Test
    void whatCannotBeLoadedIsExplained(@TempDir Path folder) throws Exception {
        assertFailure(main("-Dhuzhu.native.file=" + folder.resolve("none.so")), "none.so", "os Linux", "arch ", "libc glibc", "huzhu.native.file");
        assertFailure(main("-Dhuzhu.native.folder=" + folder.resolve("none")), "cannot be written", "none", "huzhu.native.folder");
        Path cut = library(folder);
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 4096));
        assertFailure(main("-Dhuzhu.native.file=" + cut), "cannot be loaded: it is cut short");
        assertFailure(main("-Dhuzhu.native.folder=/nowhere", "-Djava.library.path=" + folder), "java.library.path cannot be loaded: it is cut short");
        Files.writeString(cut, "not a library, but long enough to have the header of one: that is sixty-four bytes");
        assertFailure(main("-Dhuzhu.native.file=" + cut), "no library of Linux");
        Path other = Project.ROOT.resolve("build/lib/libhuzhu.so");
        if (Files.exists(other)) assertFailure(main("-Dhuzhu.native.file=" + other), "the native library is another, the jar");
        assertFailure(main("-Dos.arch=riscv64"), "no native library for this machine", "arch riscv64");
    }

    /** On a disk that the test mounts for itself, where the system lets it. */
    @Test
    void noexecIsExplained(@TempDir Path folder) throws Exception {
        List<String> mounted = List.of("unshare", "-rm", "sh", "-c", "mount -t tmpfs -o noexec none \"$0\" && exec \"$@\"", folder.toString());
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")) && Project.run(with(mounted, List.of("true")), null).status() == 0, "a disk can be mounted");
        List<String> java = Project.javaCommand(List.of("-Dhuzhu.native.folder=" + folder), Main.class.getName());
        Project.Ran ran = Project.run(with(mounted, java), null);
        assertEquals(0, ran.status(), ran.out());
        assertFailure(ran.out(), "noexec", "huzhu.native.folder", folder.toString());
    }

    private static List<String> with(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    /** A jar of the classes, changed. */
    private static Path jar(Path folder, String entry, int cutTo) throws Exception {
        Path jar = folder.resolve("cut.jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream to = new JarOutputStream(out); Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = CLASSES.relativize(file).toString();
                byte[] data = Files.readAllBytes(file);
                if (name.endsWith(entry) && cutTo < 0) continue;
                to.putNextEntry(new JarEntry(name));
                to.write(name.endsWith(entry) ? java.util.Arrays.copyOf(data, Math.min(cutTo, data.length)) : data);
                to.closeEntry();
            }
        }
        return jar;
    }

    private static String mainOf(Path jar) throws Exception {
        String path = System.getProperty("java.class.path").replace(CLASSES.toString(), jar.toString());
        return main("-cp", path);
    }

    @Test
    void aDamagedJarIsNoticed(@TempDir Path folder) throws Exception {
        assertFailure(mainOf(jar(folder, "libhuzhu_java.so", 100_000)), "libhuzhu_java.so", "damaged");
        assertFailure(mainOf(jar(folder, "libhuzhu_java.so", -1)), "libhuzhu_java.so", "damaged");
        assertFailure(mainOf(jar(folder, "beijing/womens-diseases.yaml", 1000)), "womens-diseases.yaml", "damaged");
        assertTrue(mainOf(jar(folder, "no such entry", 0)).startsWith("360.00"));
    }

    @Test
    void twiceInOneJvmUnderTwoLoaders(@TempDir Path folder) throws Exception {
        useTwice();
        System.setProperty("huzhu.native.file", library(folder).toString());
        try {
            useTwice();
        } finally {
            System.clearProperty("huzhu.native.file");
        }
    }

    private static void useTwice() throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(CLASSES.toUri().toURL());
        try (URLClassLoader one = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
                URLClassLoader two = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> first = one.loadClass("org.huzhu.Ruleset");
            Class<?> second = two.loadClass("org.huzhu.Ruleset");
            assertNotSame(first, second);
            for (Class<?> type : List.of(first, second)) {
                try (AutoCloseable rules = (AutoCloseable) type.getMethod("beijing").invoke(null)) {
                    Object plan = type.getMethod("plan", String.class).invoke(rules, "inpatient-allowance");
                    Object decision = plan.getClass().getMethod("evaluate", Map.class).invoke(plan, Map.of("member", "\uD842\uDFB7"));
                    assertTrue(decision.toString().contains("\"outcome\":\"incomplete\""), decision.toString());
                }
            }
        }
    }

    @Test
    void theJvmsOwnChecksAreSilent() throws Exception {
        String out = main("-Xcheck:jni");
        assertEquals("360.00\nrefused\n".repeat(2), out);
    }
}
