package dev.patchbay.daemon.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A subscriber as a process of its own: prints how long each piece of a conversation took from its writing until all of it was read, in microseconds. */
final class EventDelayReader {

    private static final String PIECE = "\"type\":\"conversation_updated\"";
    private static final String TIMESTAMP = "\"timestamp\":\"";

    private EventDelayReader() {}

    /** @param arguments the port, and the token */
    public static void main(String[] arguments) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(arguments[0]))) {
            socket.getOutputStream()
                    .write(("GET /api/v1/stream/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + arguments[1] + "\r\n\r\n")
                            .getBytes(US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1), 1 << 17);
            Optional<Instant> written = Optional.empty();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("HTTP/1.1 200")) {
                    print("listens");
                } else if (line.contains(PIECE)) {
                    int from = line.indexOf(TIMESTAMP) + TIMESTAMP.length();
                    written = Optional.of(Instant.parse(line.substring(from, line.indexOf('"', from))));
                } else if (line.isEmpty() && written.isPresent()) {
                    // Now the event is whole.
                    print(String.valueOf(
                            Duration.between(written.get(), Instant.now()).toNanos() / 1_000));
                    written = Optional.empty();
                }
            }
        }
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
