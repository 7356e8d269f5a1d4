package dev.patchbay.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.patchbay.client.ModelStream;
import dev.patchbay.spi.ChatEvent;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One answer for a subscriber, read as far as it asks for. */
final class PublishedAnswer implements Runnable, Flow.Subscription {

    private final ModelCalls model;
    private final ChatRequest request;
    private final Flow.Subscriber<? super ChatModelStreamingEvent> subscriber;
    private final StreamedCalls calls = new StreamedCalls();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long wanted;
    private boolean ended;
    private boolean refused;
    private volatile @Nullable ModelStream stream;

    PublishedAnswer(
            ModelCalls model, ChatRequest request, Flow.Subscriber<? super ChatModelStreamingEvent> subscriber) {
        this.model = model;
        this.request = request;
        this.subscriber = subscriber;
    }

    void start() {
        try {
            model.executor().execute(this);
        } catch (RuntimeException refused) {
            subscriber.onSubscribe(this);
            end(refused);
        }
    }

    @Override
    public void run() {
        try {
            subscriber.onSubscribe(this);
            // What nobody wants is not asked for.
            if (!awaitDemand()) {
                return;
            }
            try (ModelStream opened = model.open(request, true)) {
                hold(opened);
                Optional<ChatEvent> event = model.next(opened);
                while (event.isPresent()) {
                    pass(event.get());
                    event = model.next(opened);
                }
                publish(new CompleteResponse(LangChain4jAnswers.response(opened.response(), calls.all())));
            }
            end(null);
        } catch (Throwable failure) {
            end(failure);
        }
    }

    @Override
    public void request(long count) {
        locked(() -> {
            refused |= count <= 0;
            wanted = count > Long.MAX_VALUE - wanted ? Long.MAX_VALUE : wanted + Math.max(0, count);
        });
    }

    @Override
    public void cancel() {
        locked(() -> ended = true);
        ModelStream open = stream;
        if (open != null) {
            open.close();
        }
    }

    private void hold(ModelStream opened) {
        stream = opened;
        if (isEnded()) {
            opened.close();
        }
    }

    private void pass(ChatEvent event) {
        if (event instanceof ChatEvent.TextDelta delta && !delta.text().isEmpty()) {
            publish(new PartialResponse(delta.text()));
        } else if (event instanceof ChatEvent.ThinkingDelta delta
                && !delta.thinking().isEmpty()) {
            publish(new PartialThinking(delta.thinking()));
        }
        calls.partial(event).ifPresent(this::publish);
        calls.complete(event).ifPresent(this::publish);
    }

    private void publish(ChatModelStreamingEvent event) {
        if (awaitDemand()) {
            locked(() -> wanted--);
            subscriber.onNext(event);
        }
    }

    /** @return whether somebody waits for an event; no: it is over */
    private boolean awaitDemand() {
        lock.lock();
        try {
            while (wanted == 0 && !ended && !refused) {
                changed.await();
            }
            if (refused) {
                throw new IllegalArgumentException("a subscriber must request at least one event");
            }
            return !ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LangChain4jException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable Throwable failure) {
        if (isEnded()) {
            return;
        }
        locked(() -> ended = true);
        if (failure == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(failure);
        }
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
