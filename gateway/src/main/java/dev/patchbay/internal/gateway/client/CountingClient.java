package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.Bodies;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.codec.messages.TokenCounts;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** Clients that ask how many tokens a Messages request has (dialects.md, C1). */
public final class CountingClient implements ClientDialect {

    private final MessagesClient messages = new MessagesClient();

    /** The estimate, for upstreams that cannot count. */
    public static ObjectNode count(byte[] body) {
        return TokenCounts.answer(Bodies.request(body));
    }

    /** Whether a status says that the upstream has no such operation. */
    public static boolean isUnknownThere(int status) {
        return status == 404 || status == 405 || status == 501;
    }

    @Override
    public String id() {
        return "count_tokens";
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.COUNT_TOKENS);
    }

    @Override
    public ClientRequest read(ObjectNode body, DroppedMembers dropped, KeptItems.Of kept) {
        return messages.read(body, dropped, kept);
    }

    @Override
    public int errorStatus(UpstreamError error) {
        return messages.errorStatus(error);
    }

    @Override
    public ObjectNode errorBody(UpstreamError error) {
        return messages.errorBody(error);
    }

    @Override
    public boolean isOwnError(byte[] body) {
        return messages.isOwnError(body);
    }

    @Override
    public String failure(ProviderException failure) {
        return messages.failure(failure);
    }

    @Override
    public String ping() {
        return "";
    }

    @Override
    public StreamEnd end(String lastEvents) {
        return messages.end(lastEvents);
    }

    @Override
    public boolean mayBeMark(String lastCharacters) {
        return messages.mayBeMark(lastCharacters);
    }

    @Override
    public String mark(boolean ended) {
        return messages.mark(ended);
    }
}
