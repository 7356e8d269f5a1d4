package dev.patchbay.internal.http;

import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.HttpTransport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A transport that tells when a plugin waits for a provider, and when something comes. */
record WatchedTransport(HttpTransport transport, PluginSilence silence) implements HttpTransport {

    @Override
    public HttpReply send(HttpCall call) {
        silence.away();
        try {
            return new Reply(transport.send(call), silence);
        } finally {
            silence.back();
        }
    }

    private record Reply(HttpReply reply, PluginSilence silence) implements HttpReply {

        @Override
        public int status() {
            return reply.status();
        }

        @Override
        public Optional<String> header(String name) {
            return reply.header(name);
        }

        @Override
        public InputStream body() {
            return new Body(reply.body(), silence);
        }

        @Override
        public void close() {
            reply.close();
        }
    }

    private static final class Body extends FilterInputStream {

        private final PluginSilence silence;

        private Body(InputStream body, PluginSilence silence) {
            super(body);
            this.silence = silence;
        }

        @Override
        public int read() throws IOException {
            silence.away();
            try {
                return in.read();
            } finally {
                silence.back();
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            silence.away();
            try {
                return in.read(buffer, offset, length);
            } finally {
                silence.back();
            }
        }
    }
}
