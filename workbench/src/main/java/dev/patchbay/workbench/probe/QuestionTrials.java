package dev.patchbay.workbench.probe;

import dev.patchbay.internal.route.Route;
import dev.patchbay.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks questions, and where a refusal says what would help, asks again with that. What helped stays for the questions to
 * come. Used by one thread.
 */
final class QuestionTrials {

    private final ProbedProvider subject;
    private final RefusalFixes fixes;
    private final CallBudget calls;
    private final List<SuggestedSetting> untried = new ArrayList<>();
    private QuestionVariant settled;

    QuestionTrials(ProbedProvider subject, RefusalFixes fixes, CallBudget calls) {
        this.subject = subject;
        this.fixes = fixes;
        this.calls = calls;
        this.settled = new QuestionVariant(subject.definition(), QuestionForm.DEFAULT, List.of());
    }

    /** The route with everything that helped so far. */
    Route route() {
        return subject.route(settled.definition());
    }

    /** The form that got answers so far. */
    QuestionForm form() {
        return settled.form();
    }

    /** What helped. */
    List<SuggestedSetting> proven() {
        return settled.changes().stream().map(SuggestedSetting::asProven).toList();
    }

    /** What a refusal asks for and could not be shown to help. */
    List<SuggestedSetting> untried() {
        return List.copyOf(untried);
    }

    /**
     * Asks.
     *
     * @param again told of every fix that is tried
     * @throws ProviderException the refusal that nothing helped against
     */
    <T> T ask(ProbeQuestion<T> question, Consumer<String> again) {
        List<RefusalFix> tried = new ArrayList<>();
        Refused last = null;
        QuestionVariant attempt = settled;
        while (true) {
            try {
                T answer = once(question, attempt);
                settled = attempt;
                return answer;
            } catch (ProviderException failure) {
                Refused inVain = last != null && !last.helped(failure) ? last : null;
                QuestionVariant from = inVain == null ? attempt : inVain.attempt();
                ProviderException why = inVain == null ? failure : inVain.failure();
                RefusalFix next = next(why, from, question, tried);
                if (next == null) {
                    giveUp(from);
                    throw why;
                }
                again.accept(next.line());
                last = new Refused(from, why, next);
                attempt = next.on(from);
            }
        }
    }

    /**
     * Asks once more with a change that no refusal asked for, and keeps it if the answer is as it should be.
     *
     * @return the answer; empty if it is not, or nothing more may be tried
     */
    <T> Optional<T> with(SuggestedSetting change, ProbeQuestion<T> question, Predicate<T> good) {
        if (!calls.mayTry()) {
            untried.add(change);
            return Optional.empty();
        }
        calls.trying();
        QuestionVariant attempt = settled.with(change);
        try {
            Optional<T> answer = Optional.of(once(question, attempt)).filter(good);
            answer.ifPresent(kept -> settled = attempt);
            return answer;
        } catch (ProviderException failure) {
            return Optional.empty();
        }
    }

    private <T> T once(ProbeQuestion<T> question, QuestionVariant attempt) {
        calls.made();
        return question.ask(subject.route(attempt.definition()), attempt.form());
    }

    private @Nullable RefusalFix next(
            ProviderException failure, QuestionVariant attempt, ProbeQuestion<?> question, List<RefusalFix> tried) {
        Route route = subject.route(attempt.definition());
        for (RefusalFix fix : fixes.on(failure, attempt, question.sent(route, attempt.form()), route.model())) {
            if (tried.stream().anyMatch(old -> old.line().equals(fix.line()))) {
                continue;
            }
            if (!calls.mayTry()) {
                if (fix.change() != null) {
                    untried.add(fix.change());
                }
                return null;
            }
            calls.trying();
            tried.add(fix);
            return fix;
        }
        return null;
    }

    /** What moved a refusal on to something else may be right, but nothing shows that it is. */
    private void giveUp(QuestionVariant attempt) {
        attempt.changes().stream()
                .filter(change -> settled.changes().stream().noneMatch(change::sameAs))
                .forEach(untried::add);
    }

    /** An attempt that was refused, and what was tried then. */
    private record Refused(QuestionVariant attempt, ProviderException failure, RefusalFix fix) {

        boolean helped(ProviderException after) {
            return switch (fix.kind()) {
                case REQUEST -> !String.valueOf(failure.getMessage()).equals(after.getMessage());
                case KEY -> after.kind() != ProviderException.Kind.AUTH;
                case ADDRESS -> !RefusalFixes.isWrongAddress(after, "");
            };
        }
    }
}
