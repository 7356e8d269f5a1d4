package dev.patchbay.gateway;

import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The token of this machine's user, made at first use (sessions.md, section 3). */
public final class TokenFile {

    private static final int RANDOM_BYTES = 32;
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
     * @throws GatewayException if the file cannot be made, cannot be read, or is empty
     */
    public Secret read() {
        try {
            create();
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (token.isEmpty()) {
                throw new IOException("it is empty; remove it, and a new one is made");
            }
            return Secret.of(token);
        } catch (IOException e) {
            throw new GatewayException("the token in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void create() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            Files.createFile(file, OWNER_ONLY);
            Files.writeString(file, token + "\n", StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // Another process was faster; its token is as good.
        }
    }
}
