package org.huzhu.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of docs/java.md that are marked {@code java arrow}, compiled and run: they print what stands behind the arrows. */
class DocsTest {
    @Test
    void whatThePageSaysIsSo(@TempDir Path folder) throws Exception {
        StringBuilder body = new StringBuilder();
        List<String> expected = new ArrayList<>();
        Matcher blocks = Pattern.compile("```java arrow\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of(System.getProperty("huzhu.root"), "docs/java.md")));
        while (blocks.find()) body.append(blocks.group(1));
        Matcher arrows = Pattern.compile("// → (.*)").matcher(body);
        while (arrows.find()) expected.add(arrows.group(1).strip());
        assertTrue(expected.size() > 5);
        Path source = Files.writeString(folder.resolve("Page.java"), "import java.util.*; import org.huzhu.*; import org.huzhu.arrow.*; import org.apache.arrow.memory.*;\n"
                + "import org.apache.arrow.vector.*; import org.apache.arrow.vector.ipc.*; import org.apache.arrow.vector.types.*; import org.apache.arrow.vector.types.pojo.*;\n"
                + "public class Page { public static void main(String[] arguments) throws Exception {\n" + body + "} }\n");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-cp", System.getProperty("java.class.path"), source.toString()));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
        assertEquals(String.join("\n", expected), Files.readString(out).strip());
    }
}
