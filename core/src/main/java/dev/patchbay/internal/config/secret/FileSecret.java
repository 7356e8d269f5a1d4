package dev.patchbay.internal.config.secret;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.template.PastedValueCleanup;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A secret in a file of its own, read each time it is used (provider-files.md, section 2, secret forms). */
public final class FileSecret implements SecretValue {

    private static final int MAX_BYTES = 64 * 1024;

    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final Location location;
    private final boolean isDocument;

    /** @param isDocument whether it has several lines, such as a private key, and the rules of keys say nothing of it */
    FileSecret(Path file, Location location, boolean isDocument) {
        this.file = file;
        this.location = location;
        this.isDocument = isDocument;
    }

    @Override
    public SecretRef reference() {
        return new SecretRef("file", file.toString());
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public Secret resolve() {
        Read read = read();
        if (read.problem().isPresent()) {
            KeyRules.Problem problem = read.problem().get();
            throw ProviderException.builder(
                            ProviderException.Kind.AUTH, file + " " + problem.words() + " (" + location + ")")
                    .help(problem.help())
                    .build();
        }
        return Secret.of(read.key());
    }

    /** What is wrong with the file or the key in it, as a predicate of the file; empty if it can be used. */
    public Optional<KeyRules.Problem> problem() {
        return read().problem();
    }

    /** Whether the key in it is so short that it is masked only where it stands alone; false if there is none. */
    public boolean isShort() {
        Read read = read();
        return read.problem().isEmpty() && KeyRules.isShort(read.key());
    }

    /** What is wrong with the key in it where it is sent behind a prefix; empty if nothing is. */
    public Optional<KeyRules.Problem> problemBehind(String prefix) {
        return KeyRules.problemBehind(prefix, read().key());
    }

    private Read read() {
        try {
            if (!Files.isRegularFile(file)) {
                return notAFile();
            }
            if (isOpenToOthers()) {
                return refused("can be read or written by others", "chmod 600 " + file);
            }
            String key = PastedValueCleanup.strip(content());
            if (key.isEmpty()) {
                return refused("is empty", "put the key into it");
            }
            return new Read(key, isDocument ? Optional.empty() : KeyRules.problem(key));
        } catch (IOException e) {
            return refused("cannot be read", "check its owner and permissions");
        }
    }

    /** A pipe is never opened: whoever reads one waits for somebody to write, and it gives its key once. */
    private Read notAFile() throws IOException {
        if (Files.notExists(file)) {
            return refused("is not there", "create it, readable only for you");
        }
        return Files.readAttributes(file, BasicFileAttributes.class).isDirectory()
                ? refused("is a folder", "name the file in it that holds the key")
                : refused(
                        "is no file but a pipe, a socket or a device",
                        "put the key into a file, or let a program print it: apiKey: {command: [...]}");
    }

    private String content() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    private boolean isOpenToOthers() throws IOException {
        try {
            for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
                if (FOR_OTHERS.contains(permission)) {
                    return true;
                }
            }
            return false;
        } catch (UnsupportedOperationException e) {
            // A file system without such permissions cannot tell.
            return false;
        }
    }

    private static Read refused(String words, String help) {
        return new Read("", Optional.of(new KeyRules.Problem(Code.SECRET_FILE, words, help)));
    }

    @Override
    public String toString() {
        return "secret " + reference() + " at " + location;
    }

    /** What was read; prints nothing of it. */
    private static final class Read {

        private final String key;
        private final Optional<KeyRules.Problem> problem;

        Read(String key, Optional<KeyRules.Problem> problem) {
            this.key = key;
            this.problem = problem;
        }

        String key() {
            return key;
        }

        Optional<KeyRules.Problem> problem() {
            return problem;
        }
    }
}
