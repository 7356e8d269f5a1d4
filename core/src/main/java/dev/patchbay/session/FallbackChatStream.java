package dev.patchbay.session;

import dev.patchbay.client.ModelResponse;
import dev.patchbay.client.ModelStream;
import dev.patchbay.codec.AnswerCollector;
import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One answer, from the provider that was named or from its fallbacks where they are for the failure and nothing of an answer was
 * passed on. Half an answer never passes for a whole one.
 */
final class FallbackChatStream implements ModelStream {

    private final Fallbacks fallbacks;
    private final Function<Route, Attempt> attempts;
    private final Consumer<ChatStream> ended;
    private final AnswerCollector answer = new AnswerCollector();
    private final Object lock = new Object();
    private Route route;
    private @Nullable ChatClient client;
    private @Nullable ChatStream stream;
    private Pricing pricing = Pricing.UNKNOWN;
    private @Nullable RuntimeException failed;
    private boolean begun;
    private boolean stopped;
    private boolean closed;

    /** A client for one route, the request as its provider is sent it, and what its answer will cost. */
    record Attempt(ChatClient client, ChatRequest request, Pricing pricing) {}

    /**
     * Nothing is sent yet.
     *
     * @param attempts connects to a route
     * @param ended told when the answer is over, well or not, or closed
     */
    FallbackChatStream(
            Route route, Fallbacks fallbacks, Function<Route, Attempt> attempts, Consumer<ChatStream> ended) {
        this.route = route;
        this.fallbacks = fallbacks;
        this.attempts = attempts;
        this.ended = ended;
    }

    @Override
    public Optional<ChatEvent> next() {
        if (failed != null) {
            throw failed;
        }
        try {
            return begun ? whole(current().next()) : begin();
        } catch (RuntimeException failure) {
            failed = failure;
            release();
            ended.accept(this);
            throw failure;
        }
    }

    @Override
    public String provider() {
        return route.provider();
    }

    @Override
    public String modelId() {
        return route.upstreamModel();
    }

    @Override
    public ModelResponse response() {
        ModelResponse.Builder response = ModelResponse.builder(provider(), modelId())
                .content(answer.content())
                .usage(answer.usage());
        answer.id().ifPresent(response::id);
        answer.model().ifPresent(response::reportedModel);
        answer.stopReason().ifPresent(response::stopReason);
        answer.stopSequence().ifPresent(response::stopSequence);
        pricing.cost(answer.usage()).ifPresent(response::costUsd);
        return response.build();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        release();
        ended.accept(this);
    }

    private Optional<ChatEvent> begin() {
        while (true) {
            try {
                Optional<ChatEvent> first = whole(current().next());
                begun = true;
                return first;
            } catch (ProviderException failure) {
                release();
                if (isClosed()) {
                    throw failure;
                }
                route = fallbacks.after(route, failure).orElseThrow(() -> failure);
            }
        }
    }

    private Optional<ChatEvent> whole(Optional<ChatEvent> event) {
        if (event.isPresent()) {
            stopped |= event.get() instanceof ChatEvent.Stopped;
            answer.accept(event.get());
        } else {
            if (!stopped) {
                throw new ProviderException(ProviderException.Kind.SERVER, "the answer ended before it was complete");
            }
            release();
            ended.accept(this);
        }
        return event;
    }

    private ChatStream current() {
        synchronized (lock) {
            if (stream != null) {
                return stream;
            }
        }
        requireOpen();
        Attempt attempt = attempts.apply(route);
        pricing = attempt.pricing();
        synchronized (lock) {
            client = attempt.client();
        }
        ChatStream opened = attempt.client().stream(attempt.request());
        synchronized (lock) {
            stream = opened;
        }
        if (isClosed()) {
            release();
        }
        return opened;
    }

    private void release() {
        ChatStream openStream;
        ChatClient openClient;
        synchronized (lock) {
            openStream = stream;
            openClient = client;
            // What is over can be asked again and again; a new attempt opens another one.
            if (!begun) {
                stream = null;
                client = null;
            }
        }
        if (openStream != null) {
            openStream.close();
        }
        if (openClient != null) {
            openClient.close();
        }
    }

    private void requireOpen() {
        if (isClosed()) {
            throw new ProviderException(ProviderException.Kind.CANCELLED, "the answer was closed before its end");
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }
}
