package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.gateway.SilenceTimer;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the body of a request, which is limited in size and in time. Used on one event loop. */
public final class BodyReader {

    /** A piece of a body has at least this much room, so that a body in tiny pieces takes no more than another. */
    private static final int LEAST_PIECE = 1024;

    private static final int LARGEST_PIECE = 64 * 1024;

    private static final String CONTINUE = "100-continue";

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Optional<ClientConnection> connection;
    private final BufferBudget.Reservation memory;
    private final int most;
    private final Consumer<byte[]> whole;
    private final Consumer<ProviderException> refused;
    private final SilenceTimer silence;
    private final long deadline;
    private List<byte[]> pieces = new ArrayList<>();
    private byte[] last = new byte[0];
    private int free;
    private int announced;
    private int length;
    private boolean over;

    private BodyReader(
            Vertx vertx,
            HttpServerRequest request,
            Optional<ClientConnection> connection,
            BufferBudget.Reservation memory,
            ClientLimits limits,
            Consumer<byte[]> whole,
            Consumer<ProviderException> refused) {
        this.vertx = vertx;
        this.request = request;
        this.connection = connection;
        this.memory = memory;
        this.most = limits.bodyBytes();
        this.whole = whole;
        this.refused = refused;
        this.silence = new SilenceTimer(vertx, limits.bodySilence(), this::late);
        this.deadline = vertx.setTimer(Math.max(1, limits.body().toMillis()), id -> late());
    }

    /**
     * Starts to read.
     *
     * @param memory takes in what is read; keeps the length of the body when that is whole
     * @param connection on which it comes
     * @param whole gets the body
     * @param refused gets the reason why there is none
     */
    public static void read(
            Vertx vertx,
            HttpServerRequest request,
            Optional<ClientConnection> connection,
            BufferBudget.Reservation memory,
            ClientLimits limits,
            Consumer<byte[]> whole,
            Consumer<ProviderException> refused) {
        new BodyReader(vertx, request, connection, memory, limits, whole, refused).start();
    }

    private void start() {
        request.exceptionHandler(ignored -> stop());
        String text = request.getHeader("content-length");
        if (text != null) {
            long bytes = text.length() < 19 ? Long.parseLong(text) : Long.MAX_VALUE;
            if (bytes > most) {
                tooLarge();
                return;
            }
            announced = (int) bytes;
        }
        if (CONTINUE.equalsIgnoreCase(request.getHeader("expect")) && request.version() == HttpVersion.HTTP_1_1) {
            // Not before it is known that the request may come in: whoever waits for it need not send in vain.
            request.response().writeContinue();
        }
        connection.ifPresent(client -> client.readBy(this));
        request.handler(this::piece);
        request.endHandler(ignored -> end());
    }

    /** Memory is short, and others can make better use of it. */
    void starved() {
        refuse(BufferBudget.exhausted());
    }

    /** Bytes that are held for it. */
    long held() {
        return memory.held();
    }

    /** What came is no body that is read. */
    void broken(String why) {
        refuse(400, why);
    }

    private void piece(Buffer bytes) {
        if (over) {
            return;
        }
        silence.touch();
        if (length + (long) bytes.length() > most) {
            tooLarge();
            return;
        }
        for (int from = 0; from < bytes.length(); ) {
            if (free == 0 && !grow()) {
                refuse(BufferBudget.exhausted());
                return;
            }
            int part = Math.min(free, bytes.length() - from);
            bytes.getBytes(from, from + part, last, last.length - free);
            from += part;
            free -= part;
            length += part;
        }
    }

    private boolean grow() {
        // Who has sent so much of it means to send the rest: no second copy is made at the end.
        boolean whole = announced > 0 && length >= announced / 4;
        int size = whole ? announced : Math.min(LARGEST_PIECE, Math.max(LEAST_PIECE, length));
        if (!memory.tryTake(size)) {
            return false;
        }
        if (whole) {
            byte[] body = joined(announced);
            memory.give(memory.held() - announced);
            pieces = new ArrayList<>(List.of(body));
            last = body;
            free = announced - length;
            return true;
        }
        last = new byte[size];
        free = size;
        pieces.add(last);
        return true;
    }

    private void end() {
        if (over) {
            return;
        }
        boolean ready = pieces.size() == 1 && last.length == length;
        if (!ready && !memory.tryTake(length)) {
            refuse(BufferBudget.exhausted());
            return;
        }
        byte[] body = ready ? last : joined(length);
        memory.give(memory.held() - length);
        stop();
        whole.accept(body);
    }

    private byte[] joined(int size) {
        byte[] body = new byte[size];
        int at = 0;
        for (byte[] piece : pieces) {
            int part = Math.min(piece.length, length - at);
            System.arraycopy(piece, 0, body, at, part);
            at += part;
        }
        return body;
    }

    private void tooLarge() {
        refuse(413, "the request is larger than " + most + " bytes, which is the gateway's limit");
    }

    private void late() {
        refuse(408, "the request did not come in time");
    }

    private void refuse(int status, String message) {
        refuse(ProviderException.builder(Kind.INVALID_REQUEST, message)
                .status(status)
                .build());
    }

    /** The rest of the body is thrown away, and the connection is closed a little later. */
    private void refuse(ProviderException why) {
        if (over) {
            return;
        }
        stop();
        memory.give(memory.held());
        request.response().putHeader("connection", "close");
        refused.accept(why);
    }

    private void stop() {
        over = true;
        silence.stop();
        vertx.cancelTimer(deadline);
        connection.ifPresent(client -> client.readBy(null));
        pieces = List.of();
        last = new byte[0];
        free = 0;
    }
}
