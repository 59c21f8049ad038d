package org.huzhu.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.huzhu.NativeLibraryException;

/** What the jar carries beside classes. Each folder has a list of its files with their SHA-256, so a damaged jar is noticed. */
public final class Resources {
    private Resources() {}

    /** The version of this jar. */
    static String version() {
        byte[] text = read("/org/huzhu/version");
        if (text == null) throw damaged("version", null);
        return new String(text, StandardCharsets.US_ASCII).trim();
    }

    /** The files of a folder by their paths in it; null: there is no such folder. */
    public static Map<String, byte[]> folder(String folder) {
        byte[] list = read(folder + "/list");
        if (list == null) return null;
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String line : new String(list, StandardCharsets.UTF_8).split("\n")) {
            String path = line.substring(Math.min(line.length(), 66));
            files.put(path, verified(folder, path, line));
        }
        return files;
    }

    /** One file of a folder, checked against its list; null: there is no such folder. */
    static byte[] checked(String folder, String file) {
        byte[] list = read(folder + "/list");
        if (list == null) return null;
        for (String line : new String(list, StandardCharsets.UTF_8).split("\n"))
            if (line.endsWith("  " + file)) return verified(folder, file, line);
        throw damaged(folder + "/" + file, null);
    }

    private static byte[] verified(String folder, String path, String line) {
        byte[] data = read(folder + "/" + path);
        if (data == null || !line.startsWith(sha256(data) + "  ")) throw damaged(folder + "/" + path, null);
        return data;
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static byte[] read(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw damaged(path, e);
        }
    }

    private static NativeLibraryException damaged(String what, Throwable cause) {
        return new NativeLibraryException(what, "this is missing from the jar, or is not what was packed", "the jar is damaged or was cut: fetch it again", cause);
    }
}
