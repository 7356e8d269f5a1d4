package dev.patchbay.internal.gateway.answer;

import dev.patchbay.internal.gateway.client.MessagesClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;

/** Notes what an answer took while it is given to the client: tokens, and when its first piece came. */
final class MeteredAnswer implements ClientAnswer {

    private final ClientExchange client;
    private final boolean stream;
    private final ClientAnswer answer;

    MeteredAnswer(ClientExchange client, boolean stream, ClientAnswer answer) {
        this.client = client;
        this.stream = stream;
        this.answer = answer;
    }

    @Override
    public void accept(ChatEvent event) {
        if (event instanceof ChatEvent.BlockStarted started && started.block() instanceof ContentBlock.Other other) {
            noteUntold(other.type());
        }
        if (event instanceof ChatEvent.Started started) {
            client.used(started.usage());
        } else if (event instanceof ChatEvent.Finishing finishing) {
            client.used(finishing.usage());
        } else if (stream) {
            client.answering();
        }
        answer.accept(event);
    }

    /** Only Messages has a place for every block; of tools that ran at the provider the text around them tells (VR1). */
    private void noteUntold(String type) {
        boolean ofTool = type.endsWith("tool_use") || type.endsWith("_tool_result");
        if (!ofTool && !(client.dialect() instanceof MessagesClient)) {
            DroppedHeader.warn("a block of the type '" + type + "' in an answer is left out for clients of "
                    + client.dialect().id());
        }
    }

    @Override
    public void flush() {
        answer.flush();
    }

    @Override
    public void complete() {
        answer.complete();
    }

    @Override
    public void failed(ProviderException failure) {
        answer.failed(failure);
    }

    @Override
    public void refused(ProviderException failure) {
        client.quotes();
        answer.failed(failure);
    }

    @Override
    public void stop() {
        answer.stop();
    }
}
