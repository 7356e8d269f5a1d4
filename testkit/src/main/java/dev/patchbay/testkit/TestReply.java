package dev.patchbay.testkit;

import dev.patchbay.spi.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** An answer that {@link TestTransport} received. */
final class TestReply implements HttpReply {

    private final HttpResponse<InputStream> response;
    private final InputStream body;

    TestReply(HttpResponse<InputStream> response) throws IOException {
        this.response = response;
        boolean gzip =
                header("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent();
        this.body = gzip ? new GZIPInputStream(response.body()) : response.body();
    }

    @Override
    public int status() {
        return response.statusCode();
    }

    @Override
    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
