package dev.patchbay.cli.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Collects an object in order; what is absent is left out, never null or 0. */
public final class JsonObject {

    private final Map<String, Object> members = new LinkedHashMap<>();

    public JsonObject put(String name, Object value) {
        members.put(name, value);
        return this;
    }

    public JsonObject put(String name, Optional<?> value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    public JsonObject put(String name, OptionalInt value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    public JsonObject put(String name, OptionalLong value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    public Map<String, Object> toMap() {
        return members;
    }
}
