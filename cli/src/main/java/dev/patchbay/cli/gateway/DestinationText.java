package dev.patchbay.cli.gateway;

import dev.patchbay.diagnostic.Printable;
import dev.patchbay.internal.models.ModelNames;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.ProviderState;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which names lead where: one line a provider, each a comment of a shell. */
final class DestinationText {

    private static final int FEW = 6;

    private DestinationText() {}

    /** @param only the provider that every request goes to; empty: the name of the model decides */
    static String of(RegistrySnapshot registry, Optional<String> only) {
        StringBuilder text = new StringBuilder("# Providers, and the names of models that lead there\n");
        for (Provider provider : registry.providers()) {
            boolean shown = provider.state() != ProviderState.SHADOWED
                    && only.map(provider.id()::equals).orElse(true);
            if (shown) {
                // A line break in a name would end the comment, and the shell run what is behind.
                text.append(Printable.line("# " + provider.id() + ": " + line(registry, provider, only)))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String line(RegistrySnapshot registry, Provider provider, Optional<String> only) {
        if (!provider.isReady()) {
            return provider.state().name().toLowerCase(Locale.ROOT)
                    + provider.reason().map(why -> ", " + why).orElse("");
        }
        boolean main = provider.id().equals(registry.defaultProvider());
        List<String> names = new ArrayList<>();
        String prefix = main || only.isPresent() ? "" : provider.id() + "/";
        provider.definition().map(DestinationText::own).orElse(Set.of()).stream()
                .limit(FEW)
                .forEach(name -> names.add(prefix + name));
        names.add(provider.id() + "/NAME");
        if (only.isPresent()) {
            names.add("every other name");
        } else if (main) {
            names.add(ModelNames.DEFAULT + "/NAME");
            names.add("every name without a slash");
        }
        return (main && only.isEmpty() ? "ready, the default: " : "ready: ") + String.join(", ", names);
    }

    private static Set<String> own(Definition definition) {
        Set<String> names = new LinkedHashSet<>(definition.aliases().keySet());
        definition.defaultModel().ifPresent(names::add);
        names.addAll(definition.models().keySet());
        return names;
    }
}
