package dev.patchbay.internal.plugin;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies of jars under the names of their digests. Jars are loaded from here, so that one can be replaced or deleted while
 * it is in use.
 *
 * <p>A copy that nobody has loaded for a week is deleted; on the systems that we run on, a program that has it open goes on
 * undisturbed.
 */
final class JarCache implements Closeable {

    private static final System.Logger LOG = System.getLogger(JarCache.class.getName());

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration TOUCHED_AGAIN_AFTER = Duration.ofDays(1);

    private final Path folder;
    private final boolean temporary;
    private final Set<Path> used = new HashSet<>();

    private JarCache(Path folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * A jar as it was when it was copied.
     *
     * @param file the copy
     * @param sha256 of its content
     */
    record Copy(Path file, String sha256) {}

    /** The cache in a folder, which is made; where that cannot be, one that lasts until it is closed. */
    static JarCache open(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, ownerOnly("rwx------"));
            if (hasPermissions()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            Files.delete(Files.createTempFile(folder, ".probe", "", ownerOnly("rw-------")));
            return new JarCache(folder, false);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "no copies of jars in " + folder + ": " + e);
            return temporary();
        }
    }

    /** A cache that lasts until it is closed. */
    static JarCache temporary() throws IOException {
        return new JarCache(Files.createTempDirectory("patchbay-plugins", ownerOnly("rwx------")), true);
    }

    /**
     * Copies a jar, unless the same content is here.
     *
     * @throws IOException if it cannot be read, or is not a jar that is whole
     * @throws Rejection if it is no regular file, or more than {@link JarLimits} allow
     */
    Copy copy(Path jar) throws IOException, Rejection {
        JarLimits.checkFile(jar);
        Copy copy = existing(jar);
        if (!isIntact(copy)) {
            copy = copied(jar);
        }
        used.add(copy.file());
        return copy;
    }

    /** Deletes copies that have not been in use for long, and what a crash left behind. */
    void clean() {
        Instant oldest = Instant.now().minus(KEPT);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !used.contains(file)).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "old copies of jars stay in " + folder + ": " + e);
        }
    }

    /** Deletes the copies if the folder was only a stopgap. */
    @Override
    public void close() throws IOException {
        if (!temporary) {
            return;
        }
        for (Path file : List.copyOf(used)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    private Copy existing(Path jar) throws IOException, Rejection {
        try (InputStream in = limited(jar)) {
            String sha256 = Sha256.of(in);
            return new Copy(folder.resolve(sha256 + ".jar"), sha256);
        }
    }

    private static boolean isIntact(Copy copy) throws IOException {
        if (!Files.isRegularFile(copy.file())) {
            return false;
        }
        try (InputStream in = Files.newInputStream(copy.file())) {
            if (!Sha256.of(in).equals(copy.sha256())) {
                return false;
            }
        }
        Instant now = Instant.now();
        if (Files.getLastModifiedTime(copy.file()).toInstant().isBefore(now.minus(TOUCHED_AGAIN_AFTER))) {
            Files.setLastModifiedTime(copy.file(), FileTime.from(now));
        }
        return true;
    }

    private Copy copied(Path jar) throws IOException, Rejection {
        Path writing = Files.createTempFile(folder, ".copy", "", ownerOnly("rw-------"));
        try {
            String sha256;
            try (InputStream in = limited(jar);
                    OutputStream out = Files.newOutputStream(writing)) {
                sha256 = Sha256.copying(in, out);
            }
            JarLimits.checkContent(writing);
            Path file = folder.resolve(sha256 + ".jar");
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
            return new Copy(file, sha256);
        } finally {
            Files.deleteIfExists(writing);
        }
    }

    /** A file may grow while it is read. */
    private static InputStream limited(Path jar) throws IOException {
        return new FilterInputStream(Files.newInputStream(jar)) {
            private long count;

            @Override
            public int read() {
                throw new UnsupportedOperationException("read in blocks");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = super.read(bytes, from, length);
                count += Math.max(0, read);
                if (count > JarLimits.MOST_BYTES) {
                    throw new IOException(JarLimits.tooLarge().reason());
                }
                return read;
            }
        };
    }

    private static boolean hasPermissions() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        if (!hasPermissions()) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
