package dev.patchbay.registry;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.InternalApi;
import dev.patchbay.internal.config.merge.DefinitionOrigins;
import dev.patchbay.internal.config.tree.MapNode;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One definition of the registry with what became of it. Immutable. */
public final class Provider {

    private final String id;
    private final ProviderState state;
    private final Layer layer;
    private final Location location;
    private final @Nullable Definition definition;
    private final @Nullable DefinitionOrigins background;
    private final List<Diagnostic> problems;
    private final @Nullable String reason;

    Provider(
            String id,
            ProviderState state,
            Layer layer,
            Location location,
            @Nullable Definition definition,
            @Nullable DefinitionOrigins background,
            List<Diagnostic> problems,
            @Nullable String reason) {
        this.id = id;
        this.state = state;
        this.layer = layer;
        this.location = location;
        this.definition = definition;
        this.background = background;
        this.problems = List.copyOf(problems);
        this.reason = reason;
    }

    public String id() {
        return id;
    }

    public ProviderState state() {
        return state;
    }

    public boolean isReady() {
        return state == ProviderState.READY;
    }

    /** Where the definition comes from. */
    public Layer layer() {
        return layer;
    }

    /** Where its id stands. */
    public Location location() {
        return location;
    }

    /**
     * The definition, everything merged and substituted.
     *
     * <p>Present for a provider that is ready or disabled, and for one that is unavailable only because of its
     * credential, so that a launch which brings its own can use it.
     */
    public Optional<Definition> definition() {
        return Optional.ofNullable(definition);
    }

    /**
     * The definition to ask the provider by. The one place that says who may be asked: a provider that is not ready never is,
     * whatever it lacks.
     *
     * @throws ConfigurationException with what is wrong with it, unless it is ready
     */
    @InternalApi
    public Definition ready() {
        if (state == ProviderState.DISABLED) {
            throw new ConfigurationException(
                    List.of(Diagnostic.error(Code.PROVIDER_DISABLED, location, "provider '" + id + "' is disabled")
                            .help("remove enabled: false, or name another provider")
                            .build()));
        }
        return definition().filter(any -> isReady()).orElseThrow(() -> new ConfigurationException(problems));
    }

    /** The merged tree behind the definition, in which every value knows its place and what it overrode. */
    @InternalApi
    public Optional<MapNode> tree() {
        return Optional.ofNullable(background).flatMap(DefinitionOrigins::tree);
    }

    /** What the definition was made of; empty for one that is shadowed or was made in code. */
    @InternalApi
    public Optional<DefinitionOrigins> origins() {
        return Optional.ofNullable(background);
    }

    /** Everything that is wrong with it, sorted by place; for a built-in also what {@code diagnostics()} leaves out. */
    public List<Diagnostic> problems() {
        return problems;
    }

    /** Why it is not ready, in one line; empty if it is. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** The same provider, quarantined for a problem that only the others show. */
    Provider refused(Diagnostic problem) {
        List<Diagnostic> all = new ArrayList<>(problems);
        all.add(problem);
        boolean usable = state == ProviderState.READY || state == ProviderState.UNAVAILABLE;
        ProviderState now = usable ? ProviderState.INVALID : state;
        return new Provider(
                id, now, layer, location, null, background, all, usable ? StateReasons.of(now, all) : reason);
    }

    /** The same provider, still in effect although its file has changed. */
    Provider kept(Diagnostic warning) {
        List<Diagnostic> all = new ArrayList<>(problems);
        all.removeIf(problem -> problem.code() == warning.code());
        all.add(warning);
        return new Provider(id, state, layer, location, definition, background, all, reason);
    }

    /** The same provider, with another in its place. */
    Provider shadowed(String why) {
        return new Provider(id, ProviderState.SHADOWED, layer, location, definition, background, problems, why);
    }

    @Override
    public String toString() {
        return "Provider[" + id + ", " + state + ", " + layer + ", " + location + "]";
    }
}
