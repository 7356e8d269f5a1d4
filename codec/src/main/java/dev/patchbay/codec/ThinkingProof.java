package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What proves some thinking to the dialect that thought it, as one opaque text: it travels in the place that another dialect
 * has for proofs ({@code signature}, {@code encrypted_content}), which clients give back as it is (dialects.md, 1.10). Nobody
 * else can read it, so it must not reach a provider of another dialect.
 */
public final class ThinkingProof {

    /** Neither Anthropic's signatures nor OpenAI's encrypted content have a full stop. */
    private static final String PREFIX = "patchbay.";

    private ThinkingProof() {}

    /**
     * The text for a proof.
     *
     * @param dialect whose proof it is: lower-case letters, digits and hyphens
     */
    public static String seal(String dialect, ObjectNode proof) {
        return PREFIX + dialect + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(proof));
    }

    /** The proof in a text; empty if it is anything else, or the proof of another dialect. */
    public static Optional<ObjectNode> open(String dialect, String text) {
        String prefix = PREFIX + dialect + '.';
        return text.startsWith(prefix) ? decoded(text.substring(prefix.length())) : Optional.empty();
    }

    /** Whether a text is such a proof of any dialect. */
    public static boolean isSealed(String text) {
        return text.startsWith(PREFIX);
    }

    private static Optional<ObjectNode> decoded(String base64) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException mangled) {
            return Optional.empty();
        }
        JsonNode proof = Json.tryParse(text).orElse(Json.array());
        return proof instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }
}
