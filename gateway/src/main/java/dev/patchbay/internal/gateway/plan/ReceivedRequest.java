package dev.patchbay.internal.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.gateway.ModelRouting;
import dev.patchbay.internal.gateway.client.ClientDialect;
import dev.patchbay.registry.RegistrySnapshot;
import io.vertx.core.MultiMap;
import java.util.List;

/** What a client asks, whole and unread. */
public final class ReceivedRequest {

    /** Of Anthropic Messages the first, of OpenAI Responses the others. */
    private static final List<String> HOLDERS = List.of("thread", "previous_response_id", "conversation");

    private final ClientDialect dialect;
    private final RegistrySnapshot registry;
    private final ModelRouting routing;
    private final MultiMap headers;
    private final String query;
    private final byte[] body;

    /**
     * @param registry of the moment: the request keeps it to its end, fallbacks included
     * @param routing of the address where it came in
     * @param headers the client's; the credentials among them go nowhere
     * @param query of the request's target, without the question mark; may be empty
     */
    public ReceivedRequest(
            ClientDialect dialect,
            RegistrySnapshot registry,
            ModelRouting routing,
            MultiMap headers,
            String query,
            byte[] body) {
        this.dialect = dialect;
        this.registry = registry;
        this.routing = routing;
        this.headers = headers;
        this.query = query;
        this.body = body;
    }

    ClientDialect dialect() {
        return dialect;
    }

    public RegistrySnapshot registry() {
        return registry;
    }

    ModelRouting routing() {
        return routing;
    }

    MultiMap headers() {
        return headers;
    }

    String query() {
        return query;
    }

    /** Tells clients apart: what one was answered is no other's business. Not to be kept as it is. */
    String credential() {
        String credential = headers.get("authorization");
        return String.valueOf(credential == null ? headers.get("x-api-key") : credential);
    }

    /**
     * Whether the conversation lies with the upstream, and only what is new of it in the request: another one would answer without
     * the rest (dialects.md, M6a). Reads the whole body.
     */
    boolean isHeldUpstream() {
        ObjectNode request = Bodies.request(body);
        return HOLDERS.stream().anyMatch(request::hasNonNull);
    }

    /** Not a copy. */
    public byte[] body() {
        return body;
    }
}
