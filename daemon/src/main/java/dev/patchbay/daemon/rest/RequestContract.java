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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks bodies by the contract, so that what is refused is what the contract says. {@code requests.json} is made from {@code
 * openapi.yaml} by a test. Safe for use by several threads.
 */
@Singleton
final class RequestContract {

    private static final String BASE = "http://patchbay.invalid/";
    private static final String NAME = "contract";
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PATCH);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E[-+]?\\d+)?");
    private static final Map<String, String> TYPES = Map.of(
            "string", "a text",
            "number", "a number",
            "integer", "a whole number",
            "boolean", "true or false",
            "array", "a list",
            "object", "an object");
    private static final Pattern TYPE_NAME = Pattern.compile(String.join("|", TYPES.keySet()));
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
            problems.putIfAbsent(place, words(lastPart(problem.getKeywordLocation()), problem.getError()));
        }
    }

    /** What a member must be, in place of the library's words for what it is not. */
    private static String words(String keyword, String error) {
        List<String> numbers =
                NUMBER.matcher(error).results().map(MatchResult::group).toList();
        String has = numbers.isEmpty() ? "" : numbers.get(0);
        String limit = numbers.isEmpty() ? "" : numbers.get(numbers.size() - 1);
        return switch (keyword) {
            case "type" ->
                "must be "
                        + TYPE_NAME
                                .matcher(error.substring(Math.max(error.indexOf("Expected"), 0)))
                                .results()
                                .map(MatchResult::group)
                                .map(name -> Objects.requireNonNull(TYPES.get(name)))
                                .collect(Collectors.joining(" or "));
            case "maxLength" -> has + " characters, at most " + limit;
            case "maxItems" -> has + " elements, at most " + limit;
            case "minLength", "minItems" -> "must not be empty";
            case "pattern" -> "must not be blank";
            case "minimum" -> "must be at least " + limit;
            case "maximum" -> "must be at most " + limit;
            case "contentEncoding" -> "must be Base64";
            default -> "is not as openapi.yaml has it (" + keyword + ")";
        };
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
