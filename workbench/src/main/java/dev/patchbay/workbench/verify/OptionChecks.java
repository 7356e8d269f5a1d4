package dev.patchbay.workbench.verify;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.registry.Provider;
import dev.patchbay.spi.Option;
import java.util.List;
import java.util.Optional;

/** Whether a provider file can set an option, and is told where it sets it wrongly. */
final class OptionChecks {

    private final DialectTrials trials;

    OptionChecks(DialectTrials trials) {
        this.trials = trials;
    }

    VerifierCheck check(String name, Option option) {
        Optional<String> unknown = Optional.empty();
        for (SampleRequests sample : SampleRequests.accepted(option)) {
            Optional<Diagnostic> refusal = fault(trials.with(option, sample.yaml()));
            if (refusal.isPresent() && sample.certain()) {
                return VerifierCheck.failed(
                        name,
                        "refuses " + sample.yaml() + ", a value of its own: "
                                + refusal.get().message());
            }
            if (refusal.isPresent()) {
                unknown = Optional.of("refuses " + sample.yaml() + ", which was a guess: "
                        + refusal.get().message());
            }
        }
        String wrong = SampleRequests.rejected(option);
        if (fault(trials.with(option, wrong)).isEmpty()) {
            return VerifierCheck.failed(name, "accepts " + wrong);
        }
        return unknown.map(why -> VerifierCheck.skipped(name, why)).orElseGet(() -> VerifierCheck.passed(name));
    }

    private static Optional<Diagnostic> fault(Provider provider) {
        List<Diagnostic> faults =
                provider.problems().stream().filter(DialectTrials::isFault).toList();
        return faults.stream()
                .filter(problem -> problem.code() != Code.DIALECT_REFUSES)
                .findFirst()
                .or(() -> faults.stream().findFirst());
    }
}
