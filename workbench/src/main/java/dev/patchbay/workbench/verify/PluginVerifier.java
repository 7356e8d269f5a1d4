package dev.patchbay.workbench.verify;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.internal.plugin.LoadedPlugins;
import dev.patchbay.internal.plugin.PluginLoader;
import dev.patchbay.internal.plugin.PluginOrigin;
import dev.patchbay.internal.plugin.PluginOutcome;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.spi.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Does with a plugin jar what a host would do, and more than a host would dare, without any provider: it is loaded, its
 * provider files are read, and each dialect is tried with options good and bad, with refusals, and with nobody at the other
 * end.
 *
 * <p>The plugin's code runs. For a program that does nothing else meanwhile: what is printed to the standard output of the
 * JVM is caught while a verification runs.
 */
public final class PluginVerifier {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final VerifierTimeouts patience;

    /** A verifier that gives a plugin 20 seconds to load, and as much for each dialect. */
    public PluginVerifier() {
        this(LIMIT);
    }

    /**
     * A verifier.
     *
     * @param limit how long a plugin may take to load, and each dialect to be tried
     */
    public PluginVerifier(Duration limit) {
        this.patience = new VerifierTimeouts(limit);
    }

    /**
     * Verifies one jar, beside the plugins of the class path and no others.
     *
     * @param jar the jar, or a folder of jars that are a plugin together
     */
    public Verification verify(Path jar) {
        Findings findings = new Findings();
        CanaryLeaks leaks = new CanaryLeaks();
        leaks.watch(() -> load(requireNonNull(jar, "jar is null"), findings, leaks));
        if (findings.triedDialects) {
            findings.checks.add(VerifierCheck.of("keeps secrets to itself", leaks.faults()));
        }
        return new Verification(findings.outcomes, findings.checks, findings.problems, findings.providers);
    }

    private void load(Path jar, Findings findings, CanaryLeaks leaks) {
        PluginLoader loader = PluginLoader.builder().jar(jar).build();
        try (LoadedPlugins loaded = patience.run(loader::load, PluginVerifier.class.getClassLoader())) {
            for (PluginOutcome outcome : loaded.outcomes()) {
                if (outcome.origin().kind() == PluginOrigin.Kind.JAR) {
                    findings.outcomes.add(outcome);
                }
            }
            findings.outcomes.forEach(outcome -> findings.checks.add(loads(outcome)));
            List<LoadedPlugin> own = loaded.plugins().stream()
                    .filter(plugin -> plugin.jar().isPresent())
                    .toList();
            RegistrySnapshot registry = DialectTrials.registry(loaded, "");
            findings.providers.addAll(registry.providers());
            readFiles(registry, own, findings);
            own.forEach(
                    plugin -> plugin.dialects().forEach(dialect -> tryOut(plugin, dialect, loaded, findings, leaks)));
        } catch (TimeoutException e) {
            findings.checks.add(VerifierCheck.failed("loads", patience.exceeded()));
        }
    }

    private static VerifierCheck loads(PluginOutcome outcome) {
        if (outcome instanceof PluginOutcome.Rejected rejected) {
            String name = rejected.id().map(id -> "plugin " + id + ": loads").orElse("loads");
            return VerifierCheck.failed(name, rejected.reason());
        }
        return VerifierCheck.passed(
                "plugin " + ((PluginOutcome.Loaded) outcome).plugin().id() + ": loads");
    }

    private static void readFiles(RegistrySnapshot registry, List<LoadedPlugin> own, Findings findings) {
        for (LoadedPlugin plugin : own) {
            for (LoadedPlugin.DefinitionFile file : plugin.definitions()) {
                List<Diagnostic> problems = registry.diagnostics().stream()
                        .filter(problem -> problem.location().source().equals(file.name()))
                        .toList();
                findings.problems.addAll(problems);
                long errors = problems.stream().filter(DialectTrials::isFault).count();
                String name = "provider file " + file.name().replaceFirst(".*!META-INF/providers/", "");
                findings.checks.add(VerifierCheck.of(
                        name, errors == 0 ? List.of() : List.of(errors == 1 ? "1 error" : errors + " errors")));
            }
        }
    }

    private void tryOut(
            LoadedPlugin plugin, Dialect dialect, LoadedPlugins loaded, Findings findings, CanaryLeaks leaks) {
        findings.triedDialects = true;
        UnusableContextLoader hostile = new UnusableContextLoader();
        String prefix = "dialect " + dialect.id() + ": ";
        try {
            findings.checks.addAll(patience.run(
                    () -> new DialectChecks(
                                    dialect,
                                    new DialectTrials(loaded, dialect),
                                    leaks,
                                    SampleAnswers.of(plugin.jar(), dialect.id()))
                            .all(),
                    hostile));
            Optional<String> asked = hostile.asked().map(name -> "it was asked for " + name);
            findings.checks.add(VerifierCheck.of(
                    prefix + "asks no context class loader", asked.stream().toList()));
        } catch (TimeoutException e) {
            findings.checks.add(VerifierCheck.failed(prefix + "answers or fails", patience.exceeded()));
        }
    }

    private static final class Findings {
        final List<PluginOutcome> outcomes = new ArrayList<>();
        final List<VerifierCheck> checks = new ArrayList<>();
        final List<Diagnostic> problems = new ArrayList<>();
        final List<Provider> providers = new ArrayList<>();
        boolean triedDialects;
    }
}
