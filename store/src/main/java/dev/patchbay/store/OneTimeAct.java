package dev.patchbay.store;

import java.util.Optional;

/**
 * Something that is done once, whoever asks for it again.
 *
 * @param fingerprint of what was asked
 * @param reply what was replied; empty while it is being done, or if whoever did it ended before it was noted
 */
public record OneTimeAct(String fingerprint, Optional<Reply> reply) {

    /**
     * A reply.
     *
     * @param status of HTTP
     */
    public record Reply(int status, String body) {}
}
