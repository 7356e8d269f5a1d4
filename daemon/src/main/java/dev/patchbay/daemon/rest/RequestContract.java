package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.JsonValues;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks bodies by the contract, so that what is refused is what the contract says. {@code requests.json} is made from {@code
 * openapi.yaml} by a test. Safe for use by several threads.
 */
@Singleton
final class RequestContract {

    private static final String BASE = "http://patchbay.invalid/";
    private static final String NAME = "contract";
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PATCH);
    private static final Pattern MISSING = Pattern.compile("required property \"(\\w+)\"");

    /** Say only that something below is wrong, which is told by itself. */
    private static final List<String> OUTER = List.of("properties", "items", "allOf", "$ref");

    @Inject
    RequestContract() {}

    /** Made when the first body comes: a daemon is to listen at once. */
    private static final class Made {

        private static final Map<String, Validator> VALIDATORS = validators();
    }

    private static Map<String, Validator> validators() {
        Map<String, Validator> validators = new HashMap<>();
        JsonObject contract = read();
        SchemaRepository schemas = SchemaRepository.create(new JsonSchemaOptions()
                .setDraft(Draft.DRAFT202012)
                .setBaseUri(BASE)
                .setOutputFormat(OutputFormat.Basic));
        schemas.dereference(
                NAME, JsonSchema.of(new JsonObject().put("components", contract.getJsonObject("components"))));
        contract.getJsonObject("operations")
                .forEach(operation -> validators.put(
                        operation.getKey(),
                        schemas.validator(JsonSchema.of(new JsonObject()
                                .put("$ref", BASE + NAME + "#/components/schemas/" + operation.getValue())))));
        return validators;
    }

    /**
     * What is wrong with a body, by the name of its member; empty if nothing is, or the contract names no body.
     */
    Map<String, String> problems(ApiRoutes.Route route, ObjectNode body) {
        if (!WITH_BODY.contains(route.method())) {
            return Map.of();
        }
        Validator validator = Made.VALIDATORS.get(route.method().name() + " " + route.template());
        if (validator == null) {
            return Map.of();
        }
        OutputUnit result;
        synchronized (validator) {
            result = validator.validate(new JsonObject(JsonValues.toMap(body)));
        }
        if (Boolean.TRUE.equals(result.getValid())) {
            return Map.of();
        }
        Map<String, String> problems = new LinkedHashMap<>();
        for (OutputUnit problem : result.getErrors()) {
            String keyword = lastPart(problem.getKeywordLocation());
            if (!OUTER.contains(keyword)
                    && !lastPart(parent(problem.getKeywordLocation())).equals("allOf")) {
                add(problems, problem);
            }
        }
        return problems;
    }

    private static void add(Map<String, String> problems, OutputUnit problem) {
        String place = problem.getInstanceLocation().replaceFirst("^#/?", "").replace('/', '.');
        Matcher missing = MISSING.matcher(problem.getError());
        if (missing.find()) {
            problems.putIfAbsent(place.isEmpty() ? missing.group(1) : place + "." + missing.group(1), "is missing");
        } else {
            problems.putIfAbsent(place, problem.getError());
        }
    }

    private static String parent(String location) {
        return location.substring(0, Math.max(location.lastIndexOf('/'), 0));
    }

    private static String lastPart(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static JsonObject read() {
        try (InputStream text = RequestContract.class.getResourceAsStream("/dev/patchbay/daemon/requests.json")) {
            return new JsonObject(Buffer.buffer(Objects.requireNonNull(text).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
