package dev.patchbay.internal.gateway.answer;

import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.internal.gateway.client.ClientRequest;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;

/** An answer as one JSON body. */
final class CollectedAnswer implements ClientAnswer {

    private final ClientExchange client;
    private final ClientRequest request;
    private final AnswerCollector collector = new AnswerCollector();
    private final HeldAnswer held;

    CollectedAnswer(ClientExchange client, ClientRequest request) {
        this.client = client;
        this.request = request;
        this.held = new HeldAnswer(client.memory());
    }

    @Override
    public void accept(ChatEvent event) {
        held.add(event);
        collector.accept(event);
    }

    /** Nothing is sent before all is there. */
    @Override
    public void flush() {}

    @Override
    public void complete() {
        client.json(200, request.write(collector));
    }

    @Override
    public void failed(ProviderException failure) {
        client.fail(failure);
    }

    @Override
    public void stop() {}
}
