package dev.patchbay.workbench.probe;

import dev.patchbay.codec.WireDialect;
import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.models.ModelPages;
import dev.patchbay.internal.models.OfferedModel;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import java.util.List;
import java.util.Optional;

/** Asks a provider for the models that it has. {@link #close} ends it from any thread. */
public final class ModelInquiry implements AutoCloseable {

    private static final int MOST_PAGES = 5;

    private final ProbedProvider subject;
    private final ProviderClients clients;
    private final CallTimeLimit watch;

    ModelInquiry(ProbedProvider subject, ProviderClients clients, CallTimeLimit watch) {
        this.subject = subject;
        this.clients = clients;
        this.watch = watch;
    }

    /**
     * What a provider answered.
     *
     * @param complete whether the provider has no more than these
     */
    public record Answered(List<OfferedModel> models, boolean complete) {}

    /** Where the list is, without anything secret; empty if the provider offers none. */
    public Optional<String> url() {
        return subject.launched().target(Operation.MODELS).map(target -> PrintableUrl.of(target.url()));
    }

    /** How many calls it may take: one, or one for each page. */
    public int mostCalls() {
        return subject.launched().wire().flatMap(WireDialect::modelPaging).isPresent() ? MOST_PAGES : 1;
    }

    /** What the provider's file says. */
    public Definition definition() {
        return subject.launched().definition();
    }

    /**
     * Asks.
     *
     * @throws dev.patchbay.spi.ProviderException if the provider gives no list, with what to do
     */
    public Answered ask() {
        Route route = subject.route(subject.definition());
        ModelPages.Found found = new ModelList(clients, watch, mostCalls()).ask(route, QuestionForm.DEFAULT);
        return new Answered(found.models(), found.complete());
    }

    @Override
    public void close() {
        watch.close();
    }
}
