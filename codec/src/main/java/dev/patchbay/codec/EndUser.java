package dev.patchbay.codec;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The end user's id as an upstream may see it (dialects.md, M5). */
public final class EndUser {

    /** Where OpenAI's dialects have it. */
    public static final Set<String> MEMBERS = Set.of("user", "safety_identifier");

    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_-]+");

    private EndUser() {}

    /** The id; one that could name a person, or is too long for the upstream, as a hash. Empty where none is to be sent. */
    public static Optional<String> id(Optional<String> asked, Quirks quirks) {
        return asked.filter(id -> !id.isEmpty() && !quirks.user().equals("none"))
                .map(id -> {
                    int max = quirks.userMax();
                    boolean plain = id.length() <= max && PLAIN_ID.matcher(id).matches();
                    String hash = Hashes.hex(id);
                    return plain ? id : hash.substring(0, Math.min(max, hash.length()));
                });
    }
}
