package org.huzhu.arrow;

import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.memory.BufferAllocator;

/** Structs of the C Data Interface: what is in them is released when they are closed, unless it was given away. */
final class Struct {
    private Struct() {}

    /** A schema. */
    static final class OfSchema implements AutoCloseable {
        private final ArrowSchema schema;
        private boolean given;

        OfSchema(BufferAllocator memory) {
            schema = ArrowSchema.allocateNew(memory);
        }

        ArrowSchema struct() {
            return schema;
        }

        ArrowSchema give() {
            given = true;
            return schema;
        }

        long address() {
            return schema.memoryAddress();
        }

        @Override
        public void close() {
            if (!given && schema.snapshot().release != 0) schema.release();
            schema.close();
        }
    }

    /** An array. */
    static final class OfArray implements AutoCloseable {
        private final ArrowArray array;
        private boolean given;

        OfArray(BufferAllocator memory) {
            array = ArrowArray.allocateNew(memory);
        }

        ArrowArray struct() {
            return array;
        }

        ArrowArray give() {
            given = true;
            return array;
        }

        long address() {
            return array.memoryAddress();
        }

        @Override
        public void close() {
            if (!given && array.snapshot().release != 0) array.release();
            array.close();
        }
    }
}
