package dev.patchbay.daemon.web;

import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is logged in with a browser. A login is a random id in a cookie; kept are only hashes of ids, in {@code <home>/logins} (0600),
 * so that pages go on after a restart. All end when the daemon's token changes. Safe for use by several threads.
 */
final class Logins {

    private static final Logger LOG = System.getLogger(Logins.class.getName());

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration CODE = Duration.ofSeconds(60);
    private static final int MOST = 100;

    /**
     * One browser.
     *
     * @param csrf what each of its forms sends along, which a page elsewhere cannot know
     */
    record Login(String id, String csrf) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> codes = new HashMap<>();
    private final Map<String, Instant> byHash = new LinkedHashMap<>();
    private final Path file;
    private final Clock clock;
    private String token;

    /** @param token that of the daemon; logins of another one are forgotten */
    Logins(Path home, Secret token, Clock clock) {
        this.file = home.resolve("logins");
        this.token = hash(token.reveal());
        this.clock = clock;
        read();
    }

    /** Another token: every login ends. */
    synchronized void token(Secret changed) {
        String now = hash(changed.reveal());
        if (!now.equals(token)) {
            token = now;
            byHash.clear();
            codes.clear();
            write();
        }
    }

    /** A code that is good for one login within a minute. */
    synchronized String code() {
        Instant now = clock.instant();
        codes.values().removeIf(end -> !end.isAfter(now));
        if (codes.size() >= MOST) {
            codes.clear();
        }
        String code = fresh();
        codes.put(hash(code), now.plus(CODE));
        return code;
    }

    /** A login for a code, which is used up with it. */
    synchronized Optional<Login> exchange(String code) {
        Instant end = codes.remove(hash(code));
        return end != null && end.isAfter(clock.instant()) ? Optional.of(open()) : Optional.empty();
    }

    /** A login for whoever knows the token itself. */
    synchronized Optional<Login> withToken(String given) {
        return MessageDigest.isEqual(
                        hash(given).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.US_ASCII))
                ? Optional.of(open())
                : Optional.empty();
    }

    /** The login of an id that a cookie holds. */
    synchronized Optional<Login> find(String id) {
        Instant end = byHash.get(hash(id));
        return end != null && end.isAfter(clock.instant()) ? Optional.of(login(id)) : Optional.empty();
    }

    synchronized void end(Login login) {
        byHash.remove(hash(login.id));
        write();
    }

    private Login open() {
        Instant now = clock.instant();
        byHash.values().removeIf(end -> !end.isAfter(now));
        while (byHash.size() >= MOST) {
            byHash.remove(byHash.keySet().iterator().next());
        }
        String id = fresh();
        byHash.put(hash(id), now.plus(KEPT));
        write();
        return login(id);
    }

    private static Login login(String id) {
        return new Login(id, hash("csrf " + id));
    }

    private String fresh() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private void read() {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.isEmpty() || !lines.get(0).equals(token)) {
                return;
            }
            for (String line : lines.subList(1, lines.size())) {
                String[] parts = line.split(" ", 2);
                byHash.put(parts[0], Instant.ofEpochSecond(Long.parseLong(parts[1])));
            }
        } catch (IOException | RuntimeException unreadable) {
            byHash.clear();
            LOG.log(Level.WARNING, "{0} cannot be read; browsers have to log in again", file);
        }
    }

    private void write() {
        StringBuilder lines = new StringBuilder(token).append('\n');
        byHash.forEach((hash, end) ->
                lines.append(hash).append(' ').append(end.getEpochSecond()).append('\n'));
        try {
            Path draft = Files.createTempFile(
                    file.getParent(),
                    "logins",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, lines);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "{0} cannot be written; browsers have to log in again after a restart", file);
        }
    }
}
