package dev.patchbay.cli.chat;

import dev.patchbay.Patchbay;
import dev.patchbay.cli.command.ExitCode;
import dev.patchbay.cli.command.Invocation;
import dev.patchbay.cli.launch.AnswerView;
import dev.patchbay.cli.launch.Attachment;
import dev.patchbay.cli.launch.KeptConversation;
import dev.patchbay.cli.launch.SessionOutcome;
import dev.patchbay.cli.launch.UnsentAttachments;
import dev.patchbay.cli.session.ContinuedSession;
import dev.patchbay.cli.terminal.Progress;
import dev.patchbay.cli.terminal.Terminal;
import dev.patchbay.internal.route.Route;
import dev.patchbay.session.ContinueRequest;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionTaskFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is said with providers, one after the other: each question continues the last one that was answered whole. One that
 * failed or was interrupted leaves no trace in what the provider is sent.
 */
final class Talk {

    private final Patchbay patchbay;
    private final Invocation invocation;
    private final Terminal terminal;
    private final Consumer<SessionTaskFields<?>> options;
    private final List<Turn> turns = new ArrayList<>();
    private Optional<String> provider = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<String> instructions = Optional.empty();
    private long tokens;
    private long length;
    private @Nullable BigDecimal cost;

    /** @param options sets what every call is to have */
    Talk(Patchbay patchbay, Invocation invocation, Consumer<SessionTaskFields<?>> options) {
        this.patchbay = patchbay;
        this.invocation = invocation;
        this.terminal = invocation.terminal();
        this.options = options;
    }

    /** A question that was answered. */
    record Turn(String sessionId, String question, List<Attachment> attachments, String answer, String model) {}

    /** From the next question on; the model is the provider's default. */
    void toProvider(String id) {
        provider = Optional.of(id);
        model = Optional.empty();
    }

    /** From the next question on; {@code provider/model} names both. */
    void toModel(String name) {
        int slash = name.indexOf('/');
        boolean namesProvider =
                slash > 0 && patchbay.registry().find(name.substring(0, slash)).isPresent();
        if (namesProvider) {
            provider = Optional.of(name.substring(0, slash));
        }
        model = Optional.of(namesProvider ? name.substring(slash + 1) : name).filter(rest -> !rest.isEmpty());
    }

    void instructions(Optional<String> text) {
        instructions = text;
    }

    Optional<String> instructions() {
        return instructions;
    }

    List<Turn> turns() {
        return List.copyOf(turns);
    }

    /** The session that the next question continues. */
    Optional<String> lastSession() {
        return turns.isEmpty()
                ? Optional.empty()
                : Optional.of(turns.get(turns.size() - 1).sessionId());
    }

    /** Forgets the last turn, to ask it again; empty if there is none. */
    Optional<Turn> dropLast() {
        return turns.isEmpty() ? Optional.empty() : Optional.of(turns.remove(turns.size() - 1));
    }

    /** Says so where the talk so far is more than what is asked next can hold. */
    void tellIfTooLong() {
        KeptConversation.tellIfTooLong(patchbay, route(), length, terminal);
    }

    /** Forgets what was said: the next question begins a new session, at the same provider. */
    void clear() {
        turns.clear();
        length = 0;
    }

    /**
     * Where the next question goes.
     *
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot go there
     */
    Route route() {
        return patchbay.route(target(LaunchRequest.query("?")).build());
    }

    /** What the talk has taken so far, such as {@code 57 tokens $0.0012}; empty before the first answer that says. */
    String spent() {
        String counted = tokens == 0 ? "" : tokens + " tokens";
        BigDecimal paid = cost;
        return paid == null ? counted : (counted + " $" + paid.toPlainString()).strip();
    }

    /**
     * Asks, and shows the answer.
     *
     * @param whileRunning given what ends the answer
     * @return an {@link ExitCode}
     * @throws dev.patchbay.diagnostic.ConfigurationException if it cannot be asked as configured; nothing was sent
     * @throws dev.patchbay.cli.command.UsageException if the target does not take a file of the talk; nothing was sent
     */
    int ask(String question, List<Attachment> attachments, Consumer<Runnable> whileRunning) {
        refuseUnsent(question, attachments);
        Progress progress = new Progress(terminal);
        AnswerView view = new AnswerView(terminal, progress, true, patchbay::interrupt);
        progress.start("waiting for the answer");
        try {
            Session session = begin(question, attachments, view);
            whileRunning.accept(session::interrupt);
            int exitCode = new SessionOutcome(invocation).report(session, view);
            count(session.record());
            if (exitCode == ExitCode.OK) {
                turns.add(new Turn(
                        session.id(),
                        question,
                        attachments,
                        session.await().textSoFar(),
                        session.record().provider().orElse("") + "/"
                                + session.record().modelId().orElse("")));
            }
            return exitCode;
        } finally {
            whileRunning.accept(() -> {});
            progress.stop();
        }
    }

    private Session begin(String question, List<Attachment> attachments, AnswerView view) {
        if (turns.isEmpty()) {
            LaunchRequest.Builder request = target(LaunchRequest.query(question));
            instructions.ifPresent(request::systemPrompt);
            attachments.forEach(file -> request.content(file.block()));
            options.accept(request);
            request.workingDir(ContinuedSession.folder());
            return patchbay.launch(request.build(), view);
        }
        ContinueRequest.Builder request = ContinueRequest.query(question)
                .systemPrompt(instructions.orElse(null))
                .provider(provider.orElse(null))
                .model(model.orElse(null))
                .workingDir(ContinuedSession.folder());
        attachments.forEach(file -> request.content(file.block()));
        return patchbay.continueSession(turns.get(turns.size() - 1).sessionId(), request.build(), view);
    }

    /** Files of earlier turns go along again, maybe to another provider by now. */
    private void refuseUnsent(String question, List<Attachment> attachments) {
        List<Attachment> all = new ArrayList<>(attachments);
        turns.forEach(turn -> all.addAll(turn.attachments()));
        if (!all.isEmpty()) {
            LaunchRequest.Builder request = target(LaunchRequest.query(question));
            all.forEach(file -> request.content(file.block()));
            UnsentAttachments.refuse(patchbay, request.build(), all);
        }
    }

    private LaunchRequest.Builder target(LaunchRequest.Builder request) {
        provider.ifPresent(request::provider);
        model.ifPresent(request::model);
        return request;
    }

    private void count(SessionRecord session) {
        length = KeptConversation.tokens(session.usage());
        tokens += length;
        session.costUsd().ifPresent(more -> cost = cost == null ? more : cost.add(more));
    }
}
