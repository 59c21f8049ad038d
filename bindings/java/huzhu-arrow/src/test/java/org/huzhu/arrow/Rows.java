package org.huzhu.arrow;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.huzhu.Claim;
import org.huzhu.Input;
import org.huzhu.Plan;

/** Claims as maps of values, and the same as columns: of the types that fit, or all of texts. */
final class Rows {
    private static final List<String> WRONG = List.of("x", "", "-1", "1e2", "2024-02-30", "\uD842\uDFB7", "99999999999999999999");

    private Rows() {}

    /** Random claims, mostly sensible ones. Wrong values are texts: they have no place in typed columns. */
    static List<Map<String, Object>> random(Plan plan, int count, boolean wrong, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", plan.id() + "-" + i);
            LocalDate start = LocalDate.of(2008 + random.nextInt(17), 1 + random.nextInt(12), 1);
            for (Input input : plan.inputs()) {
                Object value = value(input, random, wrong);
                // Mostly dates that lie near each other: otherwise every claim is out of its cover.
                if (value instanceof LocalDate && random.nextInt(10) != 0)
                    value = input.name().endsWith("_start") ? start : input.name().endsWith("_end") ? start.plusYears(1).minusDays(1) : start.plusDays(random.nextInt(400));
                if (value != null) row.put(input.name(), value);
            }
            rows.add(row);
        }
        return rows;
    }

    private static Object value(Input input, Random random, boolean wrong) {
        int dice = random.nextInt(40);
        if (dice == 0) return null;
        if (dice == 1 && wrong) return WRONG.get(random.nextInt(WRONG.size()));
        switch (input.type()) {
            case DATE: return LocalDate.of(2005, 1, 1).plusDays(random.nextInt(7300));
            case BOOLEAN: return random.nextInt(5) != 0;
            case CODE: return input.codes().get(random.nextInt(input.codes().size())).id();
            case KEY: return "K-" + random.nextInt(3);
            case TEXT: return List.of("C50.9", "D05.1", "C53", "I21.0", "汉").get(random.nextInt(5));
            case COUNT: return random.nextInt(12);
            case MONEY: return BigDecimal.valueOf(random.nextInt(10_000_000), 2);
            default: return BigDecimal.valueOf(random.nextInt(100), Math.min(2, input.scale()));
        }
    }

    /** Claims that are only claims: not all inputs are for them. */
    static Claim claim(Map<String, Object> row) {
        return Claim.of(row);
    }

    /** Columns of the types that fit. */
    static VectorSchemaRoot typed(BufferAllocator memory, Plan plan, List<Map<String, Object>> rows) {
        List<FieldVector> vectors = new ArrayList<>();
        vectors.add(texts(memory, "id", rows));
        for (Input input : plan.inputs()) vectors.add(vector(memory, input, rows));
        return root(vectors, rows.size());
    }

    /** Columns of texts, whatever the inputs are. */
    static VectorSchemaRoot written(BufferAllocator memory, Plan plan, List<Map<String, Object>> rows) {
        List<FieldVector> vectors = new ArrayList<>();
        vectors.add(texts(memory, "id", rows));
        for (Input input : plan.inputs()) vectors.add(texts(memory, input.name(), rows));
        return root(vectors, rows.size());
    }

    static VectorSchemaRoot root(List<FieldVector> vectors, int rows) {
        List<Field> fields = new ArrayList<>();
        for (FieldVector vector : vectors) fields.add(vector.getField());
        return new VectorSchemaRoot(new Schema(fields), vectors, rows);
    }

    static VarCharVector texts(BufferAllocator memory, String name, List<Map<String, Object>> rows) {
        VarCharVector vector = new VarCharVector(name, memory);
        vector.allocateNew();
        for (int i = 0; i < rows.size(); i++) {
            Object value = rows.get(i).get(name);
            if (value != null) vector.setSafe(i, value.toString().getBytes(StandardCharsets.UTF_8));
        }
        vector.setValueCount(rows.size());
        return vector;
    }

    private static FieldVector vector(BufferAllocator memory, Input input, List<Map<String, Object>> rows) {
        ArrowType type = type(input);
        FieldVector vector = Field.nullable(input.name(), type).createVector(memory);
        if (vector instanceof VarCharVector) {
            vector.close();
            return texts(memory, input.name(), rows);
        }
        vector.allocateNew();
        for (int i = 0; i < rows.size(); i++) {
            Object value = rows.get(i).get(input.name());
            if (value == null) continue;
            if (vector instanceof DateDayVector days) days.setSafe(i, (int) ((LocalDate) value).toEpochDay());
            else if (vector instanceof BitVector bits) bits.setSafe(i, (Boolean) value ? 1 : 0);
            else if (vector instanceof BigIntVector numbers) numbers.setSafe(i, ((Number) value).longValue());
            else ((DecimalVector) vector).setSafe(i, ((BigDecimal) value).setScale(input.scale()));
        }
        vector.setValueCount(rows.size());
        return vector;
    }

    private static ArrowType type(Input input) {
        switch (input.type()) {
            case DATE: return new ArrowType.Date(DateUnit.DAY);
            case BOOLEAN: return ArrowType.Bool.INSTANCE;
            case COUNT: return new ArrowType.Int(64, true);
            case MONEY, RATE, NUMBER: return new ArrowType.Decimal(38, input.scale(), 128);
            default: return ArrowType.Utf8.INSTANCE;
        }
    }
}
