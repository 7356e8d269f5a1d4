package dev.patchbay.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Does for a {@link DialectCodec} what is the same for all of them. */
final class CodecClient implements ChatClient {

    private static final int PIECE = 16 * 1024;
    private static final int LONGEST_FAILURE = 64 * 1024;

    private final DialectCodec codec;
    private final ProviderContext context;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    CodecClient(DialectCodec codec, ProviderContext context) {
        this.codec = codec;
        this.context = context;
    }

    @Override
    public ChatStream stream(ChatRequest request) {
        Map<SecretRef, Secret> secrets = new HashMap<>();
        HttpReply reply = context.http()
                .send(codec.encode(request, reference -> secrets.computeIfAbsent(reference, context::secret)));
        DialectCodec.HttpHead head = head(reply);
        if (reply.status() >= 300) {
            try (reply) {
                throw codec.failure(head, reply.body().readNBytes(LONGEST_FAILURE));
            } catch (IOException e) {
                throw codec.failure(head, new byte[0]);
            }
        }
        Stream stream = new Stream(reply, codec.decoder(request, head));
        open.add(stream);
        return stream;
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(Stream::close);
    }

    private static DialectCodec.HttpHead head(HttpReply reply) {
        return new DialectCodec.HttpHead() {
            @Override
            public int status() {
                return reply.status();
            }

            @Override
            public Optional<String> header(String name) {
                return reply.header(name);
            }
        };
    }

    private final class Stream implements ChatStream {

        private final HttpReply reply;
        private final InputStream body;
        private final DialectCodec.AnswerDecoder decoder;
        private final Queue<ChatEvent> events = new ArrayDeque<>();
        private final byte[] buffer = new byte[PIECE];
        private boolean ended;
        private volatile boolean closed;

        Stream(HttpReply reply, DialectCodec.AnswerDecoder decoder) {
            this.reply = reply;
            this.body = reply.body();
            this.decoder = decoder;
        }

        @Override
        public Optional<ChatEvent> next() {
            while (events.isEmpty() && !ended) {
                int count = read();
                ended = count < 0;
                events.addAll(ended ? decoder.end() : decoder.decode(Arrays.copyOf(buffer, count)));
                // Nothing of an answer follows its end, whatever the connection says.
                ended |= events.stream().anyMatch(ChatEvent.Stopped.class::isInstance);
            }
            return Optional.ofNullable(events.poll());
        }

        private int read() {
            try {
                int count = body.read(buffer);
                return count == 0 ? read() : count;
            } catch (IOException e) {
                ProviderException.Kind kind = closed ? ProviderException.Kind.CANCELLED : ProviderException.Kind.SERVER;
                String message = closed ? "the answer was closed before its end" : "the answer broke off";
                throw ProviderException.builder(kind, message).cause(e).build();
            }
        }

        @Override
        public void close() {
            closed = true;
            open.remove(this);
            reply.close();
        }
    }
}
