package dev.patchbay.gateway;

import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ProviderException;

/** An answer as one JSON body. */
final class CollectedAnswer implements ClientAnswer {

    private final Exchange client;
    private final ClientRequest request;
    private final AnswerCollector collector = new AnswerCollector();

    CollectedAnswer(Exchange client, ClientRequest request) {
        this.client = client;
        this.request = request;
    }

    @Override
    public void accept(ChatEvent event) {
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
