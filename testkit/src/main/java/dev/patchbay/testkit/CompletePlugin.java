package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretSource;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A plugin that brings one of everything that a plugin can: a dialect with an option of each type, an authenticator, and a
 * secret source that counts how often it is asked. What its dialect was given goes to the provider in headers, and the body of
 * the answer is the text. Safe for use by several threads.
 */
final class CompletePlugin implements ProviderPlugin {

    static final String DIALECT = "complete";
    static final String AUTH_TYPE = "complete-stamp";
    static final String SCHEME = "vault";

    /** A token that its authenticator has from nowhere in the file. */
    static final String MINTED = "canary-minted-6a";

    private final Map<String, String> vault;
    private final List<String> lookups = new CopyOnWriteArrayList<>();

    /** @param vault what the secret source holds, by reference */
    CompletePlugin(Map<String, String> vault) {
        this.vault = Map.copyOf(vault);
    }

    /** Every reference that the secret source was asked for, in order. */
    List<String> lookups() {
        return List.copyOf(lookups);
    }

    @Override
    public String id() {
        return DIALECT;
    }

    @Override
    public List<Dialect> dialects() {
        return List.of(new CompleteDialect());
    }

    @Override
    public List<Authenticator> authenticators() {
        return List.of(new Stamp());
    }

    @Override
    public List<SecretSource> secretSources() {
        return List.of(new Vault());
    }

    private final class Vault implements SecretSource {

        @Override
        public String scheme() {
            return SCHEME;
        }

        @Override
        public Secret resolve(Request request) {
            String reference = request.reference();
            lookups.add(reference);
            return Optional.ofNullable(vault.get(reference))
                    .map(Secret::of)
                    .orElseThrow(() -> new ProviderException(
                            ProviderException.Kind.AUTH, "the vault has nothing named " + reference));
        }
    }

    /** Says what it covers, so that a test sees that everything else of the request was settled. */
    private static final class Stamp implements Authenticator {

        @Override
        public String type() {
            return AUTH_TYPE;
        }

        @Override
        public void authenticate(OutgoingRequest request, Credential credential) {
            String key = credential.key().map(Secret::reveal).orElse("none");
            request.setHeader("X-Stamp", key);
            request.setHeader("Authorization", "Bearer " + MINTED);
            request.setHeader(
                    "X-Stamp-Covers", String.valueOf(request.call().uri().getRawQuery()));
        }
    }

    private static final class CompleteDialect implements Dialect {

        @Override
        public String id() {
            return DIALECT;
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.of("region", Option.Type.STRING).oneOf("eu", "us").withDefault("eu"),
                    Option.of("zone", Option.Type.STRING).withDefault("by default"),
                    Option.of("attempts", Option.Type.INTEGER),
                    Option.of("dry", Option.Type.BOOLEAN),
                    Option.of("wait", Option.Type.DURATION),
                    Option.of("labels", Option.Type.STRING_LIST),
                    Option.of("tenant", Option.Type.SECRET).required(),
                    Option.of("account", Option.Type.SECRET).required());
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            URI url = URI.create(definition.baseUrl().orElseThrow() + "/complete");
            return request -> new Lines(context.http().send(call(url, request, definition.options(), context)));
        }

        private static HttpCall call(URI url, ChatRequest request, Options options, ProviderContext context) {
            return HttpCall.post(url, request.model().getBytes(UTF_8))
                    .header("X-Region", options.string("region").orElseThrow())
                    .header("X-Zone", options.string("zone").orElseThrow())
                    .header(
                            "X-Attempts",
                            options.integer("attempts").orElseThrow().toString())
                    .header("X-Dry", options.bool("dry").orElseThrow().toString())
                    .header("X-Wait", options.duration("wait").orElseThrow().toString())
                    .header("X-Labels", String.join(",", options.strings("labels")))
                    .header(
                            "X-Tenant",
                            context.secret(options.secret("tenant").orElseThrow())
                                    .reveal())
                    .header(
                            "X-Account",
                            context.secret(options.secret("account").orElseThrow())
                                    .reveal())
                    .header("X-Clock", context.clock().instant().toString());
        }
    }

    /** One text, which is the whole body. */
    private static final class Lines implements ChatStream {

        private final HttpReply reply;
        private final Queue<ChatEvent> events = new ArrayDeque<>();

        Lines(HttpReply reply) {
            this.reply = reply;
            String body = body(reply);
            if (reply.status() != 200) {
                throw ProviderException.builder(ProviderException.Kind.ofStatus(reply.status()), body)
                        .status(reply.status())
                        .build();
            }
            events.add(ChatEvent.started());
            events.add(ChatEvent.blockStarted(0, ContentBlock.text("")));
            events.add(ChatEvent.textDelta(0, body));
            events.add(ChatEvent.blockStopped(0));
            events.add(ChatEvent.finishing(StopReason.END_TURN, Usage.unknown()));
            events.add(ChatEvent.stopped());
        }

        private static String body(HttpReply reply) {
            try {
                return new String(reply.body().readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw ProviderException.builder(ProviderException.Kind.NETWORK, "the answer broke off")
                        .cause(e)
                        .build();
            }
        }

        @Override
        public Optional<ChatEvent> next() {
            return Optional.ofNullable(events.poll());
        }

        @Override
        public void close() {
            reply.close();
        }
    }
}
