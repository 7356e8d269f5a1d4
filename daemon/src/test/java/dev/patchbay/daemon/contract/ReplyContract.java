package dev.patchbay.daemon.contract;

import static dev.patchbay.daemon.contract.ContractDocument.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds every reply of the API that a test sees to the contract: a status, a content type and a body that stand there, and not
 * one member more. What answers outside the API is none of its business.
 */
public final class ReplyContract {

    private static final String BASE = "/api/v1/";
    private static final Map<String, Object> ERROR = Map.of("$ref", "#/components/schemas/Error");
    private static final Map<String, Object> FRAME = Map.of("$ref", "#/components/schemas/StreamEvent");

    private static final ContractDocument CONTRACT = ContractDocument.load();
    private static final ContractSchemas SCHEMAS = ContractSchemas.of(CONTRACT);

    private ReplyContract() {}

    /** Fails if a reply is not as the contract has it. */
    public static void check(HttpResponse<String> response) {
        String type = response.headers().firstValue("content-type").orElse("");
        check(response.request().method(), response.uri().getRawPath(), response.statusCode(), type, response.body());
    }

    /**
     * Fails if a reply is not as the contract has it.
     *
     * @param path of the request, without its query
     */
    public static void check(String method, String path, int status, String contentType, String body) {
        String what = method + " " + path + " -> " + status + " " + body;
        assertThat(status).as(what).isNotEqualTo(500);
        if (!path.startsWith(BASE) || method.equals("HEAD")) {
            return;
        }
        Optional<Map<String, Object>> operation = operation(method, path.substring(BASE.length() - 1));
        if (operation.isEmpty()) {
            assertThat(status).as(what).isGreaterThanOrEqualTo(400);
            assertThat(SCHEMAS.problems(ERROR, json(what, body))).as(what).isEmpty();
            return;
        }
        Map<String, Map<String, Object>> replies = CONTRACT.responses(operation.get());
        Map<String, Object> reply = replies.getOrDefault(String.valueOf(status), replies.get("default"));
        assertThat(status < 300 ? replies.get(String.valueOf(status)) : reply)
                .as(what)
                .isNotNull();
        if (!reply.containsKey("content")) {
            assertThat(body).as(what).isEmpty();
            return;
        }
        Map<String, Object> content = map(reply.get("content"));
        String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        assertThat(content).as(what).containsKey(media);
        if (media.equals("application/json")) {
            Map<String, Object> schema = map(map(content.get(media)).get("schema"));
            assertThat(SCHEMAS.problems(schema, json(what, body))).as(what).isEmpty();
        }
    }

    /** Fails if the data of a frame is no event of the contract. */
    public static void checkFrame(String data) {
        assertThat(SCHEMAS.problems(FRAME, json(data, data))).as(data).isEmpty();
    }

    private static JsonNode json(String what, String body) {
        return Json.tryParse(body).orElseThrow(() -> new AssertionError("no JSON: " + what));
    }

    private static Optional<Map<String, Object>> operation(String method, String path) {
        List<String> fitting = CONTRACT.paths().keySet().stream()
                .filter(template -> path.matches(template.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+")))
                .sorted((one, other) -> Integer.compare(one.indexOf('{'), other.indexOf('{')))
                .toList();
        return fitting.stream()
                .map(template -> CONTRACT.operations().get(method + " " + template))
                .filter(found -> found != null)
                .findFirst();
    }
}
