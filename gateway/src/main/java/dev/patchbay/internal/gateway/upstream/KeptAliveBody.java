package dev.patchbay.internal.gateway.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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

    /** So far the begin of the last line is looked for, since a line may be as long as an answer. */
    private static final int LOOKED_BACK = 1024;

    private static final String DATA = "data:";
    private static final String PING = "{\"type\":\"ping\"";

    private final BodySink next;
    private final SilenceTimer timer;
    private final StringBuilder line = new StringBuilder(BEGIN);

    /** Whether the line that goes on says something. */
    private boolean telling;

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
        next.end();
    }

    @Override
    public void failed(ProviderException failure) {
        next.failed(failure);
    }

    /** Ends the timer, with the exchange. Idempotent. */
    public void stop() {
        timer.stop();
    }

    /** Mostly the first line does, and what follows it is passed over. */
    private boolean saysSomething(Buffer bytes) {
        if (telling) {
            passOver(bytes);
            return true;
        }
        int length = bytes.length();
        for (int i = 0; i < length; i++) {
            byte b = bytes.getByte(i);
            boolean lineEnd = isLineEnd(b);
            boolean known = line.length() == BEGIN;
            if (!lineEnd && !known) {
                line.append((char) (b & 0xff));
            }
            if (!known
                    && (lineEnd || line.length() == BEGIN)
                    && tells(line.toString().strip())) {
                passOver(bytes);
                return true;
            }
            if (lineEnd) {
                line.setLength(0);
            }
        }
        return false;
    }

    /** Finds the line that is not at its end yet; without one in sight the same goes on. */
    private void passOver(Buffer bytes) {
        int length = bytes.length();
        int least = Math.max(0, length - LOOKED_BACK);
        byte[] end = bytes.getBytes(Math.max(0, least - 1), length);
        int before = length - end.length;
        int start = end.length;
        int first = least - before;
        while (start > first && !isLineEnd(end[start - 1])) {
            start--;
        }
        telling = start == first && (start == 0 || !isLineEnd(end[start - 1]));
        line.setLength(0);
        line.append(new String(end, start, Math.min(BEGIN, end.length - start), ISO_8859_1));
        telling = telling || (line.length() == BEGIN && tells(line.toString().strip()));
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    private static boolean tells(String line) {
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
