package dev.patchbay.internal.plugin;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.plugin.LoadedPlugin.DefinitionFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The copied jars of one plugin, its own and the libraries beside them; no class of them has been loaded. */
record JarSet(JarCandidate candidate, List<JarFacts> jars) {

    static final int MOST_JARS = 1_000;

    /** Copies the jars of a candidate and reads what they say. */
    static JarSet copied(JarCandidate candidate, JarCache cache) throws Rejection {
        if (candidate.jars().size() > MOST_JARS) {
            throw Rejection.because("it has more than " + MOST_JARS + " jars");
        }
        List<JarFacts> jars = new ArrayList<>();
        for (Path jar : candidate.jars()) {
            String which = candidate.isSingle()
                    ? "it"
                    : Printable.line(jar.getFileName().toString());
            try {
                jars.add(JarFacts.of(cache.copy(jar), candidate.prefixOf(jar)));
            } catch (IOException | RuntimeException e) {
                throw Rejection.because(which + " cannot be read as a jar: " + PluginFault.describe(e), e)
                        .withHelp("copy or download it again");
            } catch (Rejection e) {
                throw candidate.isSingle() ? e : Rejection.because(e.reason().replaceFirst("^it ", which + " "));
            }
        }
        return new JarSet(candidate, jars);
    }

    /** The digest of a candidate that is no jar, as far as it can be read. */
    static Optional<String> digestOf(JarCandidate candidate) {
        if (candidate.jars().size() > MOST_JARS) {
            return Optional.empty();
        }
        List<String> digests = new ArrayList<>();
        for (Path jar : candidate.jars()) {
            try {
                JarLimits.checkFile(jar);
                try (InputStream in = Files.newInputStream(jar)) {
                    digests.add(Sha256.of(in));
                }
            } catch (IOException | RuntimeException | Rejection e) {
                return Optional.empty();
            }
        }
        return Optional.of(Sha256.of(digests));
    }

    PluginOrigin origin() {
        List<String> digests = jars.stream().map(jar -> jar.copy().sha256()).toList();
        return PluginOrigin.jar(candidate.path(), Optional.of(Sha256.of(digests)));
    }

    boolean hasService() {
        return jars.stream().anyMatch(JarFacts::hasService);
    }

    /** The id that a manifest states. */
    Optional<String> id() {
        return first(JarFacts::id);
    }

    /** The version that a manifest states. */
    Optional<String> version() {
        return first(JarFacts::version);
    }

    List<DefinitionFile> definitions() {
        return jars.stream().flatMap(jar -> jar.definitions().stream()).toList();
    }

    /** Texts in the classes that could be names of what the plugin brings; empty where they cannot be read. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (JarFacts jar : jars) {
            try {
                names.addAll(JarContents.ask(jar.copy().file(), JarContents::names));
            } catch (IOException | RuntimeException e) {
                return names;
            }
        }
        return names;
    }

    List<Path> files() {
        return jars.stream().map(jar -> jar.copy().file()).toList();
    }

    private Optional<String> first(Function<JarFacts, Optional<String>> part) {
        return jars.stream()
                .filter(JarFacts::bringsSomething)
                .map(part)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
