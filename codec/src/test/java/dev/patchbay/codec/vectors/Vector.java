package dev.patchbay.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;

/** One vector; the members are those of {@code _FORMAT.json}. */
public record Vector(String topic, JsonNode json) {

    public String name() {
        return json.path("name").asText();
    }

    public String kind() {
        return json.path("kind").asText();
    }

    public String direction() {
        return json.path("direction").asText();
    }

    public JsonNode profile() {
        return json.path("profile");
    }

    /** Members of the client's request that an answer belongs to. */
    public JsonNode clientRequest() {
        return json.path("context").path("request");
    }

    public JsonNode input() {
        return json.path("input");
    }

    public JsonNode expected() {
        return json.path("expected");
    }

    @Override
    public String toString() {
        return name();
    }
}
