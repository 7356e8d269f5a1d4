package dev.patchbay.internal.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.codec.sse.SseData;
import dev.patchbay.internal.gateway.SilenceTimer;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * Limits how long an upstream may keep an answer open without saying anything: with comments, pings, or blanks. Each of these is a
 * piece of the answer, so the time-out between two pieces does not see it. Used on one event loop.
 */
public final class KeptAliveBody implements BodySink {

    /** The begin of a line that tells what it is; the longest that says nothing is a ping of Messages. */
    private static final int BEGIN = 32;

    private static final String DATA = "data:";
    private static final String PING = "{\"type\":\"ping\"";

    private final BodySink next;
    private final SilenceTimer timer;
    private final StringBuilder line = new StringBuilder(BEGIN);

    /** @param lasting is run where nothing else has come for so long, again and again until this is stopped */
    public KeptAliveBody(Vertx vertx, Duration limit, BodySink next, Runnable lasting) {
        this.next = next;
        this.timer = new SilenceTimer(vertx, limit, lasting);
    }

    @Override
    public void data(Buffer bytes) {
        if (saysSomething(bytes)) {
            timer.touch();
        }
        next.data(bytes);
    }

    @Override
    public void end() {
        stop();
        next.end();
    }

    @Override
    public void failed(ProviderException failure) {
        stop();
        next.failed(failure);
    }

    /** Ends the timer. Idempotent. */
    public void stop() {
        timer.stop();
    }

    /** Mostly the first line does, and what follows it is passed over. */
    private boolean saysSomething(Buffer bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            byte b = bytes.getByte(i);
            boolean lineEnd = b == '\n' || b == '\r';
            if (!lineEnd && line.length() < BEGIN) {
                line.append((char) (b & 0xff));
            }
            if ((lineEnd || line.length() == BEGIN)
                    && saysSomething(line.toString().strip())) {
                begin(bytes, i);
                return true;
            }
            if (lineEnd) {
                line.setLength(0);
            }
        }
        return false;
    }

    /** The line that is not at its end yet. */
    private void begin(Buffer bytes, int from) {
        int start = bytes.length();
        while (start > from && bytes.getByte(start - 1) != '\n' && bytes.getByte(start - 1) != '\r') {
            start--;
        }
        if (start > from) {
            line.setLength(0);
            line.append(bytes.getString(start, Math.min(bytes.length(), start + BEGIN), "ISO-8859-1"));
        }
    }

    private static boolean saysSomething(String line) {
        if (line.isEmpty() || line.startsWith(":") || line.startsWith("event:") || line.startsWith("id:")) {
            return false;
        }
        if (!line.startsWith(DATA)) {
            return true;
        }
        String data = line.substring(DATA.length());
        byte[] bytes = data.getBytes(UTF_8);
        return !SseData.isKeepAlive("", bytes, bytes.length)
                && !data.replace(" ", "").startsWith(PING);
    }
}
