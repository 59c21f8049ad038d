package org.huzhu.examples.spark;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.huzhu.BadValueException;
import org.huzhu.Claim;
import org.huzhu.Counter;
import org.huzhu.Input;
import org.huzhu.NotFoundException;
import org.huzhu.Plan;

/**
 * Claims of rows: a column is {@code id}, {@code ask}, an input of the plan, or a counter before the claim ({@code plan.counter} of a package).
 * Columns are the program's: one that no claim has, or of a type that no exact value has, is an exception. Values are the data's: what is
 * wrong with them, the decision of their row says. Null is what is not given.
 */
final class ClaimRows {
    private static final int MOST_DIGITS = 38;

    private final Plan plan;
    private final boolean fresh;
    private final Set<String> ignored;
    private volatile Layout layout;

    /** What the columns of a schema are; a name is null where the column is none of the claim's. */
    private record Layout(StructType schema, String[] names, boolean[] counters) {}

    /**
     * Claims of a plan.
     *
     * @param plan in this JVM
     * @param fresh counters that are not given are new
     * @param others columns that need not be the claim's
     */
    ClaimRows(Plan plan, boolean fresh, Set<String> others) {
        this.plan = plan;
        this.fresh = fresh;
        ignored = new HashSet<>(others);
        ignored.removeAll(List.of(schema(plan).fieldNames()));
    }

    /** A row as a claim. */
    Claim claim(Row row) {
        Layout at = layout;
        if (at == null || at.schema != row.schema()) {
            at = layout(row.schema());
            layout = at;
        }
        Claim.Builder claim = Claim.builder();
        for (int i = 0; i < at.names.length; i++) {
            Object value = at.names[i] == null ? null : value(row.get(i));
            if (value == null) continue;
            if (at.counters[i]) claim.counter(at.names[i], value);
            else claim.set(at.names[i], value);
        }
        if (fresh) claim.fresh();
        return claim.build();
    }

    /** Days come as java.sql.Date, or, with java8API, as LocalDate; one beyond the calendar goes as a text, which the rules refuse. */
    private static Object value(Object of) {
        LocalDate day = of instanceof Date date ? date.toLocalDate() : of instanceof LocalDate local ? local : null;
        if (day == null) return of;
        return day.getYear() < 1 || day.getYear() > 9999 ? day.toString() : day;
    }

    /** Refuses columns that cannot be read. */
    void check(StructType schema) {
        layout = layout(schema);
    }

    private Layout layout(StructType schema) {
        Map<String, DataType> counters = counterTypes(plan);
        Map<String, DataType> inputs = inputs(plan);
        String[] names = schema.fieldNames().clone();
        boolean[] kept = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            if (ignored.contains(names[i])) {
                names[i] = null;
                continue;
            }
            kept[i] = counters.containsKey(names[i]);
            if (!kept[i] && !inputs.containsKey(names[i]))
                throw new NotFoundException(names[i], "no claim under " + plan.id() + " has such a column",
                        "leave it out of the struct; a claim has " + String.join(", ", inputs.keySet()) + ", " + String.join(", ", counters.keySet()));
            check(names[i], schema.fields()[i].dataType());
        }
        return new Layout(schema, names, kept);
    }

    private static void check(String name, DataType type) {
        if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType))
            throw new BadValueException("FLOAT", name, "a column of type " + type.simpleString() + " is binary and holds no exact amounts", "read it as decimal(18,2), or CAST it");
        if (type.equals(DataTypes.TimestampType) || type.equals(DataTypes.TimestampNTZType))
            throw new BadValueException("DATE", name, "a column of type " + type.simpleString() + " holds no days", "CAST it to date");
        boolean plain = type.equals(DataTypes.StringType) || type.equals(DataTypes.DateType) || type.equals(DataTypes.BooleanType)
                || type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType) || type.equals(DataTypes.ShortType)
                || type.equals(DataTypes.ByteType) || type.equals(DataTypes.NullType) || type instanceof DecimalType;
        if (!plain) throw new BadValueException("TYPE", name, "a column of type " + type.simpleString() + " is no value of a claim", "CAST it to string, date, boolean, bigint or decimal");
    }

    /**
     * The columns that a plan's claims can have, with the types that hold their values exactly: to read files by.
     *
     * @param plan any
     * @return all may be null
     */
    static StructType schema(Plan plan) {
        Map<String, DataType> columns = inputs(plan);
        columns.putAll(counterTypes(plan));
        List<StructField> fields = new ArrayList<>();
        columns.forEach((name, type) -> fields.add(new StructField(name, type, true, Metadata.empty())));
        return new StructType(fields.toArray(new StructField[0]));
    }

    private static Map<String, DataType> inputs(Plan plan) {
        Map<String, DataType> columns = new LinkedHashMap<>();
        columns.put("id", DataTypes.StringType);
        columns.put("ask", DataTypes.StringType);
        for (Input input : plan.inputs())
            columns.put(input.name(), switch (input.type()) {
                case KEY, CODE, TEXT -> DataTypes.StringType;
                case DATE -> DataTypes.DateType;
                case BOOLEAN -> DataTypes.BooleanType;
                case COUNT -> DataTypes.LongType;
                case MONEY -> DataTypes.createDecimalType(18, 2);
                case RATE, NUMBER -> DataTypes.createDecimalType(MOST_DIGITS, input.scale());
            });
        return columns;
    }

    private static Map<String, DataType> counterTypes(Plan plan) {
        Map<String, DataType> columns = new LinkedHashMap<>();
        counters(plan).forEach((name, counter) -> columns.put(name, switch (counter.type()) {
            case NUMBER -> DataTypes.createDecimalType(MOST_DIGITS, counter.scale());
            case BOOLEAN -> DataTypes.BooleanType;
            case DATE -> DataTypes.DateType;
        }));
        return columns;
    }

    /** All counters by the names that claims have for them. */
    static Map<String, Counter> counters(Plan plan) {
        Map<String, Counter> all = new LinkedHashMap<>();
        for (Counter counter : plan.counters()) all.put(counter.name(), counter);
        for (String part : plan.parts())
            counters(plan.ruleset().plan(part)).forEach((name, counter) -> all.put(part + "." + name, counter));
        return all;
    }
}
