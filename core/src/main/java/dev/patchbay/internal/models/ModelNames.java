package dev.patchbay.internal.models;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.Definition;
import dev.patchbay.registry.Provider;
import dev.patchbay.registry.RegistrySnapshot;
import java.util.List;
import java.util.Optional;

/**
 * Finds what the name of a model means, for launches, clients and the gateway: a prompt goes only to the provider that was named
 * (docs/design/sessions.md, section 4). Safe for use by several threads.
 *
 * <ol>
 *   <li>an alias, a model or the {@code defaultModel} that the default provider's definition names;
 *   <li>{@code provider/model}, split at the first slash, where the left part is the id of a provider, whatever its state;
 *       {@code default/x} is {@code x} at the default provider;
 *   <li>a name that the default provider's own list holds;
 *   <li>another name with a slash is refused;
 *   <li>a name without a slash: the default provider; the id of another provider only if the default provider's own list holds it.
 * </ol>
 */
public final class ModelNames {

    /** Stands for the default provider before a slash, unless a provider has that id. */
    public static final String DEFAULT = "default";

    private static final Location NAME = Location.of("model");
    private static final String CLAUDE = "claude-";
    private static final List<String> FAMILIES = List.of("opus", "sonnet", "haiku");

    private final UpstreamModels upstream;

    public ModelNames(UpstreamModels upstream) {
        this.upstream = requireNonNull(upstream, "upstream is null");
    }

    /**
     * What a name means where no provider is named beside it.
     *
     * @param name as it was given; empty: the default provider's default model
     * @param mayWait whether this thread may wait for the default provider's list
     * @return empty if it would have to wait and may not
     * @throws ConfigurationException if it means nothing
     */
    public Optional<NamedModel> find(RegistrySnapshot registry, String name, boolean mayWait) {
        return find(registry, registry.defaultProvider(), name, mayWait);
    }

    /**
     * The same where another provider stands in the place of the default one.
     *
     * @param main its id
     * @return empty if it would have to wait and may not
     * @throws ConfigurationException if it means nothing
     */
    public Optional<NamedModel> find(RegistrySnapshot registry, String main, String name, boolean mayWait) {
        Optional<Definition> own = registry.findNamed(main).flatMap(Provider::definition);
        if (name.isEmpty() || own.filter(known -> names(known, name)).isPresent()) {
            return Optional.of(NamedModel.of(main, name));
        }
        int slash = name.indexOf('/');
        if (slash < 0) {
            boolean namesAnother = !name.equals(main) && registry.find(name).isPresent();
            return namesAnother && isReady(registry, main)
                    ? inList(registry, own.get(), name, mayWait)
                    : Optional.of(NamedModel.of(
                            main, own.flatMap(known -> family(known, name)).orElse(name)));
        }
        String left = name.substring(0, slash);
        if (registry.find(left).isPresent()) {
            return Optional.of(NamedModel.of(left, atProvider(definition(registry, left), left, name)));
        }
        if (left.equals(DEFAULT)) {
            return Optional.of(NamedModel.of(registry.defaultProvider(), name.substring(slash + 1)));
        }
        return isReady(registry, main)
                ? inList(registry, own.get(), name, mayWait)
                : refused(registry, main, name, unusable(registry, main));
    }

    /**
     * What a name means where every request goes to one provider: its own models by their names, {@code claude-*} by its alias of
     * the family, and any other name its default model, or the name itself where it has none.
     *
     * @param name as a client names it; empty: the default model
     * @param mayWait whether this thread may wait for the provider's list
     * @return empty if it would have to wait and may not
     */
    public Optional<NamedModel> at(RegistrySnapshot registry, String provider, String name, boolean mayWait) {
        Optional<Definition> known = registry.findNamed(provider).flatMap(Provider::definition);
        // Where it may not be asked for its list, whoever goes on to it is told why.
        if (!isReady(registry, provider) || name.isEmpty() || names(known.get(), name) || !hasDefault(known.get())) {
            return Optional.of(NamedModel.of(provider, own(known, provider, name)));
        }
        if (isPrefixed(name, provider)) {
            return Optional.of(NamedModel.of(provider, atProvider(known, provider, name)));
        }
        Optional<UpstreamList> list = mayWait && name.indexOf('/') >= 0
                ? Optional.of(upstream.ask(known.get()))
                : upstream.atHand(known.get());
        if (list.isEmpty() && name.indexOf('/') >= 0) {
            return Optional.empty();
        }
        boolean offered = list.filter(there -> there.holds(name)).isPresent();
        String model = offered ? name : family(known.get(), name).orElse("");
        return Optional.of(NamedModel.of(provider, model));
    }

    /**
     * What {@code preset/model} means to whoever may use a preset by its name: launches and clients of this program's own user, and
     * never a client of the gateway.
     *
     * @return empty if what stands before the slash is no preset, or the default provider's definition names it as a whole
     */
    public Optional<NamedModel> preset(RegistrySnapshot registry, String name) {
        int slash = name.indexOf('/');
        boolean own = slash <= 0
                || definition(registry, registry.defaultProvider())
                        .filter(known -> names(known, name))
                        .isPresent();
        if (own || registry.find(name.substring(0, slash)).isPresent()) {
            return Optional.empty();
        }
        return registry.findNamed(name.substring(0, slash))
                .map(preset -> NamedModel.of(preset.id(), name.substring(slash + 1)));
    }

