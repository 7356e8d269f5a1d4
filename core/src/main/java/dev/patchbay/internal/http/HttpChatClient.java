package dev.patchbay.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.codec.json.Json;
import dev.patchbay.codec.json.JsonSyntaxException;
import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.RequestPreview;
import dev.patchbay.provider.SecretPlaceholders;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Speaks one of the core's own dialects over HTTP: one attempt for each request. */
final class HttpChatClient implements ChatClient {

    private static final int LONGEST_COUNT = 1 << 16;

    /** No such address, method or operation. */
    private static final Set<Integer> CANNOT_COUNT = Set.of(404, 405, 501);

    private final Route route;
    private final Operation operation;
    private final Quirks quirks;
    private final WireDialect dialect;
    private final RouteTransport transport;
    private final UsedSecrets log;

    /**
     * @throws ProviderException of kind {@code NOT_FOUND} if the provider does not offer the dialect's operation
     * @throws dev.patchbay.diagnostic.ConfigurationException if a quirk has a value that it cannot have
     */
    HttpChatClient(Route route, WireDialect dialect, RouteTransport transport, UsedSecrets log) {
        this.route = route;
        this.operation = route.operation().orElseThrow();
        target(true);
        this.quirks = route.quirks();
        this.dialect = dialect;
        this.transport = transport;
        this.log = log;
    }

    /** Sends nothing yet: the first {@link ChatStream#next} does. The model is the route's, whatever the request says. */
    @Override
    public ChatStream stream(ChatRequest request) {
        ChatRequest addressed = addressed(request);
        OperationTarget target = target(addressed.stream());
        SentSecrets secrets = transport.secrets();
        ObjectNode body = body(addressed, secrets);
        HttpCall call = call(target, addressed, body);
        return new HttpChatStream(
                () -> transport.open(call, target, secrets),
                secrets,
                new AnswerReader(dialect, addressed, quirks),
                new ErrorResponses(target, new RefusalAdvice(route, target, body)));
    }

    /** Empty also where an upstream of a dialect that can count cannot. */
    @Override
    public OptionalLong countTokens(ChatRequest request) {
        Optional<OperationTarget> counter =
                dialect.tokenCount().flatMap(Operation::of).flatMap(route::target);
        if (counter.isEmpty()) {
            return OptionalLong.empty();
        }
        ObjectNode body = dialect.encodeTokenCount(addressed(request), quirks);
        DocumentRequest counting =
                DocumentRequest.post(route, counter.get(), Operation.COUNT_TOKENS, body, transport, log);
        try {
            JsonNode count = Json.parse(counting.read(LONGEST_COUNT)).path("input_tokens");
            return count.canConvertToLong() ? OptionalLong.of(count.longValue()) : OptionalLong.empty();
        } catch (JsonSyntaxException noCount) {
            return OptionalLong.empty();
        } catch (ProviderException failure) {
            if (CANNOT_COUNT.contains(failure.status().orElse(0))) {
                return OptionalLong.empty();
            }
            throw failure;
        }
    }

    /** The request as it would be sent, but with a gap in the place of each secret. */
    RequestPreview preview(ChatRequest request, SecretPlaceholders gaps) {
        ChatRequest addressed = addressed(request);
        OperationTarget target = target(addressed.stream());
        Auth auth = target.auth();
        // A plugin's authenticator may sign, print or send what it is given.
        boolean foreign = !auth.isNone() && CredentialHeader.of(auth).isEmpty();
        OperationTarget shown =
                foreign ? new OperationTarget(target.url(), target.origin(), Auth.NONE, target.atBase()) : target;
        Function<SecretValue, Secret> lookup = secret -> Secret.of(secret.outline(gaps));
        HttpCall call = transport
                .prepare(call(target, addressed, body(addressed, lookup)), shown, lookup)
                .call();
        return new RequestPreview(
                call.method(),
                gaps.split(call.uri().toString()),
                call.headers().stream()
                        .map(header -> new RequestPreview.Header(header.getKey(), gaps.split(header.getValue())))
                        .toList(),
                gaps.split(new String(call.body(), StandardCharsets.UTF_8)),
                foreign ? Optional.of(auth.type()) : Optional.empty());
    }

    private OperationTarget target(boolean stream) {
        return route.target(operation, stream).orElseThrow(() -> notOffered(route, operation));
    }

    private ChatRequest addressed(ChatRequest request) {
        return request.toBuilder().model(route.upstreamModel()).build();
    }

    private ObjectNode body(ChatRequest request, Function<SecretValue, Secret> lookup) {
        ObjectNode body = dialect.encode(request, quirks);
        route.applyBodyRules(body, lookup);
        return body;
    }

    private HttpCall call(OperationTarget target, ChatRequest request, ObjectNode body) {
        return RequestPreparation.begin(
                HttpCall.post(target.url(), Json.bytes(body)), route, operation, request.stream(), Map.of());
    }

    static ProviderException notOffered(Route route, Operation operation) {
        return ProviderException.builder(
                        ProviderException.Kind.NOT_FOUND,
                        "provider '" + route.provider() + "' does not offer " + operation.key())
                .help("check endpoints in the provider's file")
                .build();
    }
}
