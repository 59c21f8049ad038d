package org.huzhu.internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON that the library writes: objects as maps in their order, lists, texts, {@code BigDecimal}, {@code Boolean}, null. Not
 * for JSON of strangers: it takes for granted that the library wrote it.
 */
public final class Json {
    private final byte[] data;
    private int at;

    private Json(byte[] data, int at) {
        this.data = data;
        this.at = at;
    }

    /** The object that begins the text. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(byte[] data) {
        return (Map<String, Object>) new Json(data, 0).value();
    }

    /** The objects of a text with one a line. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> lines(byte[] data) {
        List<Map<String, Object>> list = new ArrayList<>();
        Json json = new Json(data, 0);
        while (json.more()) list.add((Map<String, Object>) json.value());
        return list;
    }

    private boolean more() {
        while (at < data.length && (data[at] == '\n' || data[at] == ' ')) at++;
        return at < data.length;
    }

    private Object value() {
        switch (data[at]) {
            case '{': return map();
            case '[': return list();
            case '"': return text();
            case 't': at += 4; return Boolean.TRUE;
            case 'f': at += 5; return Boolean.FALSE;
            case 'n': at += 4; return null;
            default: return number();
        }
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (data[at] != '}') {
            if (data[at] == ',') at++;
            String key = text();
            at++;
            map.put(key, value());
        }
        at++;
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        at++;
        while (data[at] != ']') {
            if (data[at] == ',') at++;
            list.add(value());
        }
        at++;
        return list;
    }

    private BigDecimal number() {
        int begin = at;
        while (at < data.length && (data[at] == '-' || data[at] == '+' || data[at] == '.' || (data[at] | 32) == 'e' || data[at] >= '0' && data[at] <= '9')) at++;
        return new BigDecimal(new String(data, begin, at - begin, StandardCharsets.US_ASCII));
    }

    private String text() {
        int begin = ++at;
        while (data[at] != '"' && data[at] != '\\') at++;
        if (data[at] == '"') return new String(data, begin, at++ - begin, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        while (true) {
            text.append(new String(data, begin, at - begin, StandardCharsets.UTF_8));
            if (data[at] == '"') break;
            text.append(escaped(data[at + 1]));
            at += data[at + 1] == 'u' ? 6 : 2;
            begin = at;
            while (data[at] != '"' && data[at] != '\\') at++;
        }
        at++;
        return text.toString();
    }

    private char escaped(byte letter) {
        switch (letter) {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u': return (char) Integer.parseInt(new String(data, at + 2, 4, StandardCharsets.US_ASCII), 16);
            default: return (char) letter;
        }
    }
}
