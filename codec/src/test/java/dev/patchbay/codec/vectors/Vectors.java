package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The vectors among the test resources. */
public final class Vectors {

    /** Every topic; the file of a topic is {@code vectors/<topic>.json}. */
    public static final List<String> TOPICS = List.of(
            "anthropic-passthrough",
            "count-tokens",
            "endpoints",
            "errors",
            "request-messages",
            "request-params",
            "request-tools",
            "response",
            "responses-api",
            "reverse-request",
            "reverse-response",
            "reverse-stream",
            "stop-and-usage",
            "stream-basic",
            "stream-failures",
            "stream-tools",
            "tool-results");

    /** Topics of our own, in the same format: Responses as an upstream. */
    public static final List<String> RESPONSES_UPSTREAM =
            List.of("responses-upstream-request", "responses-upstream-response", "responses-upstream-stream");

    private Vectors() {}

    public static List<Vector> topic(String topic) {
        List<Vector> vectors = new ArrayList<>();
        JsonNode file = read("/vectors/" + topic + ".json");
        file.path("vectors").forEach(vector -> vectors.add(new Vector(topic, vector)));
        return vectors;
    }

    /** The vectors of Responses as an upstream. */
    public static List<Vector> responsesUpstream() {
        return RESPONSES_UPSTREAM.stream()
                .flatMap(topic -> topic(topic).stream())
                .toList();
    }

    public static List<Vector> all() {
        return TOPICS.stream().flatMap(topic -> topic(topic).stream()).toList();
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Vectors.class.getResourceAsStream(resource)) {
            return Json.parse(Objects.requireNonNull(in, resource).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