    /** Whether a definition itself says what a name is. */
    public static boolean names(Definition definition, String name) {
        return definition.models().containsKey(name)
                || definition.aliases().containsKey(name)
                || definition.defaultModel().filter(name::equals).isPresent();
    }

    private Optional<NamedModel> inList(RegistrySnapshot registry, Definition main, String name, boolean mayWait) {
        Optional<UpstreamList> list = mayWait ? Optional.of(upstream.ask(main)) : upstream.atHand(main);
        if (list.isEmpty()) {
            return Optional.empty();
        }
        if (list.get().holds(name)) {
            return Optional.of(NamedModel.of(main.id(), name));
        }
        return refused(
                registry,
                main.id(),
                name,
                list.get()
                        .failure()
                        .map(why -> "whether " + main.id()
                                + " has a model of that name is not known, since its list could not" + " be had: "
                                + why)
                        .orElse("the list of models of " + main.id() + " does not hold it"));
    }

    /** The alias of the family of a Claude model, unless the provider knows Claude models by their own names. */
    private Optional<String> family(Definition definition, String name) {
        if (!name.startsWith(CLAUDE)
                || upstream.atHand(definition).filter(list -> list.holds(name)).isPresent()) {
            return Optional.empty();
        }
        return FAMILIES.stream()
                .filter(family -> name.contains("-" + family))
                .filter(family ->
                        !definition.aliases().getOrDefault(family, CLAUDE).startsWith(CLAUDE))
                .findFirst();
    }

    /** What stands behind the provider's id, but for a model whose name begins with that id. */
    private static String atProvider(Optional<Definition> definition, String provider, String name) {
        String rest = name.substring(provider.length() + 1);
        boolean whole = definition
                .filter(known -> names(known, name) && !names(known, rest))
                .isPresent();
        return whole ? name : rest;
    }

    private static String own(Optional<Definition> definition, String provider, String name) {
        boolean listed = definition.filter(known -> names(known, name)).isPresent();
        return !listed && isPrefixed(name, provider) ? atProvider(definition, provider, name) : name;
    }

    private static boolean isPrefixed(String name, String provider) {
        return name.startsWith(provider + "/");
    }

    private static boolean hasDefault(Definition definition) {
        return definition.defaultModel().isPresent() || !definition.models().isEmpty();
    }

    private static boolean isReady(RegistrySnapshot registry, String id) {
        return registry.findNamed(id).filter(Provider::isReady).isPresent();
    }

    private static Optional<Definition> definition(RegistrySnapshot registry, String id) {
        return registry.find(id).flatMap(Provider::definition);
    }

    private static String unusable(RegistrySnapshot registry, String main) {
        return "the default provider " + main + " cannot be used: "
                + registry.find(main).flatMap(Provider::reason).orElse("there is no provider of that id");
    }

    private static Optional<NamedModel> refused(RegistrySnapshot registry, String main, String name, String why) {
        String left = name.substring(0, Math.max(0, name.indexOf('/')));
        String message;
        String first = "";
        if (left.isEmpty() && registry.find(name).isPresent()) {
            message = name + " is a provider, and no model is named";
            first = "write " + name + "/MODEL, or " + name + "/ for its default model; or ";
        } else if (registry.presets().contains(left)) {
            message = left + " is a preset, to which a client of the gateway leads no request";
            first = served(left);
        } else {
            message = unknown(registry, left);
        }
        String ask = main.equals(registry.defaultProvider())
                ? DEFAULT + "/" + name + " to ask the default provider, " + main
                : main + "/" + name + " to ask " + main;
        throw new ConfigurationException(
                List.of(Diagnostic.error(Code.UNKNOWN_PROVIDER, NAME, message + " (" + why + ")")
                        .help(first + "write " + ask + ", for a model of that name" + unreadable(registry))
                        .build()));
    }

    private static String unknown(RegistrySnapshot registry, String id) {
        List<String> near = registry.suggestions(id);
        return "no provider is named '" + id + "'"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
    }

    /** How whoever runs the gateway lets its clients ask a preset; a launch may name it, see {@link #preset}. */
    private static String served(String preset) {
        return "start the gateway with --provider " + preset + ", or make it a provider in a file, `" + preset
                + ": {extends: preset:" + preset + "}` below `providers:`; or ";
    }

    /** What a file that cannot be read defines is not known; it may be what was named. */
    private static String unreadable(RegistrySnapshot registry) {
        return registry.diagnostics().stream()
                .filter(problem -> problem.isError() && problem.code().isSyntax())
                .findFirst()
                .map(problem -> "; what " + problem.location() + " defines is not there: " + problem.message())
                .orElse("");
    }
}
