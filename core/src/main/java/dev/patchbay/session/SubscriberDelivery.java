package dev.patchbay.session;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** Brings events to a subscriber, as many as it asks for. */
final class SubscriberDelivery extends EventDelivery implements Flow.Subscription {

    private final Flow.Subscriber<? super SessionEvent> subscriber;
    private long demand;

    SubscriberDelivery(Executor threads, ListenerBacklog backlog, Flow.Subscriber<? super SessionEvent> subscriber) {
        super(threads, backlog);
        this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
        if (count < 1) {
            endWith(new IllegalArgumentException("a subscriber must request at least 1 event, not " + count));
            return;
        }
        synchronized (this) {
            demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
        }
        work();
    }

    @Override
    public void cancel() {
        stop();
    }

    @Override
    void begin() {
        guard(() -> subscriber.onSubscribe(this));
    }

    @Override
    synchronized boolean isWanted() {
        return demand > 0;
    }

    @Override
    void deliver(SessionEvent event) {
        synchronized (this) {
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
        }
        guard(() -> subscriber.onNext(event));
    }

    @Override
    void complete() {
        guard(subscriber::onComplete);
    }

    @Override
    void fail(Throwable cause) {
        guard(() -> subscriber.onError(cause));
    }

    /** A subscriber that throws has broken its contract, and is told no more. */
    private void guard(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable fault) {
            stop();
            ListenerDelivery.log(fault);
        }
    }
}
