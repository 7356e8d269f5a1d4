package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.codec.UpstreamError;
import dev.patchbay.gateway.HttpService;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** How clients of the service beside the gateway are told of errors; it has no conversations. */
public final class ServiceErrors implements ClientDialect {

    private final HttpService service;

    /** @param service in whose shape they are told */
    public ServiceErrors(HttpService service) {
        this.service = service;
    }

    @Override
    public String id() {
        return "service";
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.empty();
    }

    @Override
    public ClientRequest read(ObjectNode body, DroppedMembers dropped, KeptItems.Of kept) {
        throw new IllegalStateException("the service has no conversations");
    }

    @Override
    public int errorStatus(UpstreamError error) {
        return error.status();
    }

    @Override
    public ObjectNode errorBody(UpstreamError error) {
        return service.error(error.status(), error.message());
    }

    @Override
    public boolean isOwnError(byte[] body) {
        return false;
    }

    @Override
    public String failure(ProviderException failure) {
        return "";
    }

    @Override
    public String ping() {
        return "";
    }

    @Override
    public StreamEnd end(String lastEvents) {
        return StreamEnd.OPEN;
    }
}
