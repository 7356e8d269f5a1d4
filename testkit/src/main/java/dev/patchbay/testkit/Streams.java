package dev.patchbay.testkit;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the contract does with streams. */
final class Streams {

    private Streams() {}

    /**
     * Pulls up to the next text and returns it.
     *
     * @throws AssertionError if it does not come in time
     */
    static String firstText(ChatStream stream, Duration patience) {
        CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> firstText(stream));
        try {
            return text.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no text within " + patience + ", although the provider sent one", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the stream failed before its first text", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a text", e);
        }
    }

    private static String firstText(ChatStream stream) {
        for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
            if (event.get() instanceof ChatEvent.TextDelta delta) {
                return delta.text();
            }
        }
        throw new AssertionError("the stream ended without a text");
    }

    /** Pulls to the end, whichever that is. */
    static Optional<ChatEvent> drain(ChatStream stream) {
        Optional<ChatEvent> event = stream.next();
        while (event.isPresent()) {
            event = stream.next();
        }
        return event;
    }

    /** The exception that an exchange ends with, at the request or at a pull. */
    static ProviderException failure(ChatClient client, ChatRequest request) {
        try (ChatStream stream = client.stream(request)) {
            drain(stream);
        } catch (ProviderException e) {
            return e;
        }
        throw new AssertionError("the exchange should have failed with a ProviderException");
    }

    /** Passes no failure and a {@link ProviderException}. */
    static boolean onlyProviderException(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause == null || cause instanceof ProviderException) {
            return true;
        }
        throw new AssertionError("a ProviderException or an end was expected", cause);
    }
}
