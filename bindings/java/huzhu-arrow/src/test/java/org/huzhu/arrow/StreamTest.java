package org.huzhu.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Schema;
import org.huzhu.BadValueException;
import org.huzhu.ClosedException;
import org.junit.jupiter.api.Test;

/** Readers in, readers out. */
class StreamTest extends Given {
    /** Batches of stays, as many as asked for; it fails instead of giving one. */
    private final class Batches extends ArrowReader {
        private final int rows;
        private final int count;
        private final int fails;
        private int given;
        private boolean closed;
        private final IOException failure = new IOException("the line is down");

        Batches(int rows, int count, int fails) {
            super(memory);
            this.rows = rows;
            this.count = count;
            this.fails = fails;
        }

        @Override
        protected Schema readSchema() {
            try (VectorSchemaRoot none = Rows.typed(memory, plan, List.of())) {
                return none.getSchema();
            }
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            prepareLoadNextBatch();
            if (given == fails) throw failure;
            if (given == count) return false;
            List<Map<String, Object>> stays = new ArrayList<>();
            for (int i = 0; i < rows; i++) stays.add(Stays.stay(given * rows + i));
            try (VectorSchemaRoot batch = Rows.typed(memory, plan, stays); ArrowRecordBatch whole = new VectorUnloader(batch).getRecordBatch()) {
                new VectorLoader(getVectorSchemaRoot()).load(whole);
            }
            given++;
            return true;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {
            closed = true;
        }
    }

    private static int rows(ArrowReader answers) throws IOException {
        int rows = 0;
        while (answers.loadNextBatch()) {
            VectorSchemaRoot batch = answers.getVectorSchemaRoot();
            for (int i = 0; i < batch.getRowCount(); i++) assertEquals(Stays.DUE, ((DecimalVector) batch.getVector("total")).getObject(i));
            rows += batch.getRowCount();
        }
        return rows;
    }

    @Test
    void batchForBatch() throws Exception {
        Batches claims = new Batches(100, 7, -1);
        try (Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims); ArrowReader answers = columns.evaluate(claims)) {
            assertEquals(700, rows(answers));
            assertFalse(answers.loadNextBatch());
        }
        assertTrue(claims.closed);
    }

    @Test
    void moreThanThereIsMemoryFor() throws Exception {
        Batches claims = new Batches(1000, 200, -1);
        try (BufferAllocator little = memory.newChildAllocator("little", 0, 2_000_000);
                Columns columns = Columns.of(plan).counters(Columns.Counters.CARRIED).wanted("id", "outcome", "total").bind(little, claims); ArrowReader answers = columns.evaluate(claims)) {
            assertEquals(200_000, rows(answers));
        }
    }

