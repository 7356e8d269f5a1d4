package dev.patchbay.daemon.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.store.OneTimeAct;
import dev.patchbay.store.SqliteSessionStore;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does once what a client sends with an {@code Idempotency-Key}, however often it sends it: the first reply is kept in the store for a
 * week, and given again. A failure of the daemon itself is not kept.
 */
final class OneTime {

    static final String HEADER = "idempotency-key";

    private static final int LONGEST = 255;

    private final SqliteSessionStore store;

    @Inject
    OneTime(SqliteSessionStore store) {
        this.store = store;
    }

    /**
     * Does it, or gives the reply of the first time.
     *
     * @param key of the client
     * @param act method and path
     * @throws Problem with status 409 if the key was used for something else, or the first time is not over
     */
    Reply run(String key, String act, byte[] body, Supplier<Reply> work) {
        if (key.isBlank() || key.length() > LONGEST) {
            throw Problem.of(400, "an Idempotency-Key has from 1 to " + LONGEST + " characters");
        }
        String fingerprint = fingerprint(act, body);
        Optional<OneTimeAct> before = store.begin(key, fingerprint);
        if (before.isPresent()) {
            return again(before.get(), fingerprint);
        }
        boolean done = false;
        try {
            Reply reply = work.get();
            done = reply.status() < 500;
            if (done) {
                store.done(key, reply.status(), reply.text());
            }
            return reply;
        } finally {
            if (!done) {
                store.undone(key);
            }
        }
    }

    private static Reply again(OneTimeAct before, String fingerprint) {
        if (!before.fingerprint().equals(fingerprint)) {
            throw Problem.of(409, "this Idempotency-Key was used for another request");
        }
        OneTimeAct.Reply reply = before.reply()
                .orElseThrow(() -> Problem.of(
                        409, "the first request with this Idempotency-Key is not over, or its end is not known"));
        JsonNode json = Json.tryParse(reply.body()).orElse(Json.object());
        return Reply.json(reply.status(), json);
    }

    private static String fingerprint(String act, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((act + "\n").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
