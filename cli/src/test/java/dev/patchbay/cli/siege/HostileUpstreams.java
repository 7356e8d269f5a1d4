package dev.patchbay.cli.siege;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.HostileAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Upstreams that answer without end, at once with far too much, in crumbs, or wrongly packed; each is asked again and again. */
final class HostileUpstreams implements AutoCloseable {

    private static final List<HostileAnswer> ANSWERS = List.of(
            HostileAnswer.ENDLESS_LINE,
            HostileAnswer.ENDLESS_EVENT,
            HostileAnswer.ENDLESS_COMMENTS,
            HostileAnswer.ENDLESS_JSON,
            HostileAnswer.ENDLESS_HEAD,
            HostileAnswer.ENDLESS_INFORMATION,
            HostileAnswer.ERROR_WITHOUT_END,
            HostileAnswer.GZIP_BOMB_AS_JSON,
            HostileAnswer.GZIP_BOMB_AS_EVENT,
            HostileAnswer.EVENT_OF_17_MIB,
            HostileAnswer.EVENTS_BYTE_BY_BYTE,
            HostileAnswer.ENDLESS_EMPTY_EVENTS,
            HostileAnswer.GZIP_THAT_IS_NONE,
            HostileAnswer.GZIP_EVENTS_CUT,
            HostileAnswer.PACKED_TWICE,
            HostileAnswer.CHUNK_OF_EXABYTES);

    /** Some answers come to no end of their own. */
    private static final int LONGEST_ANSWER = 2000;

    /** How much of an answer a client takes before it leaves. */
    private static final int MOST_READ = 32 << 20;

    private final List<FakeProvider> upstreams = new ArrayList<>();

    HostileUpstreams() {
        for (HostileAnswer answer : ANSWERS) {
            FakeProvider upstream = FakeProvider.start();
            upstream.answer(answer.answer());
            upstreams.add(upstream);
        }
    }

    /** Definitions of them, for a provider file. */
    String definitions() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < upstreams.size(); i++) {
            yaml.append("  ")
                    .append(id(ANSWERS.get(i)))
                    .append(": {baseUrl: \"")
                    .append(upstreams.get(i).baseUrl("/v1"));
            yaml.append("\", defaultModel: m}\n");
        }
        return yaml.toString();
    }

    private static String id(HostileAnswer answer) {
        return answer.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A client of each, all at once. */
    Attack attack(int port, String token) {
        return new Clients(port, token);
    }

    @Override
    public void close() {
        upstreams.forEach(FakeProvider::close);
    }

    /** One thread for each upstream, which asks in one dialect and then in the other. */
    private static final class Clients implements Attack {

        private final int port;
        private final String token;
        private final List<Thread> threads = new ArrayList<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicInteger asked = new AtomicInteger();

        Clients(int port, String token) {
            this.port = port;
            this.token = token;
            for (HostileAnswer answer : ANSWERS) {
                Client client = new Client(id(answer));
                Thread thread = new Thread(client, "client-of-" + id(answer));
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }

        @Override
        public void goOn() {}

        @Override
        public void close() {
            over.countDown();
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        @Override
        public String toString() {
            return asked + " questions to " + ANSWERS.size() + " hostile upstreams";
        }

        /** Until the attack is over. */
        private final class Client implements Runnable {

            private final String provider;

            Client(String provider) {
                this.provider = provider;
            }

            @Override
            public void run() {
                for (int i = 0; over.getCount() > 0; i++) {
                    ask(i % 2 == 0 ? "/v1/chat/completions" : "/v1/messages");
                    asked.incrementAndGet();
                }
            }

            private void ask(String path) {
                String body = "{\"model\":\"" + provider + "/m\",\"stream\":true,\"max_tokens\":9,"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setSoTimeout(LONGEST_ANSWER);
                    socket.getOutputStream()
                            .write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nx-api-key: "
                                            + token
                                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                            + "\r\n\r\n" + body)
                                    .getBytes(UTF_8));
                    InputStream in = socket.getInputStream();
                    byte[] buffer = new byte[64 << 10];
                    long end = System.nanoTime() + LONGEST_ANSWER * 1_000_000L;
                    int read = 0;
                    for (int got = 0; got >= 0 && read < MOST_READ && System.nanoTime() < end; got = in.read(buffer)) {
                        read += got;
                    }
                } catch (IOException brokenOff) {
                    // As it may be.
                }
            }
        }
    }
}
