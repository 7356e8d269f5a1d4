package com.example;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.PartialResponse;
import java.io.IOException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One answer on its way to a browser. A servlet container notices that a browser left when it writes: hence the comments. */
final class BrowserAnswer implements Flow.Subscriber<ChatModelStreamingEvent> {

    private final SseEmitter browser = new SseEmitter(0L);
    private final Future<?> heartbeat;
    private volatile Flow.Subscription subscription;

    BrowserAnswer(ScheduledExecutorService heartbeats) {
        this.heartbeat = heartbeats.scheduleWithFixedDelay(
                () -> send(SseEmitter.event().comment("")), 500, 500, TimeUnit.MILLISECONDS);
    }

    SseEmitter browser() {
        return browser;
    }

    void begin(StreamingChatModel model) {
        browser.onError(failure -> cancel());
        browser.onCompletion(this::cancel);
        model.chat(ChatRequest.builder().messages(UserMessage.from("Hello")).build())
                .subscribe(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        if (heartbeat.isCancelled()) {
            begun.cancel();
        }
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ChatModelStreamingEvent event) {
        if (event instanceof PartialResponse piece) {
            send(SseEmitter.event().data(piece.text()));
        }
    }

    @Override
    public void onError(Throwable failure) {
        browser.completeWithError(failure);
    }

    @Override
    public void onComplete() {
        browser.complete();
    }

    private void send(SseEmitter.SseEventBuilder event) {
        try {
            browser.send(event);
        } catch (IOException | IllegalStateException gone) {
            cancel();
        }
    }

    private void cancel() {
        heartbeat.cancel(false);
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