    @Test
    void dictionariesOfAnswersAreTheReaders() throws Exception {
        Batches claims = new Batches(2, 1, -1);
        try (Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims); ArrowReader answers = columns.evaluate(claims)) {
            assertTrue(answers.loadNextBatch());
            FieldVector outcome = answers.getVectorSchemaRoot().getVector("outcome");
            Dictionary words = answers.getDictionaryVectors().get(outcome.getField().getDictionary().getId());
            try (VarCharVector plain = (VarCharVector) DictionaryEncoder.decode(outcome, words)) {
                assertEquals("paid", plain.getObject(1).toString());
            }
        }
    }

    @Test
    void answersCanBeWrittenAndReadAgain() throws Exception {
        Batches claims = new Batches(50, 3, -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims); ArrowReader answers = columns.evaluate(claims)) {
            VectorSchemaRoot batch = answers.getVectorSchemaRoot();
            assertTrue(answers.loadNextBatch());
            try (ArrowStreamWriter writer = new ArrowStreamWriter(batch, answers, out)) {
                do writer.writeBatch();
                while (answers.loadNextBatch());
            }
        }
        try (ArrowStreamReader again = new ArrowStreamReader(new ByteArrayInputStream(out.toByteArray()), memory)) {
            assertEquals(150, rows(again));
        }
    }

    @Test
    void claimsWithDictionariesFromAFile() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (VarCharVector words = Rows.texts(memory, "words", List.of(Map.of("words", "illness"))); VectorSchemaRoot plain = Rows.typed(memory, plan, Stays.list(10))) {
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(1, false, null));
            List<FieldVector> vectors = new ArrayList<>();
            for (FieldVector vector : plain.getFieldVectors())
                vectors.add(vector.getName().equals("cause") ? (FieldVector) DictionaryEncoder.encode(vector, dictionary) : vector);
            VectorSchemaRoot claims = Rows.root(vectors, 10);
            try (ArrowStreamWriter writer = new ArrowStreamWriter(claims, new DictionaryProvider.MapDictionaryProvider(dictionary), out)) {
                writer.writeBatch();
            }
            claims.close();
        }
        ArrowStreamReader claims = new ArrowStreamReader(new ByteArrayInputStream(out.toByteArray()), memory);
        try (Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims); ArrowReader answers = columns.evaluate(claims)) {
            assertEquals(10, rows(answers));
        }
    }

    @Test
    void streamsOfOtherLibrariesAreReaders() throws Exception {
        Batches claims = new Batches(10, 3, -1);
        try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(memory)) {
            Data.exportArrayStream(memory, claims, stream);
            ArrowReader reader = Data.importArrayStream(memory, stream);
            try (Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, reader); ArrowReader answers = columns.evaluate(reader)) {
                assertEquals(30, rows(answers));
            }
        }
        assertTrue(claims.closed);
    }

    @Test
    void whatTheReaderThrowsIsThrown() throws Exception {
        Batches claims = new Batches(10, 3, 2);
        try (Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims); ArrowReader answers = columns.evaluate(claims)) {
            assertTrue(answers.loadNextBatch());
            assertTrue(answers.loadNextBatch());
            assertSame(claims.failure, assertThrows(IOException.class, answers::loadNextBatch));
            assertEquals(0, answers.getVectorSchemaRoot().getRowCount(), "no rows are left of the batch before");
        }
        assertTrue(claims.closed);
    }

    @Test
    void closedColumnsEndTheReader() throws Exception {
        Batches claims = new Batches(10, 3, -1);
        Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims);
        try (ArrowReader answers = columns.evaluate(claims)) {
            assertTrue(answers.loadNextBatch());
            columns.close();
            assertThrows(ClosedException.class, answers::loadNextBatch);
        }
        assertTrue(claims.closed);
        Batches more = new Batches(10, 3, -1);
        Columns others = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, more);
        try (ArrowReader answers = others.evaluate(more)) {
            others.close();
            assertThrows(ClosedException.class, answers::getVectorSchemaRoot);
        }
        assertTrue(more.closed);
    }

    @Test
    void readersOfAnotherSchemaAreRefusedAndStayOpen() throws Exception {
        Batches claims = new Batches(10, 3, -1);
        try (claims; VectorSchemaRoot other = Rows.written(memory, plan, List.of()); Columns columns = Columns.of(plan).bind(memory, other.getSchema())) {
            assertEquals("cover_start", assertThrows(BadValueException.class, () -> columns.evaluate(claims)).place());
            assertFalse(claims.closed);
            assertTrue(claims.loadNextBatch());
        }
    }

    @Test
    void countersGoOnFromBatchToBatch() throws Exception {
        Batches claims = new Batches(1, 4, -1);
        List<BigDecimal> after = new ArrayList<>();
        try (Columns columns = Columns.of(plan).counters(Columns.Counters.CARRIED).wanted("paid_this_period.after").bind(memory, claims); ArrowReader answers = columns.evaluate(claims)) {
            while (answers.loadNextBatch()) after.add(((DecimalVector) answers.getVectorSchemaRoot().getVector(0)).getObject(0));
        }
        assertEquals(List.of("360.00", "720.00", "360.00", "720.00"), after.stream().map(BigDecimal::toString).toList());
    }
}
