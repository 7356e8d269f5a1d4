package com.example.signed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Sends a conversation as {@link Field fields}: {@code model}, {@code system}, {@code user} or {@code assistant} for each turn. */
final class SignedClient implements ChatClient {

    private final URI uri;
    private final Options options;
    private final ProviderContext context;
    private final Set<ChatStream> open = ConcurrentHashMap.newKeySet();

    SignedClient(ProviderDefinition definition, ProviderContext context) {
        this.options = definition.options();
        this.context = context;
        String base = definition.baseUrl().orElseThrow().toString().replaceAll("/+$", "");
        String region = options.string(SignedDialect.REGION).orElseThrow();
        this.uri = URI.create(base + "/answers?region=" + region);
    }

    @Override
    public ChatStream stream(ChatRequest request) {
        // Once this call is complete, the host signs it with the authenticator that the provider file names.
        HttpReply reply = context.http().send(call(request));
        if (reply.status() != 200) {
            throw refusal(reply);
        }
        ChatStream stream = new AnswerStream(reply, open::remove);
        open.add(stream);
        return stream;
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(ChatStream::close);
    }

    private HttpCall call(ChatRequest request) {
        HttpCall call = HttpCall.post(uri, fields(request).getBytes(UTF_8))
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("X-Acme-Max-Wait", Long.toString(maxWait().toSeconds()));
        // Resolved for each request: the secret may change while the client lives.
        Secret token = context.secret(options.secret(SignedDialect.TENANT_TOKEN).orElseThrow());
        call = call.header("X-Acme-Tenant", token.reveal());
        List<String> labels = options.strings(SignedDialect.LABELS);
        return labels.isEmpty() ? call : call.header("X-Acme-Labels", String.join(",", labels));
    }

    private Duration maxWait() {
        return options.duration(SignedDialect.MAX_WAIT).orElseThrow();
    }

    private static String fields(ChatRequest request) {
        StringBuilder fields = new StringBuilder();
        append(fields, "model", request.model());
        append(fields, "system", text(request.system()));
        for (ChatMessage message : request.messages()) {
            append(fields, message.role().name().toLowerCase(Locale.ROOT), text(message.content()));
        }
        return fields.toString();
    }

    private static void append(StringBuilder fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.append(Field.write(name, value)).append('\n');
        }
    }

    private static String text(List<ContentBlock> blocks) {
        return blocks.stream()
                .filter(ContentBlock.Text.class::isInstance)
                .map(block -> ((ContentBlock.Text) block).text())
                .collect(Collectors.joining("\n\n"));
    }

    private static ProviderException refusal(HttpReply reply) {
        try (reply) {
            ProviderException.Builder refusal = ProviderException.builder(
                            ProviderException.Kind.ofStatus(reply.status()), message(reply))
                    .status(reply.status());
            reply.header("X-Acme-Request").ifPresent(refusal::requestId);
            reply.header("Retry-After")
                    .filter(seconds -> seconds.matches("\\d{1,9}"))
                    .ifPresent(seconds -> refusal.retryAfter(Duration.ofSeconds(Long.parseLong(seconds))));
            return refusal.build();
        }
    }

    /** The provider's own words, unless they are a page for a browser. */
    private static String message(HttpReply reply) {
        try {
            String text = new String(reply.body().readNBytes(4096), UTF_8).strip();
            if (!text.isEmpty() && !text.startsWith("<")) {
                return text;
            }
        } catch (IOException e) {
            // The status alone will have to do.
        }
        return "the provider answered with status " + reply.status();
    }
}
