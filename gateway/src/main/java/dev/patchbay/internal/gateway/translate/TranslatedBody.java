package dev.patchbay.internal.gateway.translate;

import dev.patchbay.codec.Bodies;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.JsonWeight;
import dev.patchbay.internal.gateway.answer.ClientAnswer;
import dev.patchbay.internal.gateway.plan.Plan;
import dev.patchbay.internal.gateway.upstream.BodySink;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** Translates an answer that comes as one JSON body. */
public final class TranslatedBody implements BodySink {

    /** As it is held whole; 16 MiB, as an event. */
    private static final int MOST_BYTES = 16 << 20;

    /** What is longer is not read on the event loop. */
    private static final int SHORT = 256 * 1024;

    private final Vertx vertx;
    private final Plan.Translated plan;
    private final ClientAnswer answer;
    private final Runnable unwanted;
    private final BufferBudget.Reservation memory;
    private Buffer body = Buffer.buffer();
    private boolean over;

    /**
     * @param unwanted told when nothing that may still come has a meaning
     * @param memory where what is held is taken from; whoever owns it gives it back
     */
    public TranslatedBody(
            Vertx vertx,
            Plan.Translated plan,
            ClientAnswer answer,
            Runnable unwanted,
            BufferBudget.Reservation memory) {
        this.vertx = vertx;
        this.plan = plan;
        this.answer = answer;
        this.unwanted = unwanted;
        this.memory = memory;
    }

    @Override
    public void data(Buffer bytes) {
        if (over) {
            return;
        }
        if (body.length() + bytes.length() > MOST_BYTES) {
            failed(Bodies.unusable("upstream answered with more than " + (MOST_BYTES >> 20) + " MiB"));
            unwanted.run();
        } else if (!memory.tryTake(bytes.length() + JsonWeight.of(bytes.getBytes()))) {
            failed(BufferBudget.exhausted());
            unwanted.run();
        } else {
            body.appendBuffer(bytes);
        }
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        over = true;
        byte[] bytes = body.getBytes();
        body = Buffer.buffer(0);
        if (bytes.length <= SHORT) {
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
                            answer.refused(GatewayFailures.of(done.cause()));
                        }
                    });
        }
    }

    @Override
    public void failed(ProviderException failure) {
        if (!over) {
            over = true;
            body = Buffer.buffer(0);
            answer.failed(failure);
        }
    }

    private void translate(byte[] bytes) {
        try {
            plan.wire().decode(plan.request(), plan.quirks(), bytes, answer);
        } catch (ProviderException failure) {
            answer.refused(failure);
            return;
        }
        answer.complete();
    }
}
