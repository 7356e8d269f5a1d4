package dev.patchbay.internal.models;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.secret.CommandFailure;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.http.Threads;
import dev.patchbay.internal.route.Route;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The models that providers say they have: asked at first use, on a thread of its own and once for all who want to know, kept for
 * ten minutes or until the definition changes; a failure is kept for half a minute. Safe for use by several threads.
 */
public final class UpstreamModels {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(30);

    /** For each call, and for whoever waits. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int MOST_PAGES = 5;
    private static final int MOST_THREADS = 20;

    private final Supplier<ProviderClients> clients;
    private final LongSupplier nanoTime;
    private final Executor threads = Threads.bounded("patchbay-models", MOST_THREADS);
    private final Map<String, Answer> answers = new HashMap<>();

    /** @param clients asked when a list is asked for first */
    public UpstreamModels(Supplier<ProviderClients> clients) {
        this(clients, System::nanoTime);
    }

    UpstreamModels(Supplier<ProviderClients> clients, LongSupplier nanoTime) {
        this.clients = requireNonNull(clients, "clients is null");
        this.nanoTime = nanoTime;
    }

    /** The list of a provider, as far as it is known now; never waits, and asks nobody. */
    public Optional<UpstreamList> atHand(Definition definition) {
        synchronized (answers) {
            return Optional.ofNullable(answers.get(definition.id()))
                    .filter(answer -> answer.isOf(definition) && answer.isFresh())
                    .map(answer -> answer.list.getNow(null));
        }
    }

    /** The list of a provider, which may have to be waited for, five seconds at most. */
    public UpstreamList ask(Definition definition) {
        return ask(List.of(definition)).get(0);
    }

    /** The lists of several providers, asked at once; five seconds at most for all of them. */
    public List<UpstreamList> ask(List<Definition> definitions) {
        List<CompletableFuture<UpstreamList>> asked = new ArrayList<>();
        definitions.forEach(definition -> asked.add(answer(definition).list));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        return asked.stream().map(list -> await(list, deadline)).toList();
    }

    private Answer answer(Definition definition) {
        synchronized (answers) {
            Answer known = answers.get(definition.id());
            if (known != null && known.isOf(definition) && known.isFresh()) {
                return known;
            }
            Answer asked = new Answer(definition);
            answers.put(definition.id(), asked);
            threads.execute(asked);
            return asked;
        }
    }

    private static UpstreamList await(CompletableFuture<UpstreamList> list, long deadline) {
        try {
            return list.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return UpstreamList.failed("there was no answer within " + LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UpstreamList.failed("the question was interrupted");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a list of models is a value, whatever happens", impossible);
        }
    }

    private UpstreamList list(Definition definition) {
        if (definition.unknownModelsDenied()) {
            return UpstreamList.failed("the file says that there are no models but those that it lists");
        }
        Route route = RouteResolver.resolve(
                definition.toBuilder().http(definition.http().onceWithin(LIMIT)).build(),
                RouteOverrides.model(anyModel(definition)));
        Optional<UpstreamList> told = route.wire().isEmpty() ? byPlugin(route) : Optional.empty();
        if (told.isPresent()) {
            return told.get();
        }
        if (route.target(Operation.MODELS).isEmpty()) {
            return UpstreamList.failed("the provider offers none");
        }
        ProviderClients asking = clients.get();
        return UpstreamList.of(ModelPages.read(route, MOST_PAGES, page -> asking.get(route, page, ModelPages.LONGEST))
                .models());
    }

    /** Where a plugin brings the dialect, its client knows how to ask; empty if it does not. */
    private Optional<UpstreamList> byPlugin(Route route) {
        try (ChatClient client = clients.get().connect(route, (attempt, wait, why) -> {})) {
            return client.models()
                    .map(models -> UpstreamList.of(
                            models.stream().map(OfferedModel::of).toList()));
        }
    }

    /** The list is the same for every model. */
    private static String anyModel(Definition definition) {
        return definition
                .defaultModel()
                .or(() -> definition.models().keySet().stream().findFirst())
                .orElse("any");
    }

    private final class Answer implements Runnable {

        private final Definition definition;
        private final CompletableFuture<UpstreamList> list = new CompletableFuture<>();
        private long answeredAt;

        Answer(Definition definition) {
            this.definition = definition;
        }

        @Override
        public void run() {
            UpstreamList told = UpstreamList.failed("the question failed");
            try {
                told = list(definition);
            } catch (ProviderException failure) {
                // Clients of a gateway are told of it.
                told = UpstreamList.failed(
                        String.valueOf(CommandFailure.withoutOutput(failure).getMessage()));
            } catch (ConfigurationException failure) {
                told = UpstreamList.failed(String.valueOf(failure.getMessage()));
            } finally {
                synchronized (answers) {
                    answeredAt = nanoTime.getAsLong();
                    list.complete(told);
                }
            }
        }

        boolean isOf(Definition asked) {
            return definition.equals(asked);
        }

        boolean isFresh() {
            UpstreamList told = list.getNow(null);
            if (told == null) {
                return true;
            }
            Duration kept = told.failure().isPresent() ? FAILURE_KEPT : KEPT;
            return nanoTime.getAsLong() - answeredAt < kept.toNanos();
        }
    }
}
