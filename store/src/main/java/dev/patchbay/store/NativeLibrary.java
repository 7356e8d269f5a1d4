package dev.patchbay.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.core.NativeDB;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's library, which the driver's jar holds. The driver would unpack it into the temporary folder in every process, where
 * it stays when the process is killed, and where machines often forbid to run anything: here it is unpacked once.
 */
final class NativeLibrary {

    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";
    private static final String TEMPORARY = "org.sqlite.tmpdir";

    /** Said by the JDK of a file that it has loaded already. */
    private static final String ANOTHER_LOADER = "in another classloader";

    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads it, unless it is loaded.
     *
     * @param folders where it may be kept, in the order in which they are tried
     * @throws StoreException if it cannot be loaded from any of them
     */
    @SuppressWarnings(
            "LockOnNonEnclosingClassLiteral") // Whoever else uses the driver loads the library under this lock.
    static synchronized void load(Path store, List<Path> folders) {
        if (loaded) {
            return;
        }
        synchronized (SQLiteJDBCLoader.class) {
            // Whoever embeds this may have said where the library is.
            if (isLoaded() || System.getProperty(FOLDER) != null) {
                initialize(store);
                return;
            }
            loadFromOneOf(store, folders);
        }
    }

    /** Whether somebody else has loaded it: of two copies, one would be given what belongs to the other, and crash. */
    private static boolean isLoaded() {
        try {
            new NativeDB("", "", new SQLiteConfig()).libversion();
            return true;
        } catch (SQLException | UnsatisfiedLinkError notYet) {
            return false;
        }
    }

    private static void loadFromOneOf(Path store, List<Path> folders) {
        List<String> failures = new ArrayList<>();
        for (Path folder : folders) {
            try {
                loadFrom(store, folder);
                return;
            } catch (IOException failure) {
                failures.add(failure.getMessage() + " in " + folder);
            } catch (UnsatisfiedLinkError failure) {
                failures.add(String.valueOf(failure.getMessage()));
            }
        }
        if (failures.stream().anyMatch(failure -> failure.contains(ANOTHER_LOADER))) {
            // A file serves one loader of classes at a time, and the driver makes one for each.
            initialize(store);
            return;
        }
        throw StoreException.noLibrary(store, String.join("; ", failures), null);
    }

    private static void loadFrom(Path store, Path folder) throws IOException {
        Path file = unpacked(folder);
        // The driver would print a trace where this fails, and go on elsewhere.
        System.load(file.toString());
        try {
            System.setProperty(FOLDER, folder.toString());
            System.setProperty(NAME, String.valueOf(file.getFileName()));
            @Nullable String temporary = System.getProperty(TEMPORARY);
            if (temporary == null) {
                System.setProperty(TEMPORARY, folder.toString());
            }
            initialize(store);
        } finally {
            // Nobody else in this JVM is to be led by them.
            System.clearProperty(FOLDER);
            System.clearProperty(NAME);
            if (folder.toString().equals(System.getProperty(TEMPORARY))) {
                System.clearProperty(TEMPORARY);
            }
        }
    }

    private static void initialize(Path store) {
        try {
            loaded = SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError failure) {
            throw StoreException.noLibrary(store, String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Whole or not at all, whoever else does the same at the moment. */
    static Path unpacked(Path folder) throws IOException {
        Path file = folder.resolve(fileName());
        if (Files.isReadable(file)) {
            return file;
        }
        Files.createDirectories(folder, owner("rwx------"));
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new IOException("there is no library of SQLite for this kind of machine");
            }
            Path part = Files.createTempFile(folder, "unpacking", ".part");
            try {
                // Into the file that is there, which is this user's alone: what is in it is run.
                try (OutputStream to = Files.newOutputStream(part)) {
                    library.transferTo(to);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        return file;
    }

    private static String fileName() {
        String machine = System.getProperty("os.name", "") + "-" + System.getProperty("os.arch", "");
        // The driver deletes what begins as its own leftovers do.
        return "patchbay-sqlite-" + SQLiteJDBCLoader.getVersion() + "-"
                + machine.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_") + "-"
                + LibraryLoaderUtil.getNativeLibName();
    }

    static FileAttribute<?>[] owner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
