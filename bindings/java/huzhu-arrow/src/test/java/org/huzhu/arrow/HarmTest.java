package org.huzhu.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.huzhu.BadValueException;
import org.huzhu.ClosedException;
import org.huzhu.ColumnsException;
import org.huzhu.HuzhuException;
import org.huzhu.NotFoundException;
import org.huzhu.internal.Abi;
import org.junit.jupiter.api.Test;

/** Whatever is done wrong is an exception; the JVM lives, and no memory is lost. */
class HarmTest extends Given {
    private Columns fresh(Schema schema) {
        return Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, schema);
    }

    @Test
    void batchesOfAnotherSchema() {
        try (VectorSchemaRoot claims = stays(3); VectorSchemaRoot texts = Rows.written(memory, plan, Stays.list(3)); Columns columns = fresh(claims.getSchema());
                VectorSchemaRoot fewer = Rows.root(List.of(claims.getVector(0)), 3)) {
            BadValueException other = assertThrows(BadValueException.class, () -> columns.evaluate(texts));
            assertEquals("SCHEMA", other.code());
            assertEquals("cover_start", other.place());
            assertTrue(other.getMessage().contains("Utf8") && other.getMessage().contains("Date"), other.getMessage());
            assertEquals("SCHEMA", assertThrows(BadValueException.class, () -> columns.evaluate(fewer)).code());
            List<FieldVector> more = new ArrayList<>(claims.getFieldVectors());
            more.add(new IntVector("more", memory));
            assertEquals("more", assertThrows(BadValueException.class, () -> columns.evaluate(Rows.root(more, 3))).place());
            assertThrows(BadValueException.class, () -> columns.partition(texts, 2));
        }
    }

    @Test
    void batchesThatAreClosedOrCutShort() {
        VectorSchemaRoot claims = stays(3);
        try (Columns columns = fresh(claims.getSchema())) {
            List<FieldVector> vectors = claims.getFieldVectors();
            assertEquals("ROWS", assertThrows(BadValueException.class, () -> columns.evaluate(new VectorSchemaRoot(claims.getSchema(), vectors, 4))).code());
            assertThrows(IndexOutOfBoundsException.class, () -> columns.evaluate(new VectorSchemaRoot(claims.getSchema(), vectors, -1)));
            claims.close();
            assertEquals("ROWS", assertThrows(BadValueException.class, () -> columns.evaluate(new VectorSchemaRoot(claims.getSchema(), vectors, 3))).code());
        }
    }

    @Test
    void buffersThatAreTooShort() {
        try (BigIntVector level = new BigIntVector("hospital_level", memory); VarCharVector cause = new VarCharVector("cause", memory);
                ArrowBuf little = memory.buffer(16); ArrowBuf bits = memory.buffer(64); ArrowBuf ends = memory.buffer(1024)) {
            bits.setOne(0L, 64L);
            level.loadFieldBuffers(new ArrowFieldNode(100, 0), List.of(bits, little));
            VectorSchemaRoot numbers = Rows.root(List.of(level), 100);
            try (Columns columns = fresh(numbers.getSchema())) {
                assertEquals("BUFFERS", assertThrows(BadValueException.class, () -> columns.evaluate(numbers)).code());
            }
            for (int i = 0; i <= 100; i++) ends.setInt(4 * i, 1000 * i);
            cause.loadFieldBuffers(new ArrowFieldNode(100, 0), List.of(bits, ends, little));
            VectorSchemaRoot texts = Rows.root(List.of(cause), 100);
            try (Columns columns = fresh(texts.getSchema())) {
                assertEquals("cause", assertThrows(BadValueException.class, () -> columns.evaluate(texts)).place());
                ends.setInt(4 * 100, 8);
                ColumnsException falls = assertThrows(ColumnsException.class, () -> columns.evaluate(texts));
                assertTrue(falls.getMessage().contains("offsets that fall"), falls.getMessage());
            }
        }
    }

    @Test
    void typesThatNoInputTakes() {
        try (ListVector lists = ListVector.empty("cause", memory)) {
            lists.addOrGetVector(FieldType.nullable(ArrowType.Utf8.INSTANCE));
            Schema schema = new Schema(List.of(lists.getField(), Field.nullable("cover", ArrowType.Binary.INSTANCE), Field.nullable("member", ArrowType.Bool.INSTANCE)));
            ColumnsException e = assertThrows(ColumnsException.class, () -> fresh(schema));
            assertEquals(3, e.diagnostics().size());
            assertFalse(e.hint().isEmpty());
        }
        Schema twice = new Schema(List.of(Field.nullable("cause", ArrowType.Utf8.INSTANCE), Field.nullable("cause", ArrowType.Utf8.INSTANCE)));
        assertTrue(assertThrows(ColumnsException.class, () -> fresh(twice)).getMessage().contains("two columns"));
        fresh(new Schema(List.of())).close();
    }

    @Test
    void dictionariesThatNobodyGave() {
        Field encoded = new Field("cause", new FieldType(true, new ArrowType.Int(32, true), new DictionaryEncoding(9, false, null)), null);
        assertEquals("DICTIONARY", assertThrows(BadValueException.class, () -> fresh(new Schema(List.of(encoded)))).code());
    }

    @Test
    void resultsThatThereAreNot() {
        try (VectorSchemaRoot claims = stays(1)) {
            ColumnsException e = assertThrows(ColumnsException.class, () -> Columns.of(plan).wanted("totl", "outcome").bind(memory, claims.getSchema()));
            assertTrue(e.getMessage().contains("totl") && e.hint().contains("total"), e.getMessage());
            assertThrows(BadValueException.class, () -> Columns.of(plan).wanted((String) null).bind(memory, claims.getSchema()));
            assertThrows(BadValueException.class, () -> Columns.of(plan).ignored("a\0b").bind(memory, claims.getSchema()));
            try (Columns columns = fresh(claims.getSchema()); Answers answers = columns.evaluate(claims)) {
                NotFoundException none = assertThrows(NotFoundException.class, () -> answers.value("totl", 0));
                assertTrue(none.hint().contains("total"));
                assertThrows(NotFoundException.class, () -> answers.value(null, 0));
                assertThrows(IndexOutOfBoundsException.class, () -> answers.value("total", 1));
                assertThrows(IndexOutOfBoundsException.class, () -> answers.outcome(-1));
            }
        }
    }

    @Test
    void nullsAreRefused() {
        try (VectorSchemaRoot claims = stays(1); Columns columns = fresh(claims.getSchema())) {
            assertThrows(NullPointerException.class, () -> Columns.of(null));
            assertThrows(NullPointerException.class, () -> Columns.of(plan).floats(null));
            assertThrows(NullPointerException.class, () -> Columns.of(plan).counters(null));
            assertThrows(NullPointerException.class, () -> Columns.of(plan).bind(memory, (Schema) null));
            assertThrows(NullPointerException.class, () -> Columns.of(plan).bind(null, claims.getSchema()));
            assertThrows(NullPointerException.class, () -> Columns.of(plan).bind(memory, claims.getSchema(), (DictionaryProvider) null));
            assertThrows(NullPointerException.class, () -> columns.evaluate((VectorSchemaRoot) null));
            assertThrows(NullPointerException.class, () -> columns.evaluate((org.apache.arrow.vector.ipc.ArrowReader) null));
            assertThrows(BadValueException.class, () -> columns.partition(claims, 0));
        }
    }

    @Test
    void countersThatAreNotCarriedOrNotThere() {
        try (VectorSchemaRoot claims = stays(2)) {
            try (Columns columns = fresh(claims.getSchema())) {
                assertEquals("STATE", assertThrows(HuzhuException.class, () -> columns.counter("days_this_period")).code());
                assertThrows(HuzhuException.class, () -> columns.setCounter("days_this_period", claims));
            }
            try (Columns columns = Columns.of(plan).counters(Columns.Counters.CARRIED).bind(memory, claims.getSchema())) {
                NotFoundException none = assertThrows(NotFoundException.class, () -> columns.counter("days"));
                assertTrue(none.hint().contains("days_this_period"));
                assertThrows(NotFoundException.class, () -> columns.counter(null));
                ColumnsException table = assertThrows(ColumnsException.class, () -> columns.setCounter("days_this_period", claims));
                assertTrue(table.getMessage().contains("value"), table.getMessage());
            }
        }
    }

    @Test
    void afterCloseEveryCallIsRefused() {
        try (VectorSchemaRoot claims = stays(2)) {
            Columns columns = Columns.of(plan).counters(Columns.Counters.CARRIED).bind(memory, claims.getSchema());
            Answers answers = columns.evaluate(claims);
            columns.close();
            columns.close();
            assertThrows(ClosedException.class, () -> columns.evaluate(claims));
            assertThrows(ClosedException.class, () -> columns.partition(claims, 2));
            assertThrows(ClosedException.class, () -> columns.counter("days_this_period"));
            assertEquals(2, columns.counters().size());
            answers.close();
            assertThrows(ClosedException.class, () -> answers.value("total", 0));
            assertThrows(ClosedException.class, answers::root);
            rules.close();
            assertThrows(ClosedException.class, () -> fresh(claims.getSchema()));
        }
    }

    @Test
    void closeWaitsForTheCallsThatRun() throws Exception {
        try (VectorSchemaRoot claims = stays(20_000)) {
            for (int round = 0; round < 5; round++) {
                Columns columns = fresh(claims.getSchema());
                AtomicInteger good = new AtomicInteger();
                List<Thread> threads = new ArrayList<>();
                List<Throwable> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
                for (int t = 0; t < 3; t++) {
                    Thread thread = new Thread(() -> {
                        try {
                            while (true) {
                                columns.evaluate(claims).close();
                                good.incrementAndGet();
                            }
                        } catch (ClosedException e) {
                            return;
                        } catch (Throwable e) {
                            wrong.add(e);
                        }
                    });
                    thread.start();
                    threads.add(thread);
                }
                while (good.get() < 3) Thread.onSpinWait();
                columns.close();
                for (Thread thread : threads) thread.join();
                assertEquals(List.of(), wrong);
            }
        }
    }

    /** Each limit makes another allocation fail: of the answers, then of what crosses of the claims. */
    @Test
    void memoryThatIsShort() {
        Columns.Builder how = Columns.of(plan).counters(Columns.Counters.CARRIED).wanted("id", "outcome", "reasons", "caps", "total", "days_this_period.after");
        int failed = 0;
        for (int limit = 0; limit < 40_000; limit += 177) {
            try (VectorSchemaRoot claims = stays(100); BufferAllocator little = memory.newChildAllocator("little", 0, limit)) {
                try (Columns columns = how.bind(little, claims.getSchema())) {
                    columns.evaluate(claims).close();
                    columns.counter("paid_this_period").close();
                } catch (OutOfMemoryException e) {
                    failed++;
                }
                assertEquals(0, little.getAllocatedMemory(), "limit " + limit);
            }
        }
        assertTrue(failed > 20 && failed < 200, "some limits are too low: " + failed);
        for (int more = 0; more < 8000; more += 177) {
            try (BufferAllocator theirs = memory.newChildAllocator("theirs", 0, Long.MAX_VALUE); VectorSchemaRoot claims = Rows.typed(theirs, plan, Stays.list(100));
                    Columns columns = how.bind(memory, claims.getSchema())) {
                long held = theirs.getAllocatedMemory();
                theirs.setLimit(held + more);
                try (Answers answers = columns.evaluate(claims)) {
                    assertEquals(100, answers.rows());
                } catch (OutOfMemoryException e) {
                    failed++;
                }
                assertEquals(held, theirs.getAllocatedMemory(), "more " + more);
            }
        }
    }

    /** Columns of texts as views, which point into buffers of their own. */
    private VectorSchemaRoot views(int count) {
        List<FieldVector> vectors = new ArrayList<>();
        try (VectorSchemaRoot texts = Rows.written(memory, plan, Stays.list(count))) {
            for (FieldVector vector : texts.getFieldVectors()) {
                ViewVarCharVector view = new ViewVarCharVector(vector.getName(), memory);
                view.allocateNew();
                for (int i = 0; i < count; i++)
                    if (!vector.isNull(i)) view.setSafe(i, ((VarCharVector) vector).get(i));
                view.setValueCount(count);
                vectors.add(view);
            }
        }
        return Rows.root(vectors, count);
    }

    /** The cause by a dictionary of two words. */
    private VectorSchemaRoot encoded(int count, Dictionary dictionary) {
        List<FieldVector> vectors = new ArrayList<>();
        for (FieldVector vector : stays(count).getFieldVectors()) {
            boolean cause = vector.getName().equals("cause");
            vectors.add(cause ? (FieldVector) DictionaryEncoder.encode(vector, dictionary) : vector);
            if (cause) vector.close();
        }
        return Rows.root(vectors, count);
    }

    /** Bytes of any buffer of a column changed at random: an exception or an answer, and the rows are as many as before. */
    @Test
    void contentsThatAreDamaged() {
        Random random = new Random(11);
        int answered = 0;
        try (VarCharVector words = Rows.texts(memory, "words", List.of(Map.of("words", "illness"), Map.of("words", "suicide")))) {
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(3, false, null));
            DictionaryProvider provider = new DictionaryProvider.MapDictionaryProvider(dictionary);
            for (int round = 0; round < 400; round++) {
                int kind = round % 4;
                try (VectorSchemaRoot claims = kind == 0 ? stays(40) : kind == 1 ? Rows.written(memory, plan, Stays.list(40)) : kind == 2 ? views(40) : encoded(40, dictionary);
                        Columns columns = Columns.of(plan).counters(Columns.Counters.CARRIED).bind(memory, claims.getSchema(), provider)) {
                    FieldVector vector = kind == 3 ? claims.getVector("cause") : claims.getVector(random.nextInt(claims.getFieldVectors().size()));
                    List<ArrowBuf> buffers = vector.getFieldBuffers().stream().filter(buffer -> buffer.capacity() > 0).toList();
                    for (int changes = random.nextInt(6); changes >= 0; changes--) {
                        ArrowBuf buffer = buffers.get(random.nextInt(buffers.size()));
                        buffer.setByte(random.nextLong(Math.min(buffer.capacity(), 700)), random.nextInt(4) == 0 ? 0xff : random.nextInt(256));
                    }
                    try (Answers answers = columns.evaluate(claims)) {
                        assertEquals(40, answers.rows());
                        for (int i = 0; i < 40; i++) answers.outcome(i);
                        answered++;
                    } catch (ColumnsException | BadValueException e) {
                        assertFalse(e.getMessage().isEmpty());
                    }
                }
            }
        }
        assertTrue(answered > 150 && answered < 400, "some are answered, some are refused: " + answered);
    }

    /** What the native layer does with addresses that are none. */
    @Test
    void addressesOfNothing() {
        long[] out = new long[1];
        assertThrows(HuzhuException.class, () -> Abi.huzhu_flat_bind(0, 0, 0, 0, null, new byte[0][], out));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_flat_evaluate(0, 0, 0, 0, 0));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_arrow_evaluate(0, 0, 0));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_arrow_schema(0, 0));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_flat_partition(0, 0, new long[2]));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_flat_partition(0, 0, null));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_arrow_counter_schema(0, 0, 0));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_arrow_counter_array(0, 0, 0));
        assertThrows(HuzhuException.class, () -> Abi.huzhu_arrow_set_counter(0, 0, 0, 0));
        assertEquals(0, Abi.huzhu_arrow_ignored_count(0));
        assertEquals(0, Abi.huzhu_arrow_counter_count(0));
        Abi.huzhu_arrow_free(0);
        assertEquals(0, out[0]);
    }
}
