package com.example.modular;

import com.sun.net.httpserver.HttpExchange;
import dev.patchbay.client.ModelStream;
import dev.patchbay.spi.ChatEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One answer on its way to a browser. The JDK's server notices that a browser left when it writes: hence the comments. */
final class BrowserAnswer {

    private static final ScheduledExecutorService HEARTBEATS = Executors.newSingleThreadScheduledExecutor();

    private final OutputStream browser;

    private BrowserAnswer(OutputStream browser) {
        this.browser = browser;
    }

    static BrowserAnswer of(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return new BrowserAnswer(exchange.getResponseBody());
    }

    void pass(ModelStream answer) throws IOException {
        var heartbeat =
                HEARTBEATS.scheduleWithFixedDelay(() -> write(":\n\n", answer), 500, 500, TimeUnit.MILLISECONDS);
        try (browser;
                answer) {
            for (Optional<ChatEvent> event = answer.next(); event.isPresent(); event = answer.next()) {
                if (event.get() instanceof ChatEvent.TextDelta delta) {
                    write("data:" + delta.text() + "\n\n", answer);
                }
            }
        } finally {
            heartbeat.cancel(false);
        }
    }

    private synchronized void write(String text, ModelStream answer) {
        try {
            browser.write(text.getBytes(StandardCharsets.UTF_8));
            browser.flush();
        } catch (IOException gone) {
            answer.close();
        }
    }
}
