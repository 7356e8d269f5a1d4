package dev.patchbay.probe;

import dev.patchbay.http.PrintableUrl;
import dev.patchbay.http.ProviderClients;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Operation;
import dev.patchbay.route.BuiltInDialect;
import dev.patchbay.route.Route;
import java.util.List;
import java.util.Optional;

/** Asks a provider for the models that it has. {@link #close} ends it from any thread. */
public final class ModelInquiry implements AutoCloseable {

    private static final int MOST_PAGES = 5;

    private final Subject subject;
    private final ProviderClients clients;
    private final Watch watch;

    ModelInquiry(Subject subject, ProviderClients clients, Watch watch) {
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
        return subject.launched().dialect().equals(BuiltInDialect.ANTHROPIC_MESSAGES.id()) ? MOST_PAGES : 1;
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
        ModelList.Found found = new ModelList(clients, watch, mostCalls()).ask(route, Form.USUAL);
        return new Answered(found.models(), found.complete());
    }

    @Override
    public void close() {
        watch.close();
    }
}
