package dev.patchbay.gateway;

import dev.patchbay.codec.StreamDecoder;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.buffer.Buffer;

/** Translates an upstream's event stream as it comes. */
final class TranslatedEvents implements BodySink {

    private final StreamDecoder decoder;
    private final ClientAnswer answer;
    private final Runnable ended;
    private boolean over;

    /**
     * @param decoder gives its events to {@code answer}
     * @param ended told when nothing that may still come has a meaning
     */
    TranslatedEvents(StreamDecoder decoder, ClientAnswer answer, Runnable ended) {
        this.decoder = decoder;
        this.answer = answer;
        this.ended = ended;
    }

    @Override
    public void data(Buffer bytes) {
        if (!over) {
            attempt(() -> decoder.feed(bytes.getBytes()));
        }
    }

    @Override
    public void end() {
        if (!over) {
            attempt(() -> decoder.end(true));
        }
    }

    /** A stream whose finish was seen is complete, though its connection broke (dialects.md, S11). */
    @Override
    public void failed(ProviderException failure) {
        if (over) {
            return;
        }
        try {
            decoder.end(false);
            over = true;
            answer.complete();
        } catch (ProviderException incomplete) {
            fail(failure);
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (ProviderException failure) {
            fail(failure);
            return;
        }
        if (decoder.isDone()) {
            over = true;
            answer.complete();
            ended.run();
        } else {
            answer.flush();
        }
    }

    private void fail(ProviderException failure) {
        over = true;
        answer.failed(failure);
        ended.run();
    }
}
