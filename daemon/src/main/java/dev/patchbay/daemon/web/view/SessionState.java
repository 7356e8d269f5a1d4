package dev.patchbay.daemon.web.view;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.spi.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands: all of its page that changes while it runs, but for what is said.
 *
 * @param status in one word
 * @param isLive whether the provider is at work
 * @param announcement what a screen reader is told
 * @param facts names and values, in order
 * @param error null unless it failed
 * @param fallbacks the providers that failed before the one in effect
 * @param retry why the provider is asked again; empty if it is not
 * @param stopped why an answer that looks complete is not; empty where it is
 */
public record SessionState(
        String id,
        String status,
        boolean isLive,
        boolean isFinal,
        String announcement,
        List<Fact> facts,
        @Nullable ErrorView error,
        List<ErrorView> fallbacks,
        String retry,
        String stopped) {

    private static final Set<StopReason> ENDS =
            Set.of(StopReason.END_TURN, StopReason.STOP_SEQUENCE, StopReason.TOOL_USE);

    /** A name and its value. */
    public record Fact(String name, String value) {}

    /**
     * A session as it stands.
     *
     * @param baseUrl of the provider, empty if it is not known
     * @param warnings what was said when it was started
     * @param isDefined whether the registry has the provider
     * @param retrying the attempt that comes next, after one that failed
     */
    public static SessionState of(
            SessionRecord session,
            String baseUrl,
            List<String> warnings,
            boolean isDefined,
            Optional<SessionEvent.Retrying> retrying) {
        List<Fact> facts = new ArrayList<>();
        String provider = session.provider().map(Printable::line).orElse("");
        add(facts, "Provider", provider + (provider.isEmpty() || isDefined ? "" : " (not defined)"));
        add(facts, "Base URL", Printable.line(baseUrl));
        String onWire = session.modelId().map(Printable::line).orElse("");
        String asked = session.model().map(Printable::line).orElse("");
        add(facts, "Model", onWire.isEmpty() ? asked : onWire);
        if (!asked.isEmpty() && !onWire.isEmpty() && !asked.equals(onWire)) {
            add(facts, "Asked for", asked);
        }
        add(facts, "Tokens in", count(session.usage().inputTokens()));
        add(facts, "Tokens out", count(session.usage().outputTokens()));
        add(facts, "From cache", some(session.usage().cacheReadTokens()));
        add(facts, "Into cache", some(session.usage().cacheCreationTokens()));
        add(facts, "Cost", session.costUsd().map(Figures::usd).orElse(""));
        add(facts, "First token", session.firstToken().map(Figures::duration).orElse(""));
        add(facts, "Duration", session.duration().map(Figures::duration).orElse(""));
        add(
                facts,
                "Key",
                session.hasApiKey() ? "given with the session" : session.keySent() ? "of the provider" : "none");
        add(facts, "Folder", session.workingDir().map(Printable::line).orElse(""));
        warnings.forEach(warning -> add(facts, "Warning", Printable.line(warning)));
        return new SessionState(
                session.id(),
                session.status().word(),
                SessionLine.isLive(session),
                session.status().isFinal(),
                announcement(session),
                List.copyOf(facts),
                session.error().map(ErrorView::of).orElse(null),
                session.failures().stream().map(ErrorView::of).toList(),
                retrying.map(SessionState::retry).orElse(""),
                stopped(session));
    }

    private static String retry(SessionEvent.Retrying next) {
        return "Attempt " + next.attempt() + " follows " + Figures.duration(next.delay())
                + " after the last one failed: "
                + Printable.line(String.valueOf(next.failure().getMessage()));
    }

    private static void add(List<Fact> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.add(new Fact(name, value));
        }
    }

    /** Where none is nothing to tell. */
    private static String some(OptionalLong number) {
        return number.orElse(0) == 0 ? "" : count(number);
    }

    private static String count(OptionalLong number) {
        return number.isPresent() ? Figures.count(number.getAsLong()) : "";
    }

    /** Why an answer that looks complete is not; empty where it is. */
    private static String stopped(SessionRecord session) {
        return session.stopReason()
                .filter(reason -> session.status() == SessionStatus.COMPLETED && !ENDS.contains(reason))
                .map(reason -> Printable.line(reason.value().replace('_', ' ')))
                .orElse("");
    }

    private static String announcement(SessionRecord session) {
        return switch (session.status()) {
            case STARTING, RUNNING -> "The answer is being written.";
            case COMPLETED -> "The answer is complete.";
            case FAILED ->
                "Failed: "
                        + session.error()
                                .map(error -> Printable.line(error.message()))
                                .orElse("no reason is known");
            case INTERRUPTING -> "Being interrupted.";
            case INTERRUPTED -> "Interrupted.";
            case WAITING_INPUT -> "Waits for a person.";
            case DRAFT -> "A draft.";
            case DISCARDED -> "Discarded.";
        };
    }
}
