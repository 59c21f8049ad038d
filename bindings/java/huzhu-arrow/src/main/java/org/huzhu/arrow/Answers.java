package org.huzhu.arrow;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.huzhu.ClosedException;
import org.huzhu.NotFoundException;
import org.huzhu.Outcome;

/** What became of a batch of claims: a row for each. It outlives the {@link Columns} that gave it, and has to be closed before its allocator. */
public final class Answers implements AutoCloseable {
    private final VectorSchemaRoot root;
    private final CDataDictionaryProvider dictionaries;
    private boolean closed;

    Answers(VectorSchemaRoot root, CDataDictionaryProvider dictionaries) {
        this.root = root;
        this.dictionaries = dictionaries;
    }

    /**
     * The columns.
     *
     * @return closed with these answers
     */
    public VectorSchemaRoot root() {
        if (closed) throw new ClosedException("answers");
        return root;
    }

    /**
     * The dictionaries of the columns that have one.
     *
     * @return closed with these answers
     */
    public DictionaryProvider dictionaries() {
        return dictionaries;
    }

    /**
     * How many rows there are.
     *
     * @return as many as there were claims
     */
    public int rows() {
        return root().getRowCount();
    }

    /**
     * The outcome of a row.
     *
     * @param row from 0
     * @return never null
     * @throws NotFoundException when {@code outcome} is not among the columns wanted
     */
    public Outcome outcome(int row) {
        return Outcome.valueOf(((String) value("outcome", row)).toUpperCase(Locale.ROOT));
    }

    /**
     * One cell, as a decision has it. Programs that read many read the vectors of {@link #root()}.
     *
     * @param column its name, such as {@code total}
     * @param row from 0
     * @return {@code BigDecimal}, {@code Long}, {@code Boolean}, {@link LocalDate}, a text, a list of texts; or null
     * @throws NotFoundException when there is no such column
     */
    public Object value(String column, int row) {
        FieldVector vector = root().getVector(column);
        if (vector == null) {
            List<String> names = root.getSchema().getFields().stream().map(Field::getName).toList();
            throw new NotFoundException(String.valueOf(column), "the answers have no such column", "they have " + String.join(", ", names));
        }
        return value(vector, Objects.checkIndex(row, root.getRowCount()));
    }

    private Object value(ValueVector vector, int row) {
        if (vector.isNull(row)) return null;
        DictionaryEncoding encoding = vector.getField().getDictionary();
        if (encoding != null) return value(dictionaries.lookup(encoding.getId()).getVector(), (int) ((BaseIntVector) vector).getValueAsLong(row));
        if (vector instanceof VarCharVector texts) return new String(texts.get(row), StandardCharsets.UTF_8);
        if (vector instanceof DateDayVector days) return LocalDate.ofEpochDay(days.get(row));
        if (vector instanceof ListVector lists) {
            List<Object> items = new ArrayList<>();
            for (int i = lists.getElementStartIndex(row); i < lists.getElementEndIndex(row); i++) items.add(value(lists.getDataVector(), i));
            return List.copyOf(items);
        }
        Object value = vector.getObject(row);
        if (value instanceof org.apache.arrow.vector.util.Text text) return text.toString();
        return value instanceof Boolean || value instanceof BigDecimal || !(value instanceof Number number) ? value : (Object) number.longValue();
    }

    /** Gives the memory back. A second close does nothing. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        root.close();
        dictionaries.close();
    }
}
