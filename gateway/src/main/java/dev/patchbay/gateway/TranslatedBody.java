package dev.patchbay.gateway;

import dev.patchbay.codec.Bodies;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** Translates an answer that comes as one JSON body. */
final class TranslatedBody implements BodySink {

    private static final int MOST_BYTES = 256 << 20;

    /** What is longer is not read on the event loop. */
    private static final int SHORT = 256 * 1024;

    private final Vertx vertx;
    private final Plan.Translated plan;
    private final ClientAnswer answer;
    private final Buffer body = Buffer.buffer();

    TranslatedBody(Vertx vertx, Plan.Translated plan, ClientAnswer answer) {
        this.vertx = vertx;
        this.plan = plan;
        this.answer = answer;
    }

    @Override
    public void data(Buffer bytes) {
        if (body.length() < MOST_BYTES) {
            body.appendBuffer(bytes);
        }
    }

    @Override
    public void end() {
        byte[] bytes = body.getBytes();
        if (bytes.length > MOST_BYTES) {
            answer.failed(Bodies.unusable("upstream answered with more than " + (MOST_BYTES >> 20) + " MiB"));
        } else if (bytes.length <= SHORT) {
            translate(bytes);
        } else {
            vertx.executeBlocking(
                            () -> {
                                plan.wire().decode(plan.request(), plan.quirks(), bytes, answer);
                                return true;
                            },
                            false)
                    .onComplete(done -> {
                        if (done.succeeded()) {
                            answer.complete();
                        } else {
                            answer.failed(Failures.of(done.cause()));
                        }
                    });
        }
    }

    @Override
    public void failed(ProviderException failure) {
        answer.failed(failure);
    }

    private void translate(byte[] bytes) {
        try {
            plan.wire().decode(plan.request(), plan.quirks(), bytes, answer);
        } catch (ProviderException failure) {
            answer.failed(failure);
            return;
        }
        answer.complete();
    }
}
