package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.DroppedMembers;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** Clients that ask for the vectors of texts in OpenAI's shape; no other dialect has such an operation, so nothing is translated. */
public final class EmbeddingsClient extends OpenAiClient {

    public EmbeddingsClient() {
        super("embeddings");
    }

    @Override
    public Optional<Operation> operation() {
        return Optional.of(Operation.EMBEDDINGS);
    }

    @Override
    public ClientRequest read(ObjectNode body, DroppedMembers dropped, KeptItems.Of kept) {
        throw new IllegalStateException("a request for vectors is no conversation");
    }

    @Override
    public StreamEnd end(String lastEvents) {
        return StreamEnd.OPEN;
    }

    @Override
    public String failure(ProviderException failure) {
        return "";
    }
}
