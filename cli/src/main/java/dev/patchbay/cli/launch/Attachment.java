package dev.patchbay.cli.launch;

import dev.patchbay.cli.command.UsageException;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.attach.AttachedFile;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.MediaSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that goes along with a question. What it is, is found by its content, never by its name.
 *
 * @param name as it was given; empty: it is part of the conversation from before
 * @param kind what it is, such as {@code a PNG image}
 * @param block as it is sent
 */
public record Attachment(String name, String kind, ContentBlock block) {

    /** The most bytes of one file; what providers take is less. */
    static final int MOST_BYTES = 20 * 1024 * 1024;

    /** What is open already; {@code zsh} names it the second way. */
    private static final Pattern OPEN_PIPE = Pattern.compile("/(dev|proc/self)/fd/[0-9]+");

    /**
     * Reads a file.
     *
     * @throws UsageException if there is none, or it is nothing that can be sent; the message names it
     */
    public static Attachment read(String name) {
        if (name.isBlank()) {
            throw new UsageException("-f is empty");
        }
        if (name.matches("(?i)https?://.*")) {
            throw new UsageException("-f " + name + " is a URL, and nothing is fetched here; save it as a file first");
        }
        try {
            Path path = Path.of(name);
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new UsageException("-f " + name + " is a folder; name the files in it, each with -f");
            }
            if (!attributes.isRegularFile()) {
                // Whoever opens a pipe by its name waits for its other end.
                throw new UsageException("-f " + name + " is no file but a pipe, a socket or a device");
            }
            if (attributes.size() > MOST_BYTES) {
                throw tooLarge(name);
            }
            return of(name, bytes(path, name));
        } catch (InvalidPathException unfit) {
            throw new UsageException("-f " + name + " is no file name");
        } catch (NoSuchFileException missing) {
            throw new UsageException("-f " + name + ": there is no such file");
        } catch (IOException unreadable) {
            throw new UsageException("-f " + name + " cannot be read");
        }
    }

    /**
     * Reads what a shell passes in the place of a file, {@code <(command)}; empty for every other name.
     *
     * @throws UsageException as {@link #read}
     */
    static Optional<Attachment> piped(String name, Terminal terminal) {
        if (!OPEN_PIPE.matcher(name).matches() || Files.isRegularFile(Path.of(name))) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(name, StandardInput.read(Path.of(name), terminal)));
        } catch (IOException unreadable) {
            throw new UsageException("-f " + name + " cannot be read");
        }
    }

    /**
     * What some bytes are.
     *
     * @throws UsageException if they are nothing that can be sent
     */
    static Attachment of(String name, byte[] bytes) {
        try {
            AttachedFile file = AttachedFile.of(name, bytes);
            return new Attachment(name, file.kind(), file.block());
        } catch (IllegalArgumentException unfit) {
            throw new UsageException("-f " + name + " " + unfit.getMessage());
        }
    }

    /** The Base64 that must reach the provider; empty for text. */
    Optional<String> data() {
        if (block instanceof ContentBlock.Image image && image.source() instanceof MediaSource.Base64 data) {
            return Optional.of(data.data());
        }
        if (block instanceof ContentBlock.Document document && document.source() instanceof MediaSource.Base64 data) {
            return Optional.of(data.data());
        }
        return Optional.empty();
    }

    private static byte[] bytes(Path path, String name) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw tooLarge(name);
            }
            return bytes;
        }
    }

    private static UsageException tooLarge(String name) {
        return new UsageException("-f " + name + " is larger than 20 MB");
    }
}
