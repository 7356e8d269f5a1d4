package dev.patchbay.daemon.rest;

import dev.patchbay.codec.json.JsonValues;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.ProviderFields;
import dev.patchbay.session.SessionTaskFields;
import dev.patchbay.session.UpdateRequest;
import dev.patchbay.spi.Thinking;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bodies of requests as what core takes; all that is wrong with one is told at once. */
final class RequestBodies {

    private static final String WORKING_DIR = "working_dir";

    /** Of agents, which do not run in sessions yet. */
    private static final List<String> NOT_YET = List.of("agent", "max_turns");

    private RequestBodies() {}

    static LaunchRequest launch(Fields fields, MultiMap headers) {
        LaunchRequest.Builder request = LaunchRequest.query(query(fields));
        task(fields, headers, request);
        fields.require();
        return request.build();
    }

    static ContinueRequest continuation(Fields fields, MultiMap headers) {
        ContinueRequest.Builder request = ContinueRequest.query(query(fields));
        task(fields, headers, request);
        fields.require();
        return request.build();
    }

    static UpdateRequest update(Fields fields) {
        UpdateRequest.Builder request = UpdateRequest.builder();
        provider(fields, request);
        fields.text("title").ifPresent(request::title);
        fields.truth("archived").ifPresent(request::archived);
        fields.require();
        return request.build();
    }

    private static String query(Fields fields) {
        String query = fields.text("query").orElse("");
        if (query.isBlank()) {
            fields.refuse("query", "must not be blank");
            return "-";
        }
        return query;
    }

    private static void task(Fields fields, MultiMap headers, SessionTaskFields<?> request) {
        for (String name : NOT_YET) {
            if (fields.has(name) && !fields.raw(name).isNull()) {
                fields.refuse(name, "is not supported yet");
            }
        }
        provider(fields, request);
        request.trace(headers.get("traceparent"), headers.get("tracestate"));
        fields.text("title").ifPresent(request::title);
        fields.text("system_prompt", request::systemPrompt);
        fields.text("append_system_prompt", request::appendSystemPrompt);
        fields.text(WORKING_DIR).ifPresent(folder -> {
            requireFolder(fields, folder);
            request.workingDir(folder);
        });
        AttachmentBlocks.of(fields).forEach(request::content);
        fields.number("temperature", number -> request.temperature(inRange(number, 2)));
        fields.count("max_tokens", request::maxTokens);
        fields.object("output_schema")
                .ifPresent(schema ->
                        fields.checked("output_schema", () -> request.outputSchema(JsonValues.toMap(schema))));
        fields.members("options", (name, value) -> option(request, name, value));
    }

    private static void provider(Fields fields, ProviderFields<?> request) {
        filled(fields, "provider", request::provider);
        filled(fields, "model", request::model);
        fields.truth("proxy_enabled").ifPresent(request::proxyEnabled);
        filled(fields, "proxy_base_url", request::proxyBaseUrl);
        filled(fields, "proxy_model_override", request::proxyModelOverride);
        filled(fields, "proxy_api_key", request::proxyApiKey);
    }

    /** An empty box of a form is no setting; null clears one. */
    private static void filled(Fields fields, String name, Consumer<@Nullable String> setter) {
        fields.text(name, text -> {
            if (text != null && text.isBlank()) {
                fields.refuse(name, "must not be blank");
            } else {
                setter.accept(text);
            }
        });
    }

    /** On this side of the connection: a path says nothing where it is not the one that is meant. */
    private static void requireFolder(Fields fields, String folder) {
        try {
            Path path = Path.of(folder);
            if (!path.isAbsolute()) {
                fields.refuse(WORKING_DIR, "must be an absolute path");
            } else if (!Files.isDirectory(path)) {
                fields.refuse(WORKING_DIR, "there is no such folder");
            }
        } catch (InvalidPathException none) {
            fields.refuse(WORKING_DIR, "is no path");
        }
    }

    /** What the command line takes with {@code -o}, in either spelling, and whatever else the provider may know, as it calls that. */
    private static void option(SessionTaskFields<?> request, String written, @Nullable Object value) {
        String name = Names.snake(written);
        switch (name) {
            case "temperature" ->
                request.temperature(inRange(number(name, value).doubleValue(), 2));
            case "top_p" -> request.topP(inRange(number(name, value).doubleValue(), 1));
            case "top_k" -> request.topK(whole(name, value));
            case "max_tokens" -> request.maxTokens(whole(name, value));
            case "stop", "stop_sequences" -> stops(request, name, value);
            case "thinking" -> request.thinking(thinking(name, value));
            case "effort" -> request.effort(text(name, value));
            case "user", "user_id" -> request.userId(text(name, value));
            default -> request.more(written, value);
        }
    }

    private static Thinking thinking(String name, @Nullable Object value) {
        if (value instanceof Number) {
            return Thinking.enabled(whole(name, value));
        }
        return Thinking.of(
                switch (String.valueOf(value)) {
                    case "on", "true", "enabled" -> Thinking.Mode.ENABLED;
                    case "off", "false", "disabled" -> Thinking.Mode.DISABLED;
                    case "adaptive" -> Thinking.Mode.ADAPTIVE;
                    default ->
                        throw new IllegalArgumentException(
                                name + " must be on, off, adaptive, or the most tokens to think");
                });
    }

    private static void stops(SessionTaskFields<?> request, String name, @Nullable Object value) {
        if (value instanceof List<?> texts) {
            texts.forEach(text -> request.stopSequence(text(name, text)));
        } else {
            request.stopSequence(text(name, value));
        }
    }

    private static double inRange(double number, double most) {
        if (!(number >= 0 && number <= most)) {
            throw new IllegalArgumentException("must be a number from 0 to " + (int) most);
        }
        return number;
    }

    private static Number number(String name, @Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException(name + " must be a number");
    }

    private static int whole(String name, @Nullable Object value) {
        try {
            int number = new BigDecimal(number(name, value).toString()).intValueExact();
            if (number >= 1) {
                return number;
            }
        } catch (ArithmeticException notWhole) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " must be a whole number from 1");
    }

    private static String text(String name, @Nullable Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException(name + " must be a text");
    }
}
