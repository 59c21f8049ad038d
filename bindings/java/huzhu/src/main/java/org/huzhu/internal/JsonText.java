package org.huzhu.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.huzhu.BadValueException;

/** Writes a claim as JSON. What Java can say and a claim cannot (floats, times) is refused, with what to give instead. */
public final class JsonText {
    private static final int MOST_DIGITS = 100;
    private final StringBuilder out = new StringBuilder(256);

    /** The bytes of what was written. */
    public byte[] bytes() {
        return Utf8.bytes(out.toString(), "");
    }

    /** A character of JSON's own. */
    public JsonText mark(char c) {
        out.append(c);
        return this;
    }

    /** A key with its colon, behind a comma where one is due. */
    public JsonText key(String name) {
        char last = out.charAt(out.length() - 1);
        if (last != '{' && last != '[') out.append(',');
        text(name, name);
        out.append(':');
        return this;
    }

    /** A text. */
    public void text(String text, String place) {
        Utf8.check(text, place);
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }

    /** A value of an input or counter. */
    public void value(Object value, String place) {
        if (value == null) out.append("null");
        else if (value instanceof String s) text(s, place);
        else if (value instanceof BigDecimal d) decimal(d, place);
        else if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) out.append(value);
        else if (value instanceof BigInteger i) decimal(new BigDecimal(i), place);
        else if (value instanceof Boolean) out.append(value);
        else if (value instanceof LocalDate d) date(d, place);
        else if (value instanceof Enum<?> e) text(e.name().toLowerCase(Locale.ROOT), place);
        else if (value instanceof Optional<?> o) value(o.orElse(null), place);
        else if (value instanceof Map<?, ?> m) map(m, place);
        else throw refused(value, place);
    }

    private void map(Map<?, ?> map, String place) {
        out.append('{');
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name))
                throw new BadValueException("KEY", place, "a key is no String", "keys are the names of inputs or counters");
            key(name);
            value(entry.getValue(), name);
        }
        out.append('}');
    }

    private void decimal(BigDecimal number, String place) {
        if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS)
            throw new BadValueException("NUMBER", place, "the number has more than " + MOST_DIGITS + " digits", "amounts have two decimals");
        out.append(number.toPlainString());
    }

    private void date(LocalDate date, String place) {
        if (date.getYear() < 1 || date.getYear() > 9999)
            throw new BadValueException("DATE", place, "the year is out of range", "days run from 0001-01-01 to 9999-12-31");
        out.append('"').append(date).append('"');
    }

    private static BadValueException refused(Object value, String place) {
        String type = value.getClass().getName();
        if (value instanceof Double || value instanceof Float)
            return new BadValueException("FLOAT", place, "a " + value.getClass().getSimpleName() + " is binary and no exact amount (NaN is none at all)",
                    "give a BigDecimal made of a text, new BigDecimal(\"0.10\"), a whole number, or the text itself");
        if (value instanceof java.util.Collection || value.getClass().isArray())
            return new BadValueException("TYPE", place, "a list is no value of a claim", "give each input one value");
        if (type.equals("java.sql.Date"))
            return new BadValueException("DATE", place, "a java.sql.Date is a time of day, too", "give its toLocalDate()");
        if (value instanceof java.time.temporal.Temporal || value instanceof java.util.Date)
            return new BadValueException("DATE", place, "a " + type + " is no day: which day it is hangs on a zone", "give a LocalDate");
        return new BadValueException("TYPE", place, "a " + type + " is no value of a claim",
                "give a String, BigDecimal, whole number, Boolean, LocalDate, enum, or null for what is absent");
    }
}
