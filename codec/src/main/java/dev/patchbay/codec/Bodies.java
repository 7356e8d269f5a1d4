package dev.patchbay.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.nio.charset.StandardCharsets;

/** Bodies that must be JSON, and the failures that say they are not. */
public final class Bodies {

    private Bodies() {}

    /**
     * The body of an answer.
     *
     * @throws ProviderException of kind {@link Kind#SERVER} if it is not JSON
     */
    public static JsonNode answer(byte[] body) {
        try {
            JsonNode value = Json.parse(body);
            if (value.isMissingNode()) {
                throw unusable("upstream answered with an empty body");
            }
            return value;
        } catch (JsonSyntaxException notJson) {
            String text = new String(body, StandardCharsets.UTF_8);
            return Json.tryParseLoose(text).orElseThrow(() -> notJson(text, notJson));
        }
    }

    /** What came instead is shown, but for the markup of a web page (E6). */
    private static ProviderException notJson(String text, JsonSyntaxException cause) {
        String said = text.strip();
        boolean page = said.startsWith("<");
        String shown = said.isEmpty() || page ? "" : ": " + said.substring(0, Math.min(said.length(), 2000));
        String what = page
                ? "upstream answered with a web page instead of JSON"
                : "upstream answered with a body that is not JSON";
        return ProviderException.builder(Kind.SERVER, what + shown).cause(cause).build();
    }

    /**
     * The body of a client's request.
     *
     * @throws ProviderException of kind {@link Kind#INVALID_REQUEST} with status 400 if it is not a JSON object
     */
    public static ObjectNode request(byte[] body) {
        try {
            if (Json.parse(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonSyntaxException notJson) {
            throw ProviderException.builder(Kind.INVALID_REQUEST, "the request body is " + notJson.getMessage())
                    .status(400)
                    .cause(notJson)
                    .build();
        }
        throw invalid("the request body must be a JSON object");
    }

    /** A failure of kind {@link Kind#INVALID_REQUEST} with status 400. */
    public static ProviderException invalid(String message) {
        return ProviderException.builder(Kind.INVALID_REQUEST, message)
                .status(400)
                .build();
    }

    /** What no upstream answers: a conversation in which nothing is said. */
    public static ProviderException nothingSaid() {
        return invalid("messages: nothing is said in any of them; no provider answers a conversation without content");
    }

    /** A failure of kind {@link Kind#SERVER}: the upstream's answer is of no use, whatever status it began with. */
    public static ProviderException unusable(String message) {
        return new ProviderException(Kind.SERVER, message);
    }
}
