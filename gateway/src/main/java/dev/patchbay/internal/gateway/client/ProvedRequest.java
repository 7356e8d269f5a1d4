package dev.patchbay.internal.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.codec.StreamEncoder;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;

/** A client's request whose history has its proofs of thinking again, and whose answer leaves its own (dialects.md, 1.10). */
public final class ProvedRequest implements ClientRequest {

    private final ClientRequest client;
    private final KeptProofs proofs;
    private final ChatRequest request;

    public ProvedRequest(ClientRequest client, KeptProofs proofs) {
        this.client = client;
        this.proofs = proofs;
        this.request = proofs.restored(client.request());
    }

    @Override
    public ChatRequest request() {
        return request;
    }

    @Override
    public ObjectNode write(AnswerCollector answer) {
        proofs.keep(answer.content());
        return client.write(answer);
    }

    @Override
    public StreamEncoder encoder() {
        return new KeepingEncoder(client.encoder(), proofs);
    }

    /** Collects thinking and calls, but not the text, which proves nothing. */
    private static final class KeepingEncoder implements StreamEncoder {

        private final StreamEncoder encoder;
        private final KeptProofs proofs;
        private final AnswerCollector collected = new AnswerCollector();
        private boolean collects;

        private KeepingEncoder(StreamEncoder encoder, KeptProofs proofs) {
            this.encoder = encoder;
            this.proofs = proofs;
        }

        @Override
        public String encode(ChatEvent event) {
            if (event instanceof ChatEvent.BlockStarted start) {
                collects = start.block() instanceof ContentBlock.ToolUse
                        || start.block() instanceof ContentBlock.Thinking
                        || start.block() instanceof ContentBlock.RedactedThinking;
            }
            if (collects) {
                collected.accept(event);
                collects = !(event instanceof ChatEvent.BlockStopped);
            } else if (event instanceof ChatEvent.Stopped) {
                proofs.keep(collected.content());
            }
            return encoder.encode(event);
        }

        @Override
        public String fail(ProviderException failure) {
            return encoder.fail(failure);
        }
    }
}
