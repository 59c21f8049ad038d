package org.huzhu.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Looks into a file before it is loaded: the system maps a library that was cut short, and the JVM dies of the first touch behind its end. */
final class Elf {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int LOADED = 1;

    private Elf() {}

    /** What is wrong with the file, or null. Files of other systems are the system's to judge. */
    static String fault(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            ByteBuffer head = read(file, 0, HEADER);
            if (head.remaining() < HEADER) return "it is cut short";
            if (head.getInt(0) != 0x464c457f) return System.getProperty("os.name").equals("Linux") ? "it is no library of Linux" : null;
            if (head.get(4) != 2) return null;
            long at = head.getLong(32);
            int size = head.getShort(54) & 0xffff;
            int count = head.getShort(56) & 0xffff;
            if (size < SEGMENT) return "its header is damaged";
            ByteBuffer segments = read(file, at, size * count);
            if (segments.remaining() < size * count) return "it is cut short";
            for (int i = 0; i < count; i++) {
                int segment = i * size;
                if (segments.getInt(segment) != LOADED) continue;
                long end = segments.getLong(segment + 8) + segments.getLong(segment + 32);
                if (end < 0 || end > file.size()) return "it is cut short";
            }
            return null;
        }
    }

    private static ByteBuffer read(FileChannel file, long at, int size) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining() && at >= 0) {
            int got = file.read(data, at + data.position());
            if (got < 0) break;
        }
        return data.flip();
    }
}
