package org.huzhu.arrow;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.huzhu.ColumnsException;
import org.huzhu.Plan;
import org.huzhu.Ruleset;
import org.junit.jupiter.api.Test;

/** Many rounds take no more memory than few. The heap of this JVM is all there from the start: huzhu-arrow/pom.xml. */
class GrowthTest {
    private static final int ROUNDS = 4000;

    @Test
    void manyRoundsDoNotGrow() throws IOException {
        try (Ruleset rules = Ruleset.beijing(); BufferAllocator memory = new RootAllocator()) {
            Plan plan = rules.plan("inpatient-allowance");
            Columns.Builder how = Columns.of(plan).counters(Columns.Counters.CARRIED).wanted("id", "outcome", "reasons", "caps", "total", "days_this_period.after");
            Schema wrong = new Schema(List.of(Field.nullable("membr", ArrowType.Utf8.INSTANCE)));
            try (VectorSchemaRoot claims = Rows.typed(memory, plan, Stays.list(200))) {
                long warm = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    if (round == ROUNDS / 2) warm = resident();
                    try (Columns columns = how.bind(memory, claims.getSchema())) {
                        columns.evaluate(claims, 0, 1 + round % 200).close();
                        try (VectorSchemaRoot table = columns.counter("days_this_period")) {
                            columns.setCounter("days_this_period", table);
                        }
                    }
                    assertThrows(ColumnsException.class, () -> Columns.of(plan).bind(memory, wrong));
                }
                long grown = resident() - warm;
                System.out.println(ROUNDS + " rounds, " + grown + " bytes more at the end than after half of them");
                assertTrue(grown < 12_000_000, grown + " bytes");
            }
        }
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status")))
            if (line.startsWith("RssAnon:")) return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        throw new IOException("no RssAnon");
    }
}
