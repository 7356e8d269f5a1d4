package dev.patchbay.internal.http;

import dev.patchbay.spi.HttpReply;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** An answer that began. */
final class UpstreamReply implements HttpReply {

    private final int status;
    private final HttpHeaders headers;
    private final InputStream body;
    private final ExchangeTimeouts deadlines;
    private final Runnable end;

    UpstreamReply(AnswerHead head, ExchangeTimeouts deadlines, Runnable end) {
        this.status = head.status();
        this.headers = head.headers();
        this.body = ContentDecoding.of(
                headers.allValues("content-encoding"), headers.allValues("transfer-encoding"), head.body());
        this.deadlines = deadlines;
        this.end = end;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    @Override
    public InputStream body() {
        return body;
    }

    /** Allows the rest of the body only so much time. */
    void endWithin(Duration limit) {
        deadlines.endWithin(limit);
    }

    ExchangeTimeouts deadlines() {
        return deadlines;
    }

    @Override
    public void close() {
        end.run();
    }
}
