package dev.patchbay.http;

import dev.patchbay.spi.HttpReply;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** An answer of the JDK's client. */
final class Reply implements HttpReply {

    private final int status;
    private final HttpHeaders headers;
    private final InputStream body;
    private final Deadlines deadlines;
    private final Runnable end;

    Reply(int status, HttpHeaders headers, InputStream body, Deadlines deadlines, Runnable end) {
        this.status = status;
        this.headers = headers;
        this.body = ContentDecoding.of(headers.firstValue("content-encoding").orElse(""), body);
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

    Deadlines deadlines() {
        return deadlines;
    }

    @Override
    public void close() {
        end.run();
    }
}
