package org.huzhu.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.huzhu.BadValueException;
import org.huzhu.ColumnsException;
import org.huzhu.Diagnostic;
import org.huzhu.HuzhuException;
import org.huzhu.NotFoundException;
import org.huzhu.NotReversibleException;
import org.huzhu.RulesException;

/** The one place where a status of the library becomes an exception. Called from C. */
public final class Failures {
    private Failures() {}

    /**
     * The exception of a status.
     *
     * @param status anything but HUZHU_OK
     * @param json diagnostics, an object a line; may be null
     */
    public static RuntimeException of(int status, byte[] json) {
        List<Diagnostic> diagnostics = json == null ? List.of() : diagnostics(json);
        if (!diagnostics.isEmpty()) return status == AbiConstants.HUZHU_DATA ? new ColumnsException(diagnostics) : new RulesException(diagnostics);
        String text = Abi.huzhu_status_text(status);
        switch (status) {
            case AbiConstants.HUZHU_NOT_FOUND: return new NotFoundException("", text, "");
            case AbiConstants.HUZHU_DATA: return new BadValueException("DATA", "", text, "");
            case AbiConstants.HUZHU_NOT_REVERSIBLE:
                return new NotReversibleException(text, "take the later claims of its keys back first, then settle them again");
            default: return new HuzhuException(name(status), "", text, hint(status));
        }
    }

    private static String name(int status) {
        switch (status) {
            case AbiConstants.HUZHU_NO_MEMORY: return "NO_MEMORY";
            case AbiConstants.HUZHU_IO: return "IO";
            case AbiConstants.HUZHU_RULES: return "RULES";
            case AbiConstants.HUZHU_LIMIT: return "LIMIT";
            case AbiConstants.HUZHU_VERSION: return "VERSION";
            case AbiConstants.HUZHU_UNSUPPORTED: return "UNSUPPORTED";
            case AbiConstants.HUZHU_STATE: return "STATE";
            default: return "INVALID_ARGUMENT";
        }
    }

    private static String hint(int status) {
        switch (status) {
            case AbiConstants.HUZHU_IO: return "is it there, and may this process read it?";
            case AbiConstants.HUZHU_NO_MEMORY: return "native memory is outside of the Java heap: a smaller -Xmx leaves more";
            default: return "";
        }
    }

    private static List<Diagnostic> diagnostics(byte[] json) {
        List<Diagnostic> list = new ArrayList<>();
        for (Map<String, Object> one : Json.lines(json))
            list.add(new Diagnostic(text(one, "code"), "error".equals(one.get("severity")), file(one), number(one, "line"),
                    number(one, "column"), text(one, "message"), text(one, "hint")));
        list.sort((a, b) -> Boolean.compare(b.error(), a.error()));
        return list;
    }

    /** Settings have the name that the command line has for them. */
    private static String file(Map<String, Object> map) {
        String file = text(map, "file");
        return file.equals("--set") ? "settings" : file;
    }

    private static String text(Map<String, Object> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    private static int number(Map<String, Object> map, String key) {
        return map.get(key) instanceof Number number ? number.intValue() : 0;
    }
}
