package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Diagnostics;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what worked: where a definition cannot be used any more, or the file that it stood in cannot be read, the provider
 * stays as it was in the snapshot before.
 */
final class LastGood {

    private final RegistrySnapshot before;
    private final RegistrySnapshot after;
    private final List<String> broken = new ArrayList<>();
    private final Set<String> emptied = new HashSet<>();
    private final Diagnostics diagnostics = new Diagnostics();

    private LastGood(RegistrySnapshot before, RegistrySnapshot after) {
        this.before = before;
        this.after = after;
        diagnostics.addAll(after.diagnostics());
        for (Diagnostic problem : after.diagnostics()) {
            if (problem.code().isSyntax()) {
                broken.add(problem.location().source());
            }
            if (problem.code() == Code.EMPTY_FILE) {
                emptied.add(problem.location().source());
            }
        }
    }

    /** The snapshot after, with the providers of the one before where they are better than nothing. */
    static RegistrySnapshot kept(RegistrySnapshot before, RegistrySnapshot after) {
        return new LastGood(before, after).merge();
    }

    /** Whether a provider is still there only because its new definition cannot be used. */
    static boolean isKept(Provider provider) {
        return provider.problems().stream().anyMatch(problem -> problem.code() == Code.LAST_GOOD_KEPT);
    }

    private RegistrySnapshot merge() {
        Map<String, List<Provider>> byId = new LinkedHashMap<>();
        for (Provider provider : after.providers()) {
            byId.computeIfAbsent(provider.id(), id -> new ArrayList<>(1)).add(provider);
        }
        for (Provider old : before.providers()) {
            boolean usable = old.state() != ProviderState.INVALID && old.state() != ProviderState.SHADOWED;
            if (usable) {
                List<Provider> now = byId.getOrDefault(old.id(), List.of());
                if (now.isEmpty() ? isInBrokenFile(old) : isWorse(now.get(0), old)) {
                    byId.put(old.id(), instead(old, now));
                }
            }
        }
        List<Provider> providers = new ArrayList<>();
        byId.values().forEach(providers::addAll);
        // By id, the one in effect first, as ever: the sort is stable.
        providers.sort((one, other) -> one.id().compareTo(other.id()));
        return after.with(providers, diagnostics.sorted(), defaultProvider());
    }

    private boolean isWorse(Provider now, Provider old) {
        if (now.state() == ProviderState.INVALID) {
            return true;
        }
        boolean elsewhere = !now.location().source().equals(old.location().source());
        return elsewhere && now.layer().compareTo(old.layer()) < 0 && isInBrokenFile(old);
    }

    private boolean isInBrokenFile(Provider provider) {
        String source = provider.location().source();
        for (String name : broken) {
            // A folder that cannot be read is named as such, its files by their paths.
            boolean inside = source.startsWith(name)
                    && source.length() > name.length()
                    && source.charAt(name.length()) == File.separatorChar;
            if (source.equals(name) || inside) {
                return true;
            }
        }
        return false;
    }

    private List<Provider> instead(Provider old, List<Provider> now) {
        boolean invalid = !now.isEmpty() && now.get(0).state() == ProviderState.INVALID;
        Diagnostic warning = emptied.contains(old.location().source())
                ? ofEmptied(old)
                : Diagnostic.warning(
                                Code.LAST_GOOD_KEPT,
                                invalid ? now.get(0).location() : old.location(),
                                old.id() + " stays as it was before the file changed")
                        .help("correct what is wrong there; to be rid of " + old.id()
                                + ", remove its definition or its file")
                        .build();
        diagnostics.add(warning);
        List<Provider> all = new ArrayList<>();
        all.add(old.kept(warning));
        for (int i = invalid ? 1 : 0; i < now.size(); i++) {
            all.add(now.get(i).shadowed("replaced by a definition whose file cannot be read now"));
        }
        return all;
    }

    /** An editor empties a file before it writes it; one that stays so is told until somebody writes or removes it. */
    private static Diagnostic ofEmptied(Provider old) {
        return Diagnostic.warning(
                        Code.LAST_GOOD_KEPT,
                        old.location(),
                        old.id() + " stays as it was before the file was emptied, until this process ends")
                .help("write its definition again; to be rid of " + old.id() + ", remove the file")
                .build();
    }

    /** A file that cannot be read may be the one that says it. */
    private String defaultProvider() {
        boolean lost = !broken.isEmpty() && !after.isDefaultNamed();
        return lost ? before.defaultProvider() : after.defaultProvider();
    }
}
