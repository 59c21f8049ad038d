package org.huzhu.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.huzhu.NativeLibraryException;

/**
 * Loads the native library, once for each class loader: the file that {@value #FILE_PROPERTY} names; else {@code huzhu_java} of
 * java.library.path; else the one in the jar, written to a file of its own under {@value #FOLDER_PROPERTY} (or java.io.tmpdir), which is
 * taken away again as soon as it is loaded.
 */
public final class Loader {
    /** Names the library's file. */
    public static final String FILE_PROPERTY = "huzhu.native.file";
    /** Names the folder into which the library of the jar is written. */
    public static final String FOLDER_PROPERTY = "huzhu.native.folder";

    private static final String FILE = "libhuzhu_java.so";
    private static boolean loaded;

    private Loader() {}

    /** Loads the library unless it is there. A failure is thrown at every call, not only at the first. */
    public static synchronized void load() {
        if (loaded) return;
        String named = System.getProperty(FILE_PROPERTY);
        Path installed = named != null ? null : installed();
        if (named != null) loadFile(Path.of(named).toAbsolutePath(), "the file that " + FILE_PROPERTY + " names");
        else if (installed != null) loadFile(installed, "the file on java.library.path");
        else loadPacked();
        check();
        loaded = true;
    }

    private static Path installed() {
        for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
            if (folder.isEmpty()) continue;
            Path file = Path.of(folder).resolve(FILE);
            if (Files.isRegularFile(file)) return file.toAbsolutePath();
        }
        return null;
    }

    private static void loadFile(Path file, String what) {
        try {
            String fault = Elf.fault(file);
            if (fault != null) throw failure(what + " cannot be loaded: " + fault, file, "take the library of this jar, for this machine", null);
            System.load(file.toString());
        } catch (IOException e) {
            throw failure(what + " cannot be read: " + e, file, "is the path right?", e);
        } catch (UnsatisfiedLinkError e) {
            // The JVM gives a file to one class loader: another has a copy.
            if (String.valueOf(e.getMessage()).contains("another classloader")) loadCopy(file);
            else throw failure(what + " cannot be loaded: " + e.getMessage(), file, "is it the library of this jar, for this machine?", e);
        }
    }

    private static void loadCopy(Path file) {
        try {
            loadWritten(Files.readAllBytes(file));
        } catch (IOException e) {
            throw failure("the library cannot be read", file, "is the path right?", e);
        }
    }

    private static void loadPacked() {
        String machine = machine();
        byte[] library = Resources.checked("/org/huzhu/native/" + machine, FILE);
        if (library == null)
            throw failure("the jar has no native library for this machine", null,
                    "build one with bindings/java on it, and name it in -D" + FILE_PROPERTY, null);
        loadWritten(library);
    }

    private static void loadWritten(byte[] library) {
        Path folder = Path.of(System.getProperty(FOLDER_PROPERTY, System.getProperty("java.io.tmpdir")));
        Path file = null;
        try {
            file = Files.createTempFile(folder, "huzhu-", ".so");
            Files.write(file, library);
            System.load(file.toAbsolutePath().toString());
        } catch (IOException | UnsatisfiedLinkError e) {
            boolean written = !(e instanceof IOException);
            throw failure(written ? "the library was written, but cannot be loaded from there (noexec?): " + String.valueOf(e.getMessage()).replace(file + ": ", "")
                                  : "the library cannot be written" + (e instanceof AccessDeniedException ? ": access denied" : ": " + e),
                    file != null ? file : folder,
                    "name a folder that may be written and whose files may be executed in -D" + FOLDER_PROPERTY
                            + ", or unpack " + FILE + " from the jar and name it in -D" + FILE_PROPERTY, e);
        } finally {
            remove(file);
        }
    }

    private static void remove(Path file) {
        if (file == null) return;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    /** The library must be the one that this jar was made for. */
    private static void check() {
        String want = Resources.version();
        String have;
        try {
            have = Abi.huzhu_version_text() + (Abi.huzhu_abi_version() == AbiConstants.HUZHU_ABI_VERSION ? "" : " of another ABI");
        } catch (LinkageError e) {
            have = "another";
        }
        if (!have.equals(want))
            throw failure("the native library is " + have + ", the jar " + want, null,
                    "take away the other one: see -D" + FILE_PROPERTY + " and java.library.path", null);
    }

    private static String machine() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        arch = arch.equals("amd64") ? "x86_64" : arch.equals("arm64") ? "aarch64" : arch;
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return (os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os) + "-" + arch;
    }

    private static String libc() {
        if (!System.getProperty("os.name").equals("Linux")) return "its own";
        try (InputStream maps = Files.newInputStream(Path.of("/proc/self/maps"))) {
            return new String(maps.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1).contains("/ld-musl") ? "musl (glibc 2.28 or later is needed)" : "glibc";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static NativeLibraryException failure(String message, Path path, String hint, Throwable cause) {
        String where = "os " + System.getProperty("os.name") + ", arch " + System.getProperty("os.arch") + ", libc " + libc()
                + (path != null ? ", path " + path : "");
        return new NativeLibraryException(where, message, hint, cause);
    }
}
