package com.example.signed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.DialectCodec;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.MediaSource;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The protocol: {@code POST <baseUrl>/answers} with one JSON object, answered by lines of JSON, one for each step (see {@link
 * SignedDecoder}). Connections, repeats and closing are the host's.
 */
final class SignedCodec implements DialectCodec {

    private final URI uri;
    private final Options options;

    SignedCodec(ProviderDefinition definition) {
        this.options = definition.options();
        String base = definition.baseUrl().orElseThrow().toString().replaceAll("/+$", "");
        this.uri = URI.create(
                base + "/answers?region=" + options.string(SignedDialect.REGION).orElseThrow());
    }

    @Override
    public HttpCall encode(ChatRequest request, Function<SecretRef, Secret> secrets) {
        Duration wait = options.duration(SignedDialect.MAX_WAIT).orElseThrow();
        Secret token = secrets.apply(options.secret(SignedDialect.TENANT_TOKEN).orElseThrow());
        HttpCall call = HttpCall.post(uri, json(body(request)).getBytes(UTF_8))
                .header("Content-Type", "application/json")
                .header("X-Acme-Max-Wait", Long.toString(wait.toSeconds()))
                .header("X-Acme-Tenant", token.reveal());
        List<String> labels = options.strings(SignedDialect.LABELS);
        return labels.isEmpty() ? call : call.header("X-Acme-Labels", String.join(",", labels));
    }

    @Override
    public AnswerDecoder decoder(ChatRequest request, HttpHead reply) {
        return new SignedDecoder(reply.header("X-Acme-Request").orElse(""));
    }

    @Override
    public ProviderException failure(HttpHead reply, byte[] body) {
        String text = new String(body, UTF_8).strip();
        // The provider's own words, unless they are a page for a browser.
        String message =
                text.isEmpty() || text.startsWith("<") ? "the provider answered with status " + reply.status() : text;
        ProviderException.Builder failure = ProviderException.builder(
                        ProviderException.Kind.ofStatus(reply.status()), message)
                .status(reply.status());
        reply.header("X-Acme-Request").ifPresent(failure::requestId);
        reply.header("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .ifPresent(seconds -> failure.retryAfter(Duration.ofSeconds(Long.parseLong(seconds))));
        return failure.build();
    }

    private static Map<String, Object> body(ChatRequest request) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", request.model());
        body.put("system", parts(request.system()));
        List<Object> turns = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            turns.add(Map.of("role", message.role().name(), "parts", parts(message.content())));
        }
        body.put("turns", turns);
        List<Object> tools = new ArrayList<>();
        request.tools().forEach(tool -> tools.add(tool(tool)));
        body.put("tools", tools);
        request.maxTokens().ifPresent(most -> body.put("limit", most));
        request.outputSchema().ifPresent(schema -> body.put("schema", schema));
        request.thinking()
                .ifPresent(thinking -> body.put("thinking", thinking.mode().name()));
        return body;
    }

    private static Map<String, Object> tool(Tool tool) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", tool.name());
        json.put("description", tool.description().orElse(""));
        json.put("schema", tool.inputSchema());
        return json;
    }

    private static List<Object> parts(List<ContentBlock> blocks) {
        List<Object> parts = new ArrayList<>();
        for (ContentBlock block : blocks) {
            if (block instanceof ContentBlock.Text text) {
                parts.add(Map.of("text", text.text()));
            } else if (block instanceof ContentBlock.Image image && image.source() instanceof MediaSource.Base64 data) {
                parts.add(Map.of("image", data.data(), "type", data.mediaType()));
            } else if (block instanceof ContentBlock.ToolUse call) {
                parts.add(Map.of("call", call.id(), "name", call.name(), "input", call.input()));
            } else if (block instanceof ContentBlock.ToolResult result) {
                parts.add(Map.of(
                        "result", result.toolUseId(), "failed", result.isError(), "parts", parts(result.content())));
            } else if (block instanceof ContentBlock.Thinking thinking) {
                parts.add(Map.of("thought", thinking.thinking(), "proof", thinking.signature()));
            } else {
                // Kinds that came with a later version of the interface, too.
                throw new ProviderException(
                        ProviderException.Kind.INVALID_REQUEST,
                        "the provider does not take a " + block.getClass().getSimpleName());
            }
        }
        return parts;
    }

    private static String json(Map<String, Object> body) {
        try {
            return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
