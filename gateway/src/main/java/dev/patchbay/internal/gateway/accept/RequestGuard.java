package dev.patchbay.internal.gateway.accept;

import dev.patchbay.internal.gateway.GatewayFailures;
import dev.patchbay.internal.gateway.answer.ClientExchange;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one guard of an event loop: whatever is thrown while a request is served, wherever that may be, ends that request with an
 * answer and nothing else. Vert.x runs all that belongs to a request on a context of its own, and tells here of what was thrown.
 */
public final class RequestGuard implements Handler<Throwable> {

    private static final ContextLocal<ClientExchange> SERVED = ContextLocal.registerLocal(ClientExchange.class);

    private final Consumer<Throwable> fatal;

    /** @param fatal told of errors after which the process should not go on */
    public RequestGuard(Consumer<Throwable> fatal) {
        this.fatal = fatal;
    }

    /** Is to be called before the first event loop is made, which has room only for what it knew then. */
    public static void prepare() {}

    /** From here on, what is thrown on a context ends this request. */
    public static void guard(Context context, ClientExchange request) {
        context.putLocal(SERVED, request);
    }

    @Override
    public void handle(Throwable thrown) {
        if (isFatal(thrown)) {
            fatal.accept(thrown);
        }
        @Nullable Context context = Vertx.currentContext();
        @Nullable ClientExchange served = context == null ? null : context.getLocal(SERVED);
        if (served == null) {
            GatewayFailures.of(thrown);
        } else {
            served.broken(thrown);
        }
    }

    /** A buffer outside the heap that was refused is missing to one connection only: nothing else has failed then. */
    private static boolean isFatal(Throwable thrown) {
        boolean direct = thrown instanceof OutOfMemoryError
                && String.valueOf(thrown.getMessage()).contains("direct");
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError) && !direct;
    }

    /** Takes what was thrown on a connection and belongs to no request: a client that breaks off is no news. */
    public void connectionFailed(Throwable thrown) {
        if (isFatal(thrown)) {
            fatal.accept(thrown);
        }
    }
}
