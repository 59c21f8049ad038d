package org.huzhu.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthViewVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.huzhu.BadValueException;

/**
 * What columns lie like in memory. The library reads a batch as the schema says that the plan was bound to, and cannot know where a
 * buffer ends: so a batch of another form, or with buffers that are too short for its rows, is refused here.
 *
 * @param columns a name and a type for each
 */
record Form(List<Column> columns) {
    /** A column: of a dictionary, type says both of it and of what it stands for. */
    record Column(String name, String type) {}

    /** The form of a schema. */
    static Form of(Schema schema, DictionaryProvider dictionaries) {
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.getFields()) {
            Dictionary words = words(field, dictionaries);
            String type = field.getType().toString();
            columns.add(new Column(field.getName(), words == null ? type : words.getVectorType() + " by " + words.getEncoding().getIndexType()));
        }
        return new Form(List.copyOf(columns));
    }

    private static Dictionary words(Field field, DictionaryProvider dictionaries) {
        if (field.getDictionary() == null) return null;
        Dictionary words = dictionaries.lookup(field.getDictionary().getId());
        if (words == null)
            throw new BadValueException("DICTIONARY", String.valueOf(field.getName()), "the column is written by a dictionary, and nobody gave it", "give the DictionaryProvider that has it");
        return words;
    }

    /** Refuses a batch that is not of this form. */
    void check(VectorSchemaRoot batch, DictionaryProvider dictionaries) {
        List<Column> theirs = of(batch.getSchema(), dictionaries).columns;
        for (int i = 0; i < Math.max(columns.size(), theirs.size()); i++) {
            Column mine = i < columns.size() ? columns.get(i) : null;
            Column other = i < theirs.size() ? theirs.get(i) : null;
            if (other == null || !other.equals(mine))
                throw new BadValueException("SCHEMA", String.valueOf((mine != null ? mine : other).name), "the batch has "
                        + (other == null ? "no such column" : mine == null ? "this column, and the schema bound has not"
                        : "column " + other.name + " of " + other.type + " where the schema bound has " + mine.name + " of " + mine.type),
                        "bind the plan to the schema of its batches");
        }
        for (FieldVector vector : batch.getFieldVectors()) {
            if (vector.getValueCount() < batch.getRowCount())
                throw new BadValueException("ROWS", vector.getName(), "the column has fewer rows than its batch", "was it closed, or its value count not set?");
            holds(vector, vector.getName());
            Dictionary words = words(vector.getField(), dictionaries);
            if (words != null) holds(words.getVector(), vector.getName());
        }
    }

    /** Refuses a column whose buffers end before its values do. */
    private static void holds(FieldVector vector, String column) {
        long rows = vector.getValueCount();
        if (rows > 0 && !(validity(vector, rows) && enough(vector, rows)))
            throw new BadValueException("BUFFERS", column, "a buffer of the column is too short for its rows", "set the value count last, after the values");
    }

    private static boolean validity(FieldVector vector, long rows) {
        if (!(vector instanceof BaseFixedWidthVector || vector instanceof BaseVariableWidthVector || vector instanceof BaseLargeVariableWidthVector
                || vector instanceof BaseVariableWidthViewVector)) return true;
        return vector.getValidityBuffer().capacity() >= (rows + 7) / 8;
    }

    private static boolean enough(FieldVector vector, long rows) {
        if (vector instanceof BitVector) return vector.getDataBuffer().capacity() >= (rows + 7) / 8;
        if (vector instanceof BaseFixedWidthVector fixed) return vector.getDataBuffer().capacity() >= rows * fixed.getTypeWidth();
        if (vector instanceof BaseVariableWidthVector) {
            ArrowBuf ends = vector.getOffsetBuffer();
            return ends.capacity() >= 4 * (rows + 1) && within(vector, ends.getInt(4 * rows));
        }
        if (vector instanceof BaseLargeVariableWidthVector) {
            ArrowBuf ends = vector.getOffsetBuffer();
            return ends.capacity() >= 8 * (rows + 1) && within(vector, ends.getLong(8 * rows));
        }
        return !(vector instanceof BaseVariableWidthViewVector) || vector.getDataBuffer().capacity() >= 16 * rows;
    }

    /** Whether the texts end in the buffer that has them; the library sees that the ends before do not fall. */
    private static boolean within(FieldVector vector, long end) {
        return end >= 0 && end <= vector.getDataBuffer().capacity();
    }
}
