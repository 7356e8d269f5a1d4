package dev.patchbay.gateway;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/** The token of this machine's user, made at first use (sessions.md, section 3). */
public final class TokenFile {

    private static final int RANDOM_BYTES = 32;
    private static final int LONGEST = 4096;

    /** What a header can carry. */
    private static final Pattern FORM = Pattern.compile("[!-~]{8," + LONGEST + "}");

    private static final Set<Set<PosixFilePermission>> PRIVATE =
            Set.of(PosixFilePermissions.fromString("rw-------"), PosixFilePermissions.fromString("r--------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    private TokenFile(Path file) {
        this.file = file;
    }

    /** {@code <home>/token}; nothing is read or written yet. */
    public static TokenFile in(Path home) {
        return new TokenFile(home.resolve("token"));
    }

    public Path path() {
        return file;
    }

    /**
     * The token; a file that only its owner can read is made where there is none.
     *
     * @throws GatewayException if the file cannot be made or read, is no plain file, can be read by others, or holds no token
     */
    public Secret read() {
        try {
            create();
            requirePrivate();
            String token = new String(firstBytes(), StandardCharsets.UTF_8).strip();
            if (!FORM.matcher(token).matches()) {
                throw new IOException("it holds no token; remove it, and a new one is made");
            }
            return Secret.of(token);
        } catch (IOException e) {
            throw new GatewayException("the token in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Somebody else may have read, or made, what others can reach. */
    private void requirePrivate() throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new IOException("it is a link; remove it, and a file is made in its place");
        }
        if (!attributes.isRegularFile()) {
            throw new IOException("it is no file; remove it, and one is made");
        }
        if (!PRIVATE.contains(attributes.permissions())) {
            throw new IOException("its mode is " + PosixFilePermissions.toString(attributes.permissions())
                    + ", so others may know the token; remove it, and a new one is made, or run: chmod 600 '" + file
                    + "'");
        }
    }

    private byte[] firstBytes() throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(LONGEST + 1);
        }
    }

    /** Whole from the first moment that it is there: another process may read it. */
    private void create() throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path folder = requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path draft = Files.createTempFile(folder, "token", ".new", OWNER_ONLY);
        try {
            Files.writeString(draft, token + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // Another process was faster; its token is as good.
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
