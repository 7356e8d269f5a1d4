package dev.patchbay.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code <home>/daemon.json}, which says where the daemon of a home listens (docs/design/sessions.md, section 5). It says what was
 * true when it was written: whoever reads it believes it only when the daemon answers there with the same id.
 */
public final class DaemonFile {

    private final Path file;

    private DaemonFile(Path file) {
        this.file = file;
    }

    /** That of a home; nothing is read or written yet. */
    public static DaemonFile in(Path home) {
        return new DaemonFile(home.resolve("daemon.json"));
    }

    /**
     * What the file says.
     *
     * @param pid of the process; only shown, since it may be another's by now
     * @param url without a path
     * @param config the files and folders that were named for it beyond those of its home, absolute
     * @param store where it keeps sessions, absolute; empty if the file does not say
     */
    public record Content(
            String id,
            long pid,
            int port,
            URI url,
            String version,
            Instant startedAt,
            List<Path> config,
            Optional<Path> store) {}

    public Path path() {
        return file;
    }

    /** Empty if there is none, or none that can be read. */
    public Optional<Content> read() {
        try {
            JsonNode json = Json.tryParse(Files.readString(file)).orElse(Json.object());
            String id = json.path("id").asText();
            String url = json.path("url").asText();
            if (id.isEmpty() || url.isEmpty()) {
                return Optional.empty();
            }
            List<Path> config = new ArrayList<>();
            json.path("config").forEach(path -> config.add(Path.of(path.asText())));
            return Optional.of(new Content(
                    id,
                    json.path("pid").asLong(),
                    json.path("port").asInt(),
                    URI.create(url),
                    json.path("version").asText(),
                    Instant.parse(json.path("started_at").asText()),
                    config,
                    Optional.of(json.path("store").asText())
                            .filter(store -> !store.isEmpty())
                            .map(Path::of)));
        } catch (IOException | IllegalArgumentException | DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    /** Writes the file, and removes it when what is returned is closed, if it is still this daemon's then. */
    AutoCloseable hold(Content content) {
        write(content);
        return () -> remove(content.id());
    }

    /** Whole, for this user alone. */
    private void write(Content content) {
        ObjectNode json = Json.object()
                .put("id", content.id())
                .put("pid", content.pid())
                .put("port", content.port())
                .put("url", content.url().toString())
                .put("version", content.version())
                .put("started_at", content.startedAt().toString());
        content.config().forEach(path -> json.withArray("config").add(path.toString()));
        content.store().ifPresent(path -> json.put("store", path.toString()));
        try {
            Path draft = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "daemon",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, Json.bytes(json));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the file " + file + " cannot be written", failure);
        }
    }

    private void remove(String id) {
        if (read().filter(content -> content.id().equals(id)).isPresent()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stale) {
                // It names a daemon that does not answer any more, which readers find out.
            }
        }
    }
}
