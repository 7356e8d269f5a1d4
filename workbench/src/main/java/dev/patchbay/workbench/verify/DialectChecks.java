package dev.patchbay.workbench.verify;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.plugin.PluginFaults;
import dev.patchbay.registry.Provider;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that can be known of a dialect without a provider. */
final class DialectChecks {

    private final Dialect dialect;
    private final String prefix;
    private final DialectTrials trials;
    private final CanaryLeaks leaks;
    private final SampleAnswers samples;

    DialectChecks(Dialect dialect, DialectTrials trials, CanaryLeaks leaks, SampleAnswers samples) {
        this.dialect = dialect;
        this.prefix = "dialect " + dialect.id() + ": ";
        this.trials = trials;
        this.leaks = leaks;
        this.samples = samples;
    }

    List<VerifierCheck> all() {
        List<VerifierCheck> checks = new ArrayList<>();
        checks.add(VerifierCheck.of(prefix + "describes itself well", DialectSelfDescription.faults(dialect)));
        OptionChecks options = new OptionChecks(trials);
        for (Option option : dialect.options()) {
            checks.add(options.check(prefix + "option " + option.name(), option));
        }
        try (LoopbackListener listener = LoopbackListener.open()) {
            checks.addAll(inUse(listener));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checks;
    }

    private List<VerifierCheck> inUse(LoopbackListener listener) throws IOException {
        Provider provider = trials.plain(listener.url());
        Optional<Diagnostic> refusal =
                provider.problems().stream().filter(DialectTrials::isFault).findFirst();
        Optional<String> fault = refusal.map(Diagnostic::message).filter(DialectChecks::isOfTheGuard);
        if (fault.isPresent()) {
            return List.of(VerifierCheck.failed(prefix + "validates", fault.get()));
        }
        if (refusal.isPresent() || provider.definition().isEmpty()) {
            return List.of(VerifierCheck.skipped(
                    prefix + "in use",
                    "no definition that it accepts could be made up; bring one in the jar"
                            + refusal.map(problem -> ": " + problem.message()).orElse("")));
        }
        ProviderDefinition definition = provider.definition().get();
        DialectExchange exchange = new DialectExchange(dialect, definition, leaks);
        List<VerifierCheck> checks = new ArrayList<>(connecting(exchange, listener));
        listener.close();
        if (dialect.needsBaseUrl()) {
            checks.addAll(new ContentChecks(exchange, dialect, samples, prefix).all());
            checks.addAll(new FailureChecks(exchange, prefix).all());
        } else {
            checks.add(exchange.failure(ScriptedHost.offline())
                    .map(failure -> VerifierCheck.failed(prefix + "answers", String.valueOf(failure.getMessage())))
                    .orElseGet(() -> VerifierCheck.passed(prefix + "answers")));
        }
        return checks;
    }

    /** What the host says where a plugin threw what it should not. */
    private static boolean isOfTheGuard(String message) {
        return message.startsWith("plugin ");
    }

    private List<VerifierCheck> connecting(DialectExchange exchange, LoopbackListener listener) throws IOException {
        ScriptedHost host = ScriptedHost.offline();
        String nothing = prefix + "does nothing before a request is made";
        ChatClient client;
        try {
            client = exchange.connect(host);
        } catch (ProviderException e) {
            leaks.look("an exception", e);
            return List.of(VerifierCheck.failed(nothing, "connect failed: " + e.getMessage()));
        }
        List<String> faults = new ArrayList<>();
        if (!host.calls().isEmpty() || listener.wasCalled()) {
            faults.add("connect opened a connection");
        }
        if (host.secretsAsked() > 0) {
            faults.add("connect resolved a secret");
        }
        return List.of(
                VerifierCheck.of(nothing, faults), VerifierCheck.of(prefix + "closes twice", closingTwice(client)));
    }

    private static List<String> closingTwice(ChatClient client) {
        List<String> faults = new ArrayList<>();
        for (String time : List.of("the first", "the second")) {
            PluginFaults.ofClosing(client).ifPresent(fault -> faults.add(time + " close: " + fault.getMessage()));
        }
        return faults;
    }
}
