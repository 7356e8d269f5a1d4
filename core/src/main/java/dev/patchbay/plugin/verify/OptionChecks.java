package dev.patchbay.plugin.verify;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.registry.Provider;
import dev.patchbay.spi.Option;
import java.util.List;
import java.util.Optional;

/** Whether a provider file can set an option, and is told where it sets it wrongly. */
final class OptionChecks {

    private final Trials trials;

    OptionChecks(Trials trials) {
        this.trials = trials;
    }

    Check check(String name, Option option) {
        Optional<String> unknown = Optional.empty();
        for (Sample sample : Sample.accepted(option)) {
            Optional<Diagnostic> refusal = fault(trials.with(option, sample.yaml()));
            if (refusal.isPresent() && sample.certain()) {
                return Check.failed(
                        name,
                        "refuses " + sample.yaml() + ", a value of its own: "
                                + refusal.get().message());
            }
            if (refusal.isPresent()) {
                unknown = Optional.of("refuses " + sample.yaml() + ", which was a guess: "
                        + refusal.get().message());
            }
        }
        String wrong = Sample.rejected(option);
        if (fault(trials.with(option, wrong)).isEmpty()) {
            return Check.failed(name, "accepts " + wrong);
        }
        return unknown.map(why -> Check.skipped(name, why)).orElseGet(() -> Check.passed(name));
    }

    private static Optional<Diagnostic> fault(Provider provider) {
        List<Diagnostic> faults =
                provider.problems().stream().filter(Trials::isFault).toList();
        return faults.stream()
                .filter(problem -> problem.code() != Code.DIALECT_REFUSES)
                .findFirst()
                .or(() -> faults.stream().findFirst());
    }
}
