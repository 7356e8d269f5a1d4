package dev.patchbay.daemon.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.problem.Errors;
import dev.patchbay.daemon.problem.Problem;
import dev.patchbay.gateway.ServiceRequest;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** An answer to one request. */
final class Reply {

    static final String JSON = "application/json";

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writer();

    private final int status;
    private final byte[] body;
    private final Consumer<ServiceRequest> giving;

    private Reply(int status, String contentType, byte[] body) {
        this.status = status;
        this.body = body;
        this.giving = request -> request.answer(status, contentType, body);
    }

    private Reply(Consumer<ServiceRequest> giving) {
        this.status = 200;
        this.body = new byte[0];
        this.giving = giving;
    }

    static Reply json(int status, JsonNode body) {
        return new Reply(status, JSON, Json.bytes(body));
    }

    /** The same of JDK values, of which no tree is made. */
    static Reply values(int status, Map<String, ?> body) {
        return new Reply(status, JSON, bytes(body));
    }

    /** What was asked for, as the member {@code data}. */
    static Reply data(int status, JsonNode data) {
        return json(status, Json.object().set("data", data));
    }

    /** The same of JDK values. */
    static Reply data(int status, Object data) {
        return values(status, Map.of("data", data));
    }

    /** JDK values as compact JSON; half a surrogate pair becomes {@code ?}. */
    static byte[] bytes(Object values) {
        try {
            return WRITER.writeValueAsString(values).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** One that is written by somebody else, a part at a time. */
    static Reply inParts(Consumer<ServiceRequest> giving) {
        return new Reply(giving);
    }

    static Reply problem(Problem problem) {
        return json(problem.status(), Errors.json(problem));
    }

    static Reply none() {
        return new Reply(204, JSON, new byte[0]);
    }

    static Reply text(String contentType, String text) {
        return new Reply(200, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    int status() {
        return status;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Gives it to the client, on the event loop. */
    void to(ServiceRequest request) {
        giving.accept(request);
    }
}
