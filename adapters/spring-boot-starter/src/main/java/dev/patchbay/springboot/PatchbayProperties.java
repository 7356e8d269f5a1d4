package dev.patchbay.springboot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What {@code patchbay.*} of an application can say. */
@ConfigurationProperties("patchbay")
public final class PatchbayProperties {

    private final List<String> config;
    private final boolean userLayer;
    private final @Nullable String pluginDirectory;
    private final boolean watch;
    private final boolean strict;
    private final @Nullable String primary;
    private final Map<String, String> models;
    private final @Nullable String embedding;

    /**
     * The values as they are bound.
     *
     * @param config provider files and folders, later ones are higher; {@code classpath:} is understood where it names a file, also inside a jar
     * @param userLayer whether {@code providers/*.yaml} of the user's own folder is read; default: no
     * @param pluginDirectory a folder of plugin jars; default: none
     * @param watch whether files are followed while the application runs; default: no
     * @param strict whether any error in a file keeps the application from starting; default: no, what works is used
     * @param primary the provider, or name among {@code models}, whose chat model is injected where none is named
     * @param models names of further chat models, each with {@code provider/model}
     * @param embedding the embedding model that is injected, as {@code provider/model}; default: none
     */
    public PatchbayProperties(
            @Nullable List<String> config,
            boolean userLayer,
            @Nullable String pluginDirectory,
            boolean watch,
            boolean strict,
            @Nullable String primary,
            @Nullable Map<String, String> models,
            @Nullable String embedding) {
        this.config = config == null ? List.of() : List.copyOf(config);
        this.userLayer = userLayer;
        this.pluginDirectory = pluginDirectory;
        this.watch = watch;
        this.strict = strict;
        this.primary = primary;
        this.models = models == null ? Map.of() : Map.copyOf(models);
        this.embedding = embedding;
    }

    static PatchbayProperties none() {
        return new PatchbayProperties(null, false, null, false, false, null, null, null);
    }

    public List<String> config() {
        return config;
    }

    public boolean userLayer() {
        return userLayer;
    }

    public Optional<String> pluginDirectory() {
        return Optional.ofNullable(pluginDirectory);
    }

    public boolean watch() {
        return watch;
    }

    public boolean strict() {
        return strict;
    }

    public Optional<String> primary() {
        return Optional.ofNullable(primary);
    }

    public Map<String, String> models() {
        return models;
    }

    public Optional<String> embedding() {
        return Optional.ofNullable(embedding);
    }
}
