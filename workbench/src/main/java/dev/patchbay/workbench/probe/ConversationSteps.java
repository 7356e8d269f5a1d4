package dev.patchbay.workbench.probe;

import dev.patchbay.internal.http.ProviderClients;
import dev.patchbay.internal.route.Route;
import dev.patchbay.provider.Model;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The steps of a conversation. Used by one thread. */
final class ConversationSteps {

    private final ProviderClients clients;
    private final CallTimeLimit watch;
    private final QuestionTrials trials;
    private final ManualHints hints;
    private final RequestSteps asked;
    private List<ContentBlock> called = List.of();

    ConversationSteps(
            ProviderClients clients,
            CallTimeLimit watch,
            QuestionTrials trials,
            ManualHints hints,
            RequestSteps asked) {
        this.clients = clients;
        this.watch = watch;
        this.trials = trials;
        this.hints = hints;
        this.asked = asked;
    }

    StepOutcome chat(Consumer<String> again) {
        return answered(Questions::chat, again, answer -> {
            String limit = trials.form().roomy() ? ", though not to one that allows it a single token" : "";
            return StepOutcome.ok("answered a request" + limit + "; " + answer.tokens());
        });
    }

    StepOutcome stream(Consumer<String> again) {
        return answered(Questions::stream, again, answer -> streamed(answer, again));
    }

    StepOutcome toolCall(Consumer<String> again) {
        if (trials.route().model().flatMap(Model::tools).equals(Optional.of(false))) {
            return StepOutcome.skipped("the file says that the model has no tools");
        }
        return answered(Questions::toolCall, again, this::calledTool);
    }

    StepOutcome secondTurn(Consumer<String> again) {
        return answered(
                form -> Questions.secondTurn(form, called),
                again,
                answer -> StepOutcome.ok("went on after the tool's result; " + answer.tokens()));
    }

    private StepOutcome answered(
            Function<QuestionForm, ChatRequest> question,
            Consumer<String> again,
            Function<ModelReply, StepOutcome> judge) {
        try {
            ModelReply answer = trials.ask(new ProbeConversation(clients, watch, question), again);
            if (!trials.form().instructed()) {
                hints.add("the model takes no instructions (system messages): launch it without --system");
            }
            return judge.apply(answer);
        } catch (ProviderException failure) {
            hints.on(failure, trials.route().upstreamModel(), asked.offered());
            return StepOutcome.failed(failure);
        }
    }

    private StepOutcome streamed(ModelReply answer, Consumer<String> again) {
        String seen =
                "streamed " + answer.events() + " events" + (answer.hasThinking() ? ", thinking among them; " : "; ");
        if (answer.hasUsage() || trials.route().wire().isEmpty()) {
            return StepOutcome.ok(seen + answer.tokens());
        }
        SuggestedSetting estimate =
                SuggestedSettings.quirk("estimateUsage", true, trials.route().model());
        again.accept(estimate.line());
        return trials.with(estimate, new ProbeConversation(clients, watch, Questions::stream), ModelReply::hasUsage)
                .map(estimated ->
                        StepOutcome.ok(seen + estimated.tokens() + ", estimated, since the provider reports none"))
                .orElseGet(() -> StepOutcome.ok(seen + answer.tokens()));
    }

    private StepOutcome calledTool(ModelReply answer) {
        Optional<ContentBlock.ToolUse> call = answer.toolCalls().stream().findFirst();
        if (call.isEmpty()) {
            return withoutCall(answer, trials.route());
        }
        if (!call.get().name().equals(Questions.TOOL)) {
            return StepOutcome.failed("the model called a tool that it was not offered");
        }
        if (!call.get().input().containsKey(Questions.ARGUMENT)) {
            return StepOutcome.failed("the model called " + Questions.TOOL + " without its argument "
                    + Questions.ARGUMENT + ", or with arguments that are no JSON object");
        }
        called = answer.content();
        return StepOutcome.ok("called " + Questions.TOOL + " with its argument; " + answer.tokens());
    }

    private StepOutcome withoutCall(ModelReply answer, Route route) {
        if (route.operation().isEmpty()) {
            return StepOutcome.skipped("the plugin's client answered without calling the tool: it may know none");
        }
        if (answer.isCut()) {
            return StepOutcome.failed("the answer reached its limit of tokens before it called the tool");
        }
        hints.add(ManualHints.withoutTools(route.upstreamModel()));
        return StepOutcome.failed("the model answered without calling the tool that it had to call");
    }
}
