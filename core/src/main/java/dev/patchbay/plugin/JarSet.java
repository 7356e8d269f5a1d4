package dev.patchbay.plugin;

import dev.patchbay.plugin.LoadedPlugin.DefinitionFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
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

    /** Copies the jars of a candidate and reads what they say. */
    static JarSet copied(JarCandidate candidate, JarCache cache) throws Rejection {
        List<JarFacts> jars = new ArrayList<>();
        for (Path jar : candidate.jars()) {
            try {
                jars.add(JarFacts.of(cache.copy(jar), candidate.prefixOf(jar)));
            } catch (IOException e) {
                String which = candidate.isSingle() ? "it" : jar.getFileName().toString();
                throw Rejection.because(which + " cannot be read as a jar: " + Fault.describe(e), e)
                        .withHelp("copy or download it again");
            }
        }
        return new JarSet(candidate, jars);
    }

    /** The digest of a candidate that is no jar, as far as it can be read. */
    static Optional<String> digestOf(JarCandidate candidate) {
        List<String> digests = new ArrayList<>();
        for (Path jar : candidate.jars()) {
            try (InputStream in = Files.newInputStream(jar)) {
                digests.add(Digest.of(in));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.of(Digest.of(digests));
    }

    PluginOrigin origin() {
        List<String> digests = jars.stream().map(jar -> jar.copy().sha256()).toList();
        return PluginOrigin.jar(candidate.path(), Optional.of(Digest.of(digests)));
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
            } catch (IOException e) {
                return names;
            }
        }
        return names;
    }

    List<URL> urls() {
        List<URL> urls = new ArrayList<>();
        for (JarFacts jar : jars) {
            try {
                urls.add(jar.copy().file().toUri().toURL());
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }
        return urls;
    }

    private Optional<String> first(Function<JarFacts, Optional<String>> part) {
        return jars.stream()
                .filter(JarFacts::bringsSomething)
                .map(part)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
