package dev.patchbay.springboot;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.TextRenderer;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong in provider files when an application does not start: each problem with its file, line and caret. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ConfigurationException cause) {
        String action = cause.diagnostics().stream()
                .map(Diagnostic::help)
                .flatMap(Optional::stream)
                .distinct()
                .collect(Collectors.joining(System.lineSeparator()));
        return new FailureAnalysis(TextRenderer.render(cause.diagnostics()), action, failure);
    }
}
