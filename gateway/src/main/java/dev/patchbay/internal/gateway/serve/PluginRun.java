package dev.patchbay.internal.gateway.serve;

import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.PausableSource;
import dev.patchbay.internal.gateway.answer.ClientAnswer;
import dev.patchbay.internal.gateway.answer.ClientAnswers;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import dev.patchbay.internal.gateway.plan.Plan;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has a plugin's client answer, on a thread of its own: its {@code next} waits. */
final class PluginRun implements PausableSource {

    /** So many events may be on their way to the event loop. */
    private static final int MOST_ON_THE_WAY = 64;

    private final ClientExchange client;
    private final Plan.Plugged plan;
    private final Context context;
    private final Executor workers;
    private final Supplier<ChatClient> connector;
    private final ClientAnswer answer;
    private final Semaphore window = new Semaphore(MOST_ON_THE_WAY);
    private int heldBack;
    private boolean paused;
    private volatile boolean gone;
    private volatile @Nullable ChatStream running;

    /**
     * @param workers run the plugin's code
     * @param connector makes the client
     */
    PluginRun(
            Vertx vertx,
            Duration pingAfter,
            ClientExchange client,
            Plan.Plugged plan,
            Executor workers,
            Supplier<ChatClient> connector) {
        this.client = client;
        this.plan = plan;
        this.context = vertx.getOrCreateContext();
        this.workers = workers;
        this.connector = connector;
        this.answer = ClientAnswers.of(vertx, pingAfter, client, plan.client(), this);
    }

    void start() {
        workers.execute(this::pull);
        client.whenCut(why -> {
            leave();
            answer.failed(why);
        });
        client.whenGone(this::leave);
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        window.release(heldBack);
        heldBack = 0;
    }

    private void pull() {
        try (ChatClient chat = connector.get();
                ChatStream stream = chat.stream(plan.request())) {
            running = stream;
            for (Optional<ChatEvent> next = stream.next(); next.isPresent() && !gone; next = stream.next()) {
                pass(next.get());
            }
            context.runOnContext(ignored -> answer.complete());
        } catch (ProviderException failure) {
            context.runOnContext(ignored -> answer.refused(failure));
        } catch (RuntimeException | LinkageError broken) {
            ProviderException failure = GatewayFailures.of(broken);
            context.runOnContext(ignored -> answer.failed(failure));
        }
    }

    private void pass(ChatEvent event) {
        window.acquireUninterruptibly();
        context.runOnContext(ignored -> {
            answer.accept(event);
            answer.flush();
            passed();
        });
    }

    private void passed() {
        if (paused) {
            heldBack++;
        } else {
            window.release();
        }
    }

    private void leave() {
        gone = true;
        answer.stop();
        window.release(MOST_ON_THE_WAY);
        ChatStream stream = running;
        if (stream != null) {
            workers.execute(stream::close);
        }
    }
}
