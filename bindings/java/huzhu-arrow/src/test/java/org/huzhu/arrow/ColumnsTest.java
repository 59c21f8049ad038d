package org.huzhu.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampSecTZVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.huzhu.Claim;
import org.huzhu.ColumnsException;
import org.huzhu.Outcome;
import org.huzhu.Plan;
import org.junit.jupiter.api.Test;

/** What columns may be, what comes out, and counters that are carried. Every test ends with all memory given back. */
class ColumnsTest extends Given {
    /** The columns of stays with one in place of that of its name, which is the new column's from then on. */
    private VectorSchemaRoot with(int count, FieldVector column) {
        List<FieldVector> vectors = new ArrayList<>();
        for (FieldVector vector : stays(count).getFieldVectors()) {
            if (vector.getName().equals(column.getName())) vector.close();
            else vectors.add(vector);
        }
        column.setValueCount(count);
        vectors.add(column);
        return Rows.root(vectors, count);
    }

    private Columns fresh(VectorSchemaRoot claims) {
        return Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims.getSchema());
    }

    private void assertDue(BigDecimal due, FieldVector column) {
        try (VectorSchemaRoot claims = with(1, column); Columns columns = fresh(claims); Answers answers = columns.evaluate(claims)) {
            assertEquals(due, answers.value("total", 0), column.getClass().getSimpleName());
        }
    }

    @Test
    void resultsAreThoseAskedForInTheirOrder() {
        try (VectorSchemaRoot claims = stays(3)) {
            try (Columns columns = fresh(claims); Answers answers = columns.evaluate(claims)) {
                assertEquals(List.of("id", "outcome", "reason", "error", "total", "allowance.net", "days_this_period.after", "paid_this_period.after"),
                        answers.root().getSchema().getFields().stream().map(f -> f.getName()).toList());
                assertEquals(Outcome.PAID, answers.outcome(2));
                assertEquals("A-2", answers.value("id", 2));
                assertNull(answers.value("reason", 0));
                assertEquals(9L, answers.value("days_this_period.after", 1));
            }
            try (Columns columns = Columns.of(plan).wanted("total", "reasons").bind(memory, claims.getSchema()); Answers answers = columns.evaluate(claims)) {
                assertEquals(2, answers.root().getFieldVectors().size());
                assertNull(answers.value("total", 0));
                assertFalse(((List<?>) answers.value("reasons", 0)).isEmpty(), "counters are missing");
            }
            try (Columns columns = Columns.of(plan).wanted().bind(memory, claims.getSchema()); Answers answers = columns.evaluate(claims)) {
                assertEquals(0, answers.root().getFieldVectors().size());
                assertEquals(3, answers.rows());
            }
        }
    }

    @Test
    void textsOfEveryKindAreTexts() {
        LargeVarCharVector large = new LargeVarCharVector("cause", memory);
        large.setSafe(0, "illness".getBytes(StandardCharsets.UTF_8));
        assertDue(Stays.DUE, large);
        ViewVarCharVector view = new ViewVarCharVector("cover", memory);
        view.allocateNew();
        view.setSafe(0, "a text longer than twelve bytes \uD842\uDFB7".getBytes(StandardCharsets.UTF_8));
        assertDue(Stays.DUE, view);
        VarCharVector date = new VarCharVector("admitted", memory);
        date.setSafe(0, "2024-03-05".getBytes(StandardCharsets.UTF_8));
        assertDue(new BigDecimal("320.00"), date);
    }

    @Test
    void numbersAndDaysOfEveryKindAreNumbersAndDays() {
        TinyIntVector one = new TinyIntVector("hospital_level", memory);
        one.setSafe(0, 3);
        assertDue(Stays.DUE, one);
        SmallIntVector two = new SmallIntVector("hospital_level", memory);
        two.setSafe(0, 3);
        assertDue(Stays.DUE, two);
        UInt4Vector four = new UInt4Vector("hospital_level", memory);
        four.setSafe(0, 3);
        assertDue(Stays.DUE, four);
        DecimalVector decimal = new DecimalVector("hospital_level", memory, 10, 1);
        decimal.setSafe(0, new BigDecimal("3.0"));
        assertDue(Stays.DUE, decimal);
        Decimal256Vector wide = new Decimal256Vector("hospital_level", memory, 50, 3);
        wide.setSafe(0, new BigDecimal("3.000"));
        assertDue(Stays.DUE, wide);
        long day = LocalDate.of(2024, 3, 5).toEpochDay();
        DateMilliVector millis = new DateMilliVector("admitted", memory);
        millis.setSafe(0, day * 86_400_000L);
        assertDue(new BigDecimal("320.00"), millis);
        TimeStampMicroVector micros = new TimeStampMicroVector("admitted", memory);
        micros.setSafe(0, day * 86_400_000_000L);
        assertDue(new BigDecimal("320.00"), micros);
        assertDue(null, new NullVector("admitted", 1));
    }

    @Test
    void columnsMayHaveDictionaries() {
        try (VarCharVector words = Rows.texts(memory, "words", List.of(Map.of("words", "suicide"), Map.of("words", "illness")))) {
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(7, false, null));
            DictionaryProvider provider = new DictionaryProvider.MapDictionaryProvider(dictionary);
            VarCharVector plain = Rows.texts(memory, "cause", Stays.list(2));
            FieldVector encoded = (FieldVector) DictionaryEncoder.encode(plain, dictionary);
            plain.close();
            try (VectorSchemaRoot claims = with(2, encoded);
                    Columns columns = Columns.of(plan).counters(Columns.Counters.FRESH).bind(memory, claims.getSchema(), provider);
                    Answers answers = columns.evaluate(claims)) {
                assertEquals(Stays.DUE, answers.value("total", 1));
                ((IntVector) claims.getVector("cause")).set(0, 99);
                try (Answers again = columns.evaluate(claims)) {
                    assertEquals(Outcome.ERROR, again.outcome(0), "a place beyond the dictionary is an error of its row");
                    assertEquals(Stays.DUE, again.value("total", 1));
                }
            }
        }
    }

    @Test
    void slicesAndPartsOfBatches() {
        try (VectorSchemaRoot claims = stays(100); Columns columns = fresh(claims)) {
            try (VectorSchemaRoot slice = claims.slice(13, 20); Answers answers = columns.evaluate(slice)) {
                assertEquals(20, answers.rows());
                assertEquals("A-13", answers.value("id", 0));
                assertEquals(Stays.DUE, answers.value("total", 19));
            }
            try (Answers answers = columns.evaluate(claims, 77, 9)) {
                assertEquals(9, answers.rows());
                assertEquals("A-85", answers.value("id", 8));
            }
            try (Answers none = columns.evaluate(claims, 100, 0)) {
                assertEquals(0, none.rows());
            }
            assertThrows(IndexOutOfBoundsException.class, () -> columns.evaluate(claims, 99, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> columns.evaluate(claims, -1, 2));
            assertThrows(IndexOutOfBoundsException.class, () -> columns.evaluate(claims, 0, Integer.MIN_VALUE));
        }
        try (VectorSchemaRoot none = stays(0); Columns columns = fresh(none); Answers answers = columns.evaluate(none)) {
            assertEquals(0, answers.rows());
        }
    }

    @Test
    void floatsAreRefusedOrRounded() {
        Plan medical = rules.plan("medical-reimbursement");
        List<Double> paid = List.of(1800.125, 1800.135, 5000.005, 2000.0, 1e300, Double.NaN, Double.NEGATIVE_INFINITY);
        Map<String, Object> row = Map.of("member", "M", "served", LocalDate.of(2012, 12, 31), "member_class", "ordinary", "in_service", true, "insured", true,
                "dues_paid", true, "managed", true, "card", true, "claimed", LocalDate.of(2013, 1, 31));
        List<FieldVector> vectors = new ArrayList<>();
        for (FieldVector vector : Rows.typed(memory, medical, java.util.Collections.nCopies(paid.size(), row)).getFieldVectors())
            if (vector.getName().equals("outpatient_to_date")) vector.close();
            else vectors.add(vector);
        Float8Vector floats = new Float8Vector("outpatient_to_date", memory);
        for (int i = 0; i < paid.size(); i++) floats.setSafe(i, paid.get(i));
        floats.setValueCount(paid.size());
        vectors.add(floats);
        try (VectorSchemaRoot claims = Rows.root(vectors, paid.size())) {
            ColumnsException refused = assertThrows(ColumnsException.class, () -> Columns.of(medical).bind(memory, claims.getSchema()));
            assertEquals("E_COLUMN", refused.code());
            assertTrue(refused.getMessage().contains("column `outpatient_to_date` has floats"), refused.getMessage());
            assertTrue(refused.hint().contains("how floats are rounded"), refused.hint());
            assertEquals("0.02", rounded(medical, claims, row, paid, Columns.Floats.HALF_EVEN, RoundingMode.HALF_EVEN));
            assertEquals("0.03", rounded(medical, claims, row, paid, Columns.Floats.HALF_UP, RoundingMode.HALF_UP));
        }
    }

    /** Holds every row to the claim of the rounded number; the total of the first. */
    private String rounded(Plan medical, VectorSchemaRoot claims, Map<String, Object> row, List<Double> paid, Columns.Floats floats, RoundingMode mode) {
        try (Columns columns = Columns.of(medical).floats(floats).counters(Columns.Counters.FRESH).bind(memory, claims.getSchema()); Answers answers = columns.evaluate(claims)) {
            for (int i = 0; i < paid.size(); i++) {
                double number = paid.get(i);
                if (Double.isFinite(number) && number < 1e20) {
                    Claim.Builder claim = Claim.builder();
                    row.forEach(claim::set);
                    claim.set("outpatient_to_date", new BigDecimal(number).setScale(2, mode));
                    assertEquals(medical.evaluate(claim.fresh().build()).total().orElseThrow(), answers.value("total", i), "row " + i);
                } else {
                    assertEquals(Outcome.ERROR, answers.outcome(i), "row " + i);
                }
            }
            return answers.value("total", 0).toString();
        }
    }

    @Test
    void aYearRunsMonthByMonth() {
        try (VectorSchemaRoot claims = stays(60)) {
            Columns.Builder how = Columns.of(plan).counters(Columns.Counters.CARRIED);
            VectorSchemaRoot days;
            VectorSchemaRoot paid;
            try (Columns columns = how.bind(memory, claims.getSchema())) {
                assertEquals(List.of("days_this_period", "paid_this_period"), columns.counters());
                columns.evaluate(claims, 0, 31).close();
                days = columns.counter("days_this_period");
                paid = columns.counter("paid_this_period");
                assertEquals(16, days.getRowCount());
                assertEquals(List.of("member", "cover", "value"), days.getSchema().getFields().stream().map(f -> f.getName()).toList());
                assertEquals(18L, ((BigIntVector) days.getVector("value")).get(0));
                assertEquals(new BigDecimal("360.00"), ((DecimalVector) paid.getVector("value")).getObject(15));
            }
            try (days; paid; Columns columns = how.bind(memory, claims.getSchema())) {
                columns.setCounter("days_this_period", days);
                columns.setCounter("paid_this_period", paid);
                try (Answers answers = columns.evaluate(claims, 31, 29)) {
                    assertEquals(18L, answers.value("days_this_period.after", 0), "A-31 has the days of A-30 before it");
                    assertEquals(9L, answers.value("days_this_period.after", 1));
                    assertEquals(new BigDecimal("720.00"), answers.value("paid_this_period.after", 0));
                }
            }
        }
    }

    @Test
    void countersAreGivenAsColumns() {
        BigIntVector days = new BigIntVector("days_this_period", memory);
        days.setSafe(0, 175);
        days.setSafe(1, 0);
        days.setNull(2);
        DecimalVector paid = new DecimalVector("paid_this_period", memory, 18, 2);
        for (int i = 0; i < 3; i++) paid.setSafe(i, new BigDecimal("0.00"));
        paid.setValueCount(3);
        try (VectorSchemaRoot two = with(3, days)) {
            List<FieldVector> vectors = new ArrayList<>(two.getFieldVectors());
            vectors.add(paid);
            try (VectorSchemaRoot claims = Rows.root(vectors, 3); Columns columns = Columns.of(plan).bind(memory, claims.getSchema()); Answers answers = columns.evaluate(claims)) {
                assertEquals(new BigDecimal("200.00"), answers.value("total", 0));
                assertEquals("DAYS_LIMIT", answers.value("reason", 0));
                assertEquals(Stays.DUE, answers.value("total", 1));
                assertEquals(Outcome.INCOMPLETE, answers.outcome(2));
            }
        }
    }

    @Test
    void otherColumnsAreListed() {
        VarCharVector other = new VarCharVector("branch", memory);
        VarCharVector near = new VarCharVector("membr", memory);
        try (VectorSchemaRoot two = with(1, other)) {
            List<FieldVector> vectors = new ArrayList<>(two.getFieldVectors());
            near.setValueCount(1);
            vectors.add(near);
            try (VectorSchemaRoot claims = Rows.root(vectors, 1)) {
                ColumnsException e = assertThrows(ColumnsException.class, () -> fresh(claims));
                assertTrue(e.getMessage().contains("membr") && e.hint().contains("`member`"), e.getMessage());
                try (Columns columns = Columns.of(plan).ignored("membr").bind(memory, claims.getSchema())) {
                    assertEquals(List.of("branch", "membr"), columns.ignored());
                }
            }
        }
    }

    @Test
    void zonesAreRefused() {
        TimeStampSecTZVector zoned = new TimeStampSecTZVector("admitted", memory, "Asia/Shanghai");
        zoned.setSafe(0, 0);
        try (VectorSchemaRoot claims = with(1, zoned)) {
            ColumnsException e = assertThrows(ColumnsException.class, () -> fresh(claims));
            assertTrue(e.getMessage().contains("with a zone"), e.getMessage());
        }
    }

    @Test
    void threadsHaveABindingAndRowsEach() throws Exception {
        try (VectorSchemaRoot claims = stays(1001); Columns whole = Columns.of(plan).counters(Columns.Counters.CARRIED).bind(memory, claims.getSchema());
                Answers expected = whole.evaluate(claims)) {
            int[] ends = whole.partition(claims, 4);
            assertEquals(1001, ends[3]);
            List<Thread> threads = new ArrayList<>();
            List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < 4; t++) {
                int first = t == 0 ? 0 : ends[t - 1];
                int rows = ends[t] - first;
                assertTrue(first % 2 == 0, "no member is cut");
                Thread thread = new Thread(() -> {
                    try (Columns mine = Columns.of(plan).counters(Columns.Counters.CARRIED).bind(memory, claims.getSchema()); Answers answers = mine.evaluate(claims, first, rows)) {
                        for (int i = 0; i < rows; i++)
                            if (!expected.value("paid_this_period.after", first + i).equals(answers.value("paid_this_period.after", i))) wrong.add("row " + (first + i));
                    } catch (RuntimeException e) {
                        wrong.add(e.toString());
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) thread.join();
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    void answersOutliveWhatGaveThem() {
        VectorSchemaRoot claims = stays(5);
        Columns columns = fresh(claims);
        Answers answers = columns.evaluate(claims);
        claims.close();
        columns.close();
        rules.close();
        assertEquals(Stays.DUE, answers.value("total", 4));
        assertEquals("paid", answers.value("outcome", 4));
        answers.close();
        answers.close();
    }
}
