package org.huzhu.internal;

import java.nio.charset.StandardCharsets;
import org.huzhu.BadValueException;

/** Texts as the library has them. Half a surrogate pair is refused: {@code String.getBytes} would make it a question mark. */
public final class Utf8 {
    private Utf8() {}

    /** The bytes of a text; {@code place} names it in the exception. */
    public static byte[] bytes(String text, String place) {
        check(text, place);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Refuses half a pair. */
    static void check(String text, String place) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) continue;
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) i++;
            else throw new BadValueException("TEXT", place, "the text has half of a surrogate pair", "it was cut in the middle of a character");
        }
    }

    /** The text of bytes that the library gave. */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A list of texts; {@code place} names it in the exception. A NUL would end a text early and is refused. */
    public static byte[][] list(String[] texts, String place) {
        byte[][] list = new byte[Given.given(texts, place).length][];
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] == null || texts[i].indexOf('\0') >= 0)
                throw new BadValueException("TEXT", place, "a text is null, or has a NUL in it", "leave it out");
            list[i] = bytes(texts[i], place);
        }
        return list;
    }
}
