package dev.patchbay.internal.gateway.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.http.PreparedCall;
import dev.patchbay.internal.http.SecretMention;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes the secrets that were sent out of one value or line of an answer. */
final class ValueMask {

    private final PreparedCall sent;
    private final SecretMention mention;

    ValueMask(PreparedCall sent) {
        this.sent = sent;
        this.mention = sent.mention();
    }

    /** Whether bytes may name a secret. */
    boolean isNamedIn(byte[] bytes) {
        return mention.isIn(bytes);
    }

    /** A value may write a secret with escapes; then it only comes to light when the value is read. */
    byte[] clean(byte[] value) {
        if (!isNamedIn(value)) {
            return value;
        }
        byte[] bytes = sent.clean(value);
        Optional<JsonNode> json = Json.tryParse(new String(bytes, StandardCharsets.UTF_8));
        if (json.isEmpty()) {
            return bytes;
        }
        JsonNode clean = clean(json.get());
        return clean.equals(json.get()) ? bytes : Json.text(clean).getBytes(StandardCharsets.UTF_8);
    }

    /** A part of what is too long to be read as a whole. */
    byte[] cleanPart(byte[] part) {
        return isNamedIn(part) ? sent.clean(part) : part;
    }

    private JsonNode clean(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(sent.clean(value.textValue()));
        }
        if (value instanceof ObjectNode object) {
            ObjectNode clean = Json.object();
            object.properties().forEach(member -> clean.set(sent.clean(member.getKey()), clean(member.getValue())));
            return clean;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode clean = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> clean.add(clean(item)));
            return clean;
        }
        return value;
    }
}
