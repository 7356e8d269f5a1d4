package dev.patchbay.internal.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What a jar may cost before anything of it is used: a small file can hold a large one, and a list of entries without end.
 *
 * <p>Whoever packs a plugin with all its libraries stays far below.
 */
final class JarLimits {

    static final long MOST_BYTES = 512L << 20;
    static final long MOST_UNPACKED = 1L << 30;
    static final int MOST_ENTRIES = 65_534;
    static final int MOST_DEFINITIONS = 1_000;
    static final long MOST_DEFINITION_BYTES = 16L << 20;

    private static final long MOST_METADATA = 1L << 20;
    private static final long MOST_DIRECTORY_BYTES = 32L << 20;
    private static final int END_RECORD = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;

    private long unpacked;
    private int definitions;
    private long definitionBytes;

    private JarLimits() {}

    /** Refuses what no jar is: a folder, a pipe, a device, or a file that is too large. Links are followed. */
    static void checkFile(Path jar) throws IOException, Rejection {
        BasicFileAttributes seen = Files.readAttributes(jar, BasicFileAttributes.class);
        if (seen.isDirectory()) {
            throw Rejection.because("it is a folder without jars");
        }
        if (!seen.isRegularFile()) {
            throw Rejection.because("it is not a regular file");
        }
        if (seen.size() > MOST_BYTES) {
            throw tooLarge();
        }
    }

    static Rejection tooLarge() {
        return Rejection.because("it is larger than " + (MOST_BYTES >> 20) + " MiB");
    }

    /**
     * Reads a jar to its end once: a class loader passes over a broken one in silence, so the checksum of every entry is
     * verified here.
     *
     * @throws IOException if it is damaged
     * @throws Rejection if it is too much
     */
    static void checkContent(Path jar) throws IOException, Rejection {
        checkDirectory(jar);
        JarLimits limits = new JarLimits();
        List<JarEntry> entries = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.size() > MOST_ENTRIES) {
                throw tooManyEntries();
            }
            file.stream().forEach(entries::add);
            byte[] buffer = new byte[1 << 16];
            for (JarEntry entry : entries) {
                try (InputStream in = file.getInputStream(entry)) {
                    limits.read(entry.getName(), in, buffer);
                }
            }
        }
    }

    /** The list of entries is read into memory when a jar is opened, so its size is looked up before. */
    private static void checkDirectory(Path jar) throws IOException, Rejection {
        try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "r")) {
            int length = (int) Math.min(file.length(), END_RECORD + LONGEST_COMMENT);
            byte[] end = new byte[length];
            file.seek(file.length() - length);
            file.readFully(end);
            for (int i = length - END_RECORD; i >= 0; i--) {
                if (number(end, i, 4) == 0x06054b50L) {
                    if (number(end, i + 10, 2) == 0xFFFF) {
                        throw tooManyEntries();
                    }
                    if (number(end, i + 12, 4) > MOST_DIRECTORY_BYTES) {
                        throw Rejection.because(
                                "its list of entries is larger than " + (MOST_DIRECTORY_BYTES >> 20) + " MiB");
                    }
                    return;
                }
            }
        }
    }

    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = number << 8 | (bytes[from + i] & 0xFF);
        }
        return number;
    }

    private static Rejection tooManyEntries() {
        return Rejection.because("it has more than " + MOST_ENTRIES + " entries");
    }

    private void read(String name, InputStream in, byte[] buffer) throws IOException, Rejection {
        long size = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            size += count;
            unpacked += count;
            if (unpacked > MOST_UNPACKED) {
                throw Rejection.because("it is larger than " + (MOST_UNPACKED >> 20) + " MiB when it is unpacked");
            }
            if (size > MOST_METADATA && JarContents.isMetadata(name)) {
                throw Rejection.because(
                        PluginFault.oneLine(name) + " in it is larger than " + (MOST_METADATA >> 20) + " MiB");
            }
        }
        if (JarContents.isDefinition(name)) {
            definitions++;
            definitionBytes += size;
            if (definitions > MOST_DEFINITIONS || definitionBytes > MOST_DEFINITION_BYTES) {
                throw Rejection.because("it has more than " + MOST_DEFINITIONS + " provider files, or more than "
                        + (MOST_DEFINITION_BYTES >> 20) + " MiB of them");
            }
        }
    }
}
