package dev.patchbay.probe;

import dev.patchbay.http.PrintableUrl;
import dev.patchbay.http.ProviderClients;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Operation;
import dev.patchbay.route.CredentialHeader;
import dev.patchbay.route.Route;
import dev.patchbay.route.Target;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The steps that ask for the provider's list of models: the cheapest call that takes a key. Used by one thread. */
final class AskSteps {

    private static final int FORBIDDEN = 403;

    private final Trials trials;
    private final ModelList question;
    private Optional<ModelList.Found> found = Optional.empty();
    private String nothingFound = "there was no answer";

    AskSteps(ProviderClients clients, Watch watch, Trials trials) {
        this.trials = trials;
        this.question = new ModelList(clients, watch, 1);
    }

    /** The models that the provider lists; empty if it does not say. */
    List<OfferedModel> offered() {
        return found.map(ModelList.Found::models).orElse(List.of());
    }

    Outcome key(Consumer<String> again) {
        if (trials.route().operation().isEmpty()) {
            nothingFound = plugin(trials.route());
            return Outcome.skipped(nothingFound);
        }
        if (trials.route().target(Operation.MODELS).isEmpty()) {
            nothingFound = "the file says that the provider has no list of models";
            return Outcome.skipped(nothingFound + "; the chat step shows whether the key is accepted");
        }
        try {
            found = Optional.of(trials.ask(question, again));
            return Outcome.ok(accepted(trials.route()));
        } catch (ProviderException failure) {
            return refused(failure);
        }
    }

    Outcome models() {
        if (found.isEmpty()) {
            return Outcome.skipped(nothingFound);
        }
        String model = trials.route().upstreamModel();
        List<OfferedModel> models = found.get().models();
        String count = models.size() + (found.get().complete() ? "" : " and more") + " listed, ";
        if (models.stream().anyMatch(offered -> offered.id().equals(model))) {
            return Outcome.ok(count + model + " among them");
        }
        return Outcome.ok(count + model + " not among them"
                + (models.isEmpty() ? "" : "; there is " + Hints.near(model, models)));
    }

    private Outcome refused(ProviderException failure) {
        String url = called(trials.route());
        boolean forbidden = failure.status().orElse(0) == FORBIDDEN;
        boolean silent = failure.kind() == Kind.NETWORK || failure.kind() == Kind.TIMEOUT;
        nothingFound = "GET " + url + " failed: " + Outcome.words(failure);
        if ((failure.kind() == Kind.AUTH && !forbidden) || silent || failure.kind() == Kind.CANCELLED) {
            return Outcome.failed(failure);
        }
        return Outcome.skipped(
                "GET " + url
                        + " gives no list of models, which says nothing of the key; the chat step shows whether it is accepted");
    }

    private static String accepted(Route route) {
        Auth auth = route.target(Operation.MODELS).map(Target::auth).orElse(Auth.NONE);
        String answered = "GET " + called(route);
        if (auth.key().isEmpty()) {
            return "no key is sent, and " + answered + " answers";
        }
        String header = CredentialHeader.of(auth)
                .map(known -> ", as " + known.name() + ": " + known.prefix() + "…,")
                .orElse("");
        return auth.key().get().reference() + header + " was not refused by " + answered;
    }

    private static String called(Route route) {
        return route.target(Operation.MODELS)
                .map(Target::url)
                .map(PrintableUrl::of)
                .orElse("the list of models");
    }

    /** Why a step of HTTP is not made. */
    static String plugin(Route route) {
        return "not applicable: a plugin speaks the dialect " + route.dialect();
    }
}
