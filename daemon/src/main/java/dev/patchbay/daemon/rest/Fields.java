package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.daemon.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the members of a request, and collects what is wrong with them, so that all is told at once. */
final class Fields {

    private final ObjectNode body;
    private final Map<String, String> contract;
    private final Map<String, String> wrong = new LinkedHashMap<>();

    /**
     * The members of a body.
     *
     * @param contract what the contract finds wrong with it, which is told where nothing better is known of that member
     */
    Fields(ObjectNode body, Map<String, String> contract) {
        this.body = body;
        this.contract = contract;
    }

    void refuse(String name, String why) {
        wrong.putIfAbsent(name, why);
    }

    /** @throws Problem with status 422 if something is wrong */
    void require() {
        contract.forEach((place, why) -> {
            if (!wrong.containsKey(place.split("\\.", 2)[0])) {
                wrong.putIfAbsent(place, why);
            }
        });
        if (!wrong.isEmpty()) {
            throw Problem.fields(wrong);
        }
    }

    /** Whether a member is there, null too. */
    boolean has(String name) {
        return body.has(name);
    }

    /** A text; empty if it is absent or null. */
    Optional<String> text(String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            refuse(name, "must be a text");
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    /** Hands on a text that is there; null where null clears it. */
    void text(String name, Consumer<@Nullable String> setter) {
        if (body.path(name).isNull()) {
            setter.accept(null);
        } else {
            text(name).ifPresent(setter);
        }
    }

    Optional<Boolean> truth(String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isBoolean()) {
            refuse(name, "must be true or false");
            return Optional.empty();
        }
        return Optional.of(node.booleanValue());
    }

    /** Hands on a number that is there; what the setter refuses is told. */
    void number(String name, Consumer<Double> setter) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        if (!node.isNumber()) {
            refuse(name, "must be a number");
            return;
        }
        checked(name, () -> setter.accept(node.doubleValue()));
    }

    /** Hands on a whole number from 1 that is there. */
    void count(String name, Consumer<Integer> setter) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        if (!node.canConvertToExactIntegral() || !node.canConvertToInt() || node.intValue() < 1) {
            refuse(name, "must be a whole number from 1");
            return;
        }
        checked(name, () -> setter.accept(node.intValue()));
    }

    Optional<ObjectNode> object(String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node instanceof ObjectNode object) {
            return Optional.of(object);
        }
        refuse(name, "must be an object");
        return Optional.empty();
    }

    /** Hands on each member of an object that is there, as a JDK value. */
    void members(String name, BiConsumer<String, @Nullable Object> setter) {
        object(name)
                .ifPresent(object -> JsonValues.toMap(object)
                        .forEach((key, value) -> checked(name + "." + key, () -> setter.accept(key, value))));
    }

    /** Runs what may refuse a member. */
    void checked(String name, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException unfit) {
            refuse(name, String.valueOf(unfit.getMessage()));
        }
    }

    JsonNode raw(String name) {
        return body.path(name);
    }
}
