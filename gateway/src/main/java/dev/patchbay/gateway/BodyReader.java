package dev.patchbay.gateway;

import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the body of a request, which is limited in size and in time. Used on one event loop. */
final class BodyReader {

    /** For a client to read why it was refused, before the connection ends under what it still sends. */
    private static final long LINGER_MILLIS = 1000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int most;
    private final Consumer<byte[]> whole;
    private final Consumer<ProviderException> refused;
    private final SilenceTimer silence;
    private final Buffer body = Buffer.buffer();
    private boolean over;

    private BodyReader(
            Vertx vertx,
            HttpServerRequest request,
            int most,
            Duration limit,
            Consumer<byte[]> whole,
            Consumer<ProviderException> refused) {
        this.vertx = vertx;
        this.request = request;
        this.most = most;
        this.whole = whole;
        this.refused = refused;
        this.silence = new SilenceTimer(vertx, limit, () -> refuse(408, "the request did not come in time"));
    }

    /**
     * Starts to read.
     *
     * @param most bytes
     * @param limit between two pieces
     * @param whole gets the body
     * @param refused gets the reason why there is none
     */
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            int most,
            Duration limit,
            Consumer<byte[]> whole,
            Consumer<ProviderException> refused) {
        new BodyReader(vertx, request, most, limit, whole, refused).start();
    }

    private void start() {
        request.exceptionHandler(ignored -> stop());
        String announced = request.getHeader("content-length");
        if (announced != null && announced.length() < 19 && Long.parseLong(announced) > most) {
            tooLarge();
            return;
        }
        request.handler(this::piece);
        request.endHandler(ignored -> end());
    }

    private void piece(Buffer bytes) {
        if (over) {
            return;
        }
        silence.touch();
        if (body.length() + (long) bytes.length() > most) {
            tooLarge();
        } else {
            body.appendBuffer(bytes);
        }
    }

    private void end() {
        if (!over) {
            stop();
            whole.accept(body.getBytes());
        }
    }

    private void tooLarge() {
        refuse(413, "the request is larger than " + most + " bytes, which is the gateway's limit");
    }

    /** The rest of the body is thrown away, and the connection is of no use behind it. */
    private void refuse(int status, String message) {
        if (over) {
            return;
        }
        stop();
        request.response().putHeader("connection", "close");
        refused.accept(ProviderException.builder(Kind.INVALID_REQUEST, message)
                .status(status)
                .build());
        vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
    }

    private void stop() {
        over = true;
        silence.stop();
    }
}
