package org.huzhu.arrow;

import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * Whether an allocator has room for answers. Arrow's import loses the whole array when the limit is met in the middle of it; so it is asked
 * before. Knows the types that answers have, and no others.
 */
final class Room {
    private static final long POINTER = 8;
    private static final long OF_A_STRUCT = 512;

    private Room() {}

    /** Refuses when the limit of the allocator would be met. */
    static void check(BufferAllocator memory, ArrowArray array, VectorSchemaRoot root, DictionaryProvider words) {
        long bytes = OF_A_STRUCT;
        long children = array.snapshot().children;
        for (int i = 0; i < root.getFieldVectors().size(); i++) bytes += of(at(children, i), root.getVector(i), words);
        if (memory.getHeadroom() < bytes)
            throw new OutOfMemoryException("the answers need " + bytes + " bytes, and allocator " + memory.getName() + " has room for " + memory.getHeadroom());
    }

    private static long at(long pointers, long index) {
        return MemoryUtil.getLong(pointers + POINTER * index);
    }

    private static long of(long address, FieldVector vector, DictionaryProvider words) {
        ArrowArray.Snapshot array;
        try (ArrowArray struct = ArrowArray.wrap(address)) {
            array = struct.snapshot();
        }
        long rows = array.length;
        long bytes = OF_A_STRUCT + rows / 4; // bits of validity, and once more where all rows have a value
        if (vector instanceof BaseFixedWidthVector fixed) bytes += rows * Math.max(1, fixed.getTypeWidth());
        if (vector instanceof BaseVariableWidthVector || vector instanceof ListVector) bytes += 4 * (rows + 1);
        if (vector instanceof BaseLargeVariableWidthVector) bytes += 8 * (rows + 1);
        if (rows > 0 && vector instanceof BaseVariableWidthVector) bytes += MemoryUtil.getInt(at(array.buffers, 1) + 4 * rows);
        if (rows > 0 && vector instanceof BaseLargeVariableWidthVector) bytes += at(at(array.buffers, 1), rows);
        if (vector instanceof ListVector lists) bytes += of(at(array.children, 0), lists.getDataVector(), words);
        DictionaryEncoding encoding = vector.getField().getDictionary();
        return encoding == null ? bytes : bytes + of(array.dictionary, words.lookup(encoding.getId()).getVector(), words);
    }
}
