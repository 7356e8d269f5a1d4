package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A protocol of lines, {@code say <text>} and {@code bye}; well done, or with one of the mistakes that authors make. */
class LineDialect implements Dialect {

    enum Mistake {
        CALLS_AT_CONNECT,
        RESOLVES_SECRETS_AT_CONNECT,
        PRINTS_SECRET,
        SHOWS_SECRET_IN_ERROR,
        ASKS_CONTEXT_LOADER,
        FORGETS_STATUS,
        FORGETS_RETRY_AFTER,
        SHOWS_MARKUP,
        TAKES_ANY_END,
        WAITS_FOR_THE_WHOLE_ANSWER,
        FORGETS_TO_CLOSE,
        CLOSES_ONCE,
        SHARES_STATE_OF_CLIENT,
        IGNORES_OPTION,
        THROWS_ANYTHING,
        FOLLOWS_REDIRECTS
    }

    private final Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);

    LineDialect(Mistake... mistakes) {
        this.mistakes.addAll(List.of(mistakes));
    }

    boolean makes(Mistake mistake) {
        return mistakes.contains(mistake);
    }

    @Override
    public String id() {
        return "lines";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.of("tone", Option.Type.STRING)
                        .oneOf("plain", "loud")
                        .withDefault("plain")
                        .describedAs("How the provider is to speak."),
                Option.of("signingKey", Option.Type.SECRET).describedAs("Signs each request."));
    }

    @Override
    public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        if (makes(Mistake.CALLS_AT_CONNECT)) {
            context.http()
                    .send(HttpCall.get(definition.baseUrl().orElseThrow()))
                    .close();
        }
        if (makes(Mistake.RESOLVES_SECRETS_AT_CONNECT)) {
            definition.options().secret("signingKey").ifPresent(context::secret);
        }
        return new Client(definition, context);
    }

    private final class Client implements ChatClient {

        private final ProviderDefinition definition;
        private final ProviderContext context;
        private final Set<ChatStream> open = ConcurrentHashMap.newKeySet();

        Client(ProviderDefinition definition, ProviderContext context) {
            this.definition = definition;
            this.context = context;
        }

        @Override
        public ChatStream stream(ChatRequest request) {
            if (makes(Mistake.ASKS_CONTEXT_LOADER)) {
                Thread.currentThread().getContextClassLoader().getResource("lines.properties");
            }
            HttpReply reply = send(call(request));
            if (reply.status() == 307 && makes(Mistake.FOLLOWS_REDIRECTS)) {
                reply = send(HttpCall.post(URI.create(reply.header("Location").orElseThrow()), new byte[0]));
            }
            if (reply.status() != 200) {
                throw refusal(reply);
            }
            ChatStream stream = new LineStream(LineDialect.this, reply);
            open.add(stream);
            return stream;
        }

        private HttpReply send(HttpCall call) {
            try {
                return context.http().send(call);
            } catch (ProviderException e) {
                if (makes(Mistake.THROWS_ANYTHING)) {
                    throw new IllegalStateException(e);
                }
                throw e;
            }
        }

        private HttpCall call(ChatRequest request) {
            String body = Stream.concat(
                            request.system().stream(),
                            request.messages().stream().flatMap(message -> message.content().stream()))
                    .map(block -> ((ContentBlock.Text) block).text())
                    .collect(Collectors.joining("\n", request.model() + "\n", ""));
            HttpCall call =
                    HttpCall.post(URI.create(definition.baseUrl().orElseThrow() + "/lines"), body.getBytes(UTF_8));
            if (!makes(Mistake.IGNORES_OPTION)) {
                call = call.header("X-Tone", definition.options().string("tone").orElseThrow());
            }
            return definition
                    .options()
                    .secret("signingKey")
                    .map(this::signature)
                    .map(this.header(call))
                    .orElse(call);
        }

        private java.util.function.Function<String, HttpCall> header(HttpCall call) {
            return signature -> call.header("X-Signature", signature);
        }

        private String signature(dev.patchbay.spi.SecretRef reference) {
            String secret = context.secret(reference).reveal();
            if (makes(Mistake.PRINTS_SECRET)) {
                System.err.println("signing with " + secret);
            }
            return Integer.toString(secret.length());
        }

        private ProviderException refusal(HttpReply reply) {
            try (reply) {
                String text = new String(reply.body().readAllBytes(), UTF_8);
                boolean markup = text.contains("<") && !makes(Mistake.SHOWS_MARKUP);
                String message = markup || text.isBlank() ? "no readable body" : text;
                if (makes(Mistake.SHOWS_SECRET_IN_ERROR)) {
                    message += definition
                            .options()
                            .secret("signingKey")
                            .map(context::secret)
                            .map(s -> s.reveal())
                            .orElse("");
                }
                ProviderException.Kind kind =
                        StatusKinds.EXPECTED.getOrDefault(reply.status(), ProviderException.Kind.SERVER);
                ProviderException.Builder failure = ProviderException.builder(kind, message);
                if (!makes(Mistake.FORGETS_STATUS)) {
                    failure.status(reply.status());
                }
                if (!makes(Mistake.FORGETS_RETRY_AFTER)) {
                    reply.header("Retry-After")
                            .map(Long::valueOf)
                            .map(Duration::ofSeconds)
                            .ifPresent(failure::retryAfter);
                }
                return failure.build();
            } catch (java.io.IOException e) {
                return new ProviderException(ProviderException.Kind.SERVER, "the error broke off");
            }
        }

        @Override
        public void close() {
            if (!makes(Mistake.SHARES_STATE_OF_CLIENT)) {
                open.forEach(ChatStream::close);
            }
        }
    }
}
