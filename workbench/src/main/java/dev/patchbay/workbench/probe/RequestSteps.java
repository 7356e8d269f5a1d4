package dev.patchbay.workbench.probe;

import dev.patchbay.internal.http.PrintableUrl;
import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.models.ModelPages;
import dev.patchbay.internal.models.OfferedModel;
import dev.patchbay.internal.route.CredentialHeader;
import dev.patchbay.internal.route.OperationTarget;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Operation;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The steps that ask for the provider's list of models: the cheapest call that takes a key. Used by one thread. */
final class RequestSteps {

    private static final int FORBIDDEN = 403;

    private final QuestionTrials trials;
    private final ModelList question;
    private Optional<ModelPages.Found> found = Optional.empty();
    private String nothingFound = "there was no answer";

    RequestSteps(ProviderClients clients, CallTimeLimit watch, QuestionTrials trials) {
        this.trials = trials;
        this.question = new ModelList(clients, watch, 1);
    }

    /** The models that the provider lists; empty if it does not say. */
    List<OfferedModel> offered() {
        return found.map(ModelPages.Found::models).orElse(List.of());
    }

    StepOutcome key(Consumer<String> again) {
        if (trials.route().operation().isEmpty()) {
            nothingFound = plugin(trials.route());
            return StepOutcome.skipped(nothingFound);
        }
        if (trials.route().target(Operation.MODELS).isEmpty()) {
            nothingFound = "the file says that the provider has no list of models";
            return StepOutcome.skipped(nothingFound + "; the chat step shows whether the key is accepted");
        }
        try {
            found = Optional.of(trials.ask(question, again));
            return StepOutcome.ok(accepted(trials.route()));
        } catch (ProviderException failure) {
            return refused(failure);
        }
    }

    StepOutcome models() {
        if (found.isEmpty()) {
            return StepOutcome.skipped(nothingFound);
        }
        String model = trials.route().upstreamModel();
        List<OfferedModel> models = found.get().models();
        String count = models.size() + (found.get().complete() ? "" : " and more") + " listed, ";
        if (models.stream().anyMatch(offered -> offered.id().equals(model))) {
            return StepOutcome.ok(count + model + " among them");
        }
        return StepOutcome.ok(count + model + " not among them"
                + (models.isEmpty() ? "" : "; there is " + ManualHints.near(model, models)));
    }

    private StepOutcome refused(ProviderException failure) {
        String url = called(trials.route());
        boolean forbidden = failure.status().orElse(0) == FORBIDDEN;
        boolean silent = failure.kind() == Kind.NETWORK || failure.kind() == Kind.TIMEOUT;
        nothingFound = "GET " + url + " failed: " + StepOutcome.words(failure);
        if ((failure.kind() == Kind.AUTH && !forbidden) || silent || failure.kind() == Kind.CANCELLED) {
            return StepOutcome.failed(failure);
        }
        return StepOutcome.skipped(
                "GET " + url
                        + " gives no list of models, which says nothing of the key; the chat step shows whether it is accepted");
    }

    private static String accepted(Route route) {
        Auth auth = route.target(Operation.MODELS).map(OperationTarget::auth).orElse(Auth.NONE);
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
                .map(OperationTarget::url)
                .map(PrintableUrl::of)
                .orElse("the list of models");
    }

    /** Why a step of HTTP is not made. */
    static String plugin(Route route) {
        return "not applicable: a plugin speaks the dialect " + route.dialect();
    }
}
