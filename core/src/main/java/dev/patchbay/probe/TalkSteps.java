package dev.patchbay.probe;

import dev.patchbay.http.ProviderClients;
import dev.patchbay.provider.Model;
import dev.patchbay.route.BuiltInDialect;
import dev.patchbay.route.Route;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The steps of a conversation. Used by one thread. */
final class TalkSteps {

    private final ProviderClients clients;
    private final Watch watch;
    private final Trials trials;
    private final Hints hints;
    private final AskSteps asked;
    private List<ContentBlock> called = List.of();

    TalkSteps(ProviderClients clients, Watch watch, Trials trials, Hints hints, AskSteps asked) {
        this.clients = clients;
        this.watch = watch;
        this.trials = trials;
        this.hints = hints;
        this.asked = asked;
    }

    Outcome chat(Consumer<String> again) {
        return answered(Questions::chat, again, answer -> {
            String limit = trials.form().roomy() ? ", though not to one that allows it a single token" : "";
            return Outcome.ok("answered a request" + limit + "; " + answer.tokens());
        });
    }

    Outcome stream(Consumer<String> again) {
        return answered(Questions::stream, again, answer -> streamed(answer, again));
    }

    Outcome toolCall(Consumer<String> again) {
        if (trials.route().model().flatMap(Model::tools).equals(Optional.of(false))) {
            return Outcome.skipped("the file says that the model has no tools");
        }
        return answered(Questions::toolCall, again, this::calledTool);
    }

    Outcome secondTurn(Consumer<String> again) {
        return answered(
                form -> Questions.secondTurn(form, called),
                again,
                answer -> Outcome.ok("went on after the tool's result; " + answer.tokens()));
    }

    private Outcome answered(
            Function<Form, ChatRequest> question, Consumer<String> again, Function<Answer, Outcome> judge) {
        try {
            Answer answer = trials.ask(new Conversation(clients, watch, question), again);
            if (!trials.form().instructed()) {
                hints.add("the model takes no instructions (system messages): launch it without --system");
            }
            return judge.apply(answer);
        } catch (ProviderException failure) {
            hints.on(failure, trials.route().upstreamModel(), asked.offered());
            return Outcome.failed(failure);
        }
    }

    private Outcome streamed(Answer answer, Consumer<String> again) {
        String seen =
                "streamed " + answer.events() + " events" + (answer.hasThinking() ? ", thinking among them; " : "; ");
        boolean chat = trials.route().dialect().equals(BuiltInDialect.OPENAI_CHAT.id());
        if (answer.hasUsage() || !chat) {
            return Outcome.ok(seen + answer.tokens());
        }
        Change estimate = Changes.quirk("estimateUsage", true, trials.route().model());
        again.accept(estimate.line());
        return trials.with(estimate, new Conversation(clients, watch, Questions::stream), Answer::hasUsage)
                .map(estimated ->
                        Outcome.ok(seen + estimated.tokens() + ", estimated, since the provider reports none"))
                .orElseGet(() -> Outcome.ok(seen + answer.tokens()));
    }

    private Outcome calledTool(Answer answer) {
        Optional<ContentBlock.ToolUse> call = answer.toolCalls().stream().findFirst();
        if (call.isEmpty()) {
            return withoutCall(answer, trials.route());
        }
        if (!call.get().name().equals(Questions.TOOL)) {
            return Outcome.failed("the model called a tool that it was not offered");
        }
        if (!call.get().input().containsKey(Questions.ARGUMENT)) {
            return Outcome.failed("the model called " + Questions.TOOL + " without its argument " + Questions.ARGUMENT
                    + ", or with arguments that are no JSON object");
        }
        called = answer.content();
        return Outcome.ok("called " + Questions.TOOL + " with its argument; " + answer.tokens());
    }

    private Outcome withoutCall(Answer answer, Route route) {
        if (route.operation().isEmpty()) {
            return Outcome.skipped("the plugin's client answered without calling the tool: it may know none");
        }
        if (answer.isCut()) {
            return Outcome.failed("the answer reached its limit of tokens before it called the tool");
        }
        hints.add(Hints.withoutTools(route.upstreamModel()));
        return Outcome.failed("the model answered without calling the tool that it had to call");
    }
}
