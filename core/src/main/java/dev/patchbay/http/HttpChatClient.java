package dev.patchbay.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Quirks;
import dev.patchbay.codec.WireDialect;
import dev.patchbay.json.Json;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Gaps;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import dev.patchbay.route.CredentialHeader;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Speaks one of the core's own dialects over HTTP: one attempt for each request. */
final class HttpChatClient implements ChatClient {

    private final Route route;
    private final Operation operation;
    private final Target target;
    private final Quirks quirks;
    private final WireDialect dialect;
    private final RouteTransport transport;

    /**
     * @throws ProviderException of kind {@code NOT_FOUND} if the provider does not offer the dialect's operation
     * @throws dev.patchbay.diagnostic.ConfigurationException if a quirk has a value that it cannot have
     */
    HttpChatClient(Route route, Operation operation, WireDialect dialect, RouteTransport transport) {
        this.route = route;
        this.operation = operation;
        this.target = route.target(operation).orElseThrow(() -> notOffered(route, operation));
        this.quirks = route.quirks();
        this.dialect = dialect;
        this.transport = transport;
    }

    /** Sends nothing yet: the first {@link ChatStream#next} does. The model is the route's, whatever the request says. */
    @Override
    public ChatStream stream(ChatRequest request) {
        ChatRequest addressed = addressed(request);
        ObjectNode body = body(addressed);
        HttpCall call = call(addressed, body);
        SentSecrets secrets = transport.secrets();
        return new HttpChatStream(
                () -> transport.open(call, target, secrets),
                secrets,
                new AnswerReader(dialect, addressed, quirks),
                new Refusals(target, new Advice(route, target, body)));
    }

    /** The request as it would be sent, but with a gap in the place of each secret. */
    RequestPreview preview(ChatRequest request, Gaps gaps) {
        ChatRequest addressed = addressed(request);
        Auth auth = target.auth();
        // A plugin's authenticator may sign, print or send what it is given.
        boolean foreign = !auth.isNone() && CredentialHeader.of(auth).isEmpty();
        Target shown = foreign ? new Target(target.url(), target.origin(), Auth.NONE, target.atBase()) : target;
        HttpCall call = transport
                .prepare(call(addressed, body(addressed)), shown, secret -> Secret.of(secret.outline(gaps)))
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

    private ChatRequest addressed(ChatRequest request) {
        return request.toBuilder().model(route.upstreamModel()).build();
    }

    private ObjectNode body(ChatRequest request) {
        ObjectNode body = dialect.encode(request, quirks);
        route.applyBodyRules(body);
        return body;
    }

    private HttpCall call(ChatRequest request, ObjectNode body) {
        HttpCall call = HttpCall.post(target.url(), Json.bytes(body));
        for (Map.Entry<String, Value> header :
                route.headers(operation, request.stream()).entrySet()) {
            if (header.getValue() instanceof Value.Plain plain) {
                call = call.header(header.getKey(), plain.text());
            }
        }
        return call;
    }

    private static ProviderException notOffered(Route route, Operation operation) {
        return ProviderException.builder(
                        ProviderException.Kind.NOT_FOUND,
                        "provider '" + route.provider() + "' does not offer " + operation.key())
                .help("check endpoints in the provider's file")
                .build();
    }
}
