package com.example.lines;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.StopReason;
import dev.patchbay.spi.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A dialect in one class, for a protocol of lines.
 *
 * <p>A request is a {@code POST} to {@code <baseUrl>/talk} with the lines {@code model <name>}, {@code system <text>}, and
 * one {@code user <text>} or {@code assistant <text>} for each turn. The answer is {@code say <text>}, as often as there is
 * more text, then perhaps {@code used <tokens in> <tokens out>}, and at the end {@code bye}, or {@code bye length} where it
 * was cut. In a text, a line feed is
 * written as {@code \n} and a backslash as {@code \\}.
 */
final class LineDialect implements Dialect {

    @Override
    public String id() {
        return "lines";
    }

    @Override
    public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        // Nothing else may happen here: the provider is not asked before there is a request.
        String base = definition.baseUrl().orElseThrow().toString();
        return new Client(URI.create(base.replaceAll("/+$", "") + "/talk"), context);
    }

    private static final class Client implements ChatClient {

        private final URI uri;
        private final ProviderContext context;
        private final Set<ChatStream> open = ConcurrentHashMap.newKeySet();

        Client(URI uri, ProviderContext context) {
            this.uri = uri;
            this.context = context;
        }

        @Override
        public ChatStream stream(ChatRequest request) {
            HttpCall call = HttpCall.post(uri, body(request).getBytes(UTF_8)).header("Content-Type", "text/x-lines");
            // The host adds the key, if the provider file has one, and applies time-outs and proxy settings.
            HttpReply reply = context.http().send(call);
            if (reply.status() != 200) {
                throw refusal(reply);
            }
            ChatStream stream = new Stream(reply, open::remove);
            open.add(stream);
            return stream;
        }

        @Override
        public void close() {
            List.copyOf(open).forEach(ChatStream::close);
        }

        private static String body(ChatRequest request) {
            StringBuilder lines = new StringBuilder();
            append(lines, "model", request.model());
            append(lines, "system", text(request.system()));
            for (ChatMessage message : request.messages()) {
                append(lines, message.role().name().toLowerCase(Locale.ROOT), text(message.content()));
            }
            return lines.toString();
        }

        private static void append(StringBuilder lines, String word, String text) {
            if (!text.isEmpty()) {
                lines.append(word).append(' ').append(escape(text)).append('\n');
            }
        }

        /** The protocol knows nothing but text; the host lets nothing else through to a dialect that claims no capability. */
        private static String text(List<ContentBlock> blocks) {
            StringBuilder text = new StringBuilder();
            for (ContentBlock block : blocks) {
                if (block instanceof ContentBlock.Text piece) {
                    text.append(text.isEmpty() ? "" : "\n\n").append(piece.text());
                }
            }
            return text.toString();
        }

        private static ProviderException refusal(HttpReply reply) {
            try (reply) {
                ProviderException.Builder refusal = ProviderException.builder(
                                ProviderException.Kind.ofStatus(reply.status()), message(reply))
                        .status(reply.status());
                reply.header("Retry-After")
                        .filter(seconds -> seconds.matches("\\d{1,9}"))
                        .ifPresent(seconds -> refusal.retryAfter(Duration.ofSeconds(Long.parseLong(seconds))));
                return refusal.build();
            }
        }

        /** The provider's own words, unless they are a page for a browser. */
        private static String message(HttpReply reply) {
            try {
                String text = new String(reply.body().readNBytes(4096), UTF_8).strip();
                if (!text.isEmpty() && !text.startsWith("<")) {
                    return text;
                }
            } catch (IOException e) {
                // The status alone will have to do.
            }
            return "the provider answered with status " + reply.status();
        }
    }

    private static final class Stream implements ChatStream {

        private final HttpReply reply;
        private final Consumer<ChatStream> whenClosed;
        private final BufferedReader lines;
        private final Queue<ChatEvent> events = new ArrayDeque<>();
        private Usage usage = Usage.unknown();
        private boolean textIsOpen;
        private boolean ended;
        private volatile boolean closed;

        Stream(HttpReply reply, Consumer<ChatStream> whenClosed) {
            this.reply = reply;
            this.whenClosed = whenClosed;
            this.lines = new BufferedReader(new InputStreamReader(reply.body(), UTF_8));
            events.add(ChatEvent.started());
        }

        @Override
        public Optional<ChatEvent> next() {
            while (events.isEmpty() && !ended) {
                read(nextLine());
            }
            return Optional.ofNullable(events.poll());
        }

        @Override
        public void close() {
            closed = true;
            reply.close();
            whenClosed.accept(this);
        }

        private String nextLine() {
            try {
                String line = lines.readLine();
                if (line != null) {
                    return line;
                }
            } catch (IOException e) {
                if (closed) {
                    throw new ProviderException(
                            ProviderException.Kind.CANCELLED, "the answer was closed before its end");
                }
            }
            throw new ProviderException(ProviderException.Kind.SERVER, "the answer broke off");
        }

        private void read(String line) {
            String[] words = line.split(" ", 2);
            String rest = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "say" -> say(unescape(rest));
                case "used" -> usage = usage(rest);
                case "bye" -> finish(rest.equals("length") ? StopReason.MAX_TOKENS : StopReason.END_TURN);
                default ->
                    throw new ProviderException(
                            ProviderException.Kind.SERVER, "the provider does not speak this protocol");
            }
        }

        private void say(String text) {
            if (!textIsOpen) {
                textIsOpen = true;
                events.add(ChatEvent.textStarted(0));
            }
            events.add(ChatEvent.textDelta(0, text));
        }

        private static Usage usage(String rest) {
            if (!rest.matches("\\d{1,18} \\d{1,18}")) {
                return Usage.unknown();
            }
            String[] counts = rest.split(" ");
            return Usage.builder()
                    .inputTokens(Long.parseLong(counts[0]))
                    .outputTokens(Long.parseLong(counts[1]))
                    .build();
        }

        private void finish(StopReason reason) {
            ended = true;
            if (textIsOpen) {
                events.add(ChatEvent.blockStopped(0));
            }
            events.add(ChatEvent.finishing(reason, usage));
            events.add(ChatEvent.stopped());
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\r\n", "\n")
                .replace("\n", "\\n")
                .replace("\r", "\\n");
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
