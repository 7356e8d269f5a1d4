package dev.patchbay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses pieces; each can be decompressed as soon as it has arrived. */
final class GzipSink implements Sink {

    private final Sink next;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;

    private GzipSink(Sink next) throws IOException {
        this.next = next;
        this.gzip = new GZIPOutputStream(compressed, true);
    }

    static void compress(Sink.Body body, Sink next) throws IOException {
        GzipSink sink = new GzipSink(next);
        body.writeTo(sink);
        sink.gzip.finish();
        sink.pass();
    }

    @Override
    public void piece(byte[] bytes) throws IOException {
        gzip.write(bytes);
        gzip.flush();
        pass();
    }

    private void pass() throws IOException {
        byte[] bytes = compressed.toByteArray();
        compressed.reset();
        next.piece(bytes);
    }
}
