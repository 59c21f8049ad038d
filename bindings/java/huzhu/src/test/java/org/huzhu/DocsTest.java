package org.huzhu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/java.md, all blocks one behind the other, compiled and run: it prints what stands behind the arrows. */
class DocsTest {
    @Test
    void whatThePageSaysIsSo(@TempDir Path folder) throws Exception {
        StringBuilder body = new StringBuilder();
        List<String> expected = new ArrayList<>();
        Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Project.ROOT.resolve("docs/java.md")));
        while (blocks.find()) body.append(blocks.group(1));
        Matcher arrows = Pattern.compile("// → (.*)").matcher(body);
        while (arrows.find()) expected.add(arrows.group(1).strip());
        assertTrue(expected.size() > 15);
        Path source = Files.writeString(folder.resolve("Page.java"), "import java.math.BigDecimal; import java.time.LocalDate; import java.util.*; import org.huzhu.*;\n"
                + "public class Page { public static void main(String[] arguments) throws Exception {\n" + body + "} }\n");
        Project.Ran ran = Project.java(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"), source.toString());
        assertEquals(String.join("\n", expected), ran.out().strip());
    }
}
