package dev.patchbay.spi;

import java.util.List;

/**
 * A way to speak with a provider: turns requests of the internal form into whatever the provider understands.
 *
 * <p>Implementations hold no state of a conversation and are called by several threads at once.
 */
public interface Dialect {

    /** The name that provider files use in {@code dialect:}; matches {@code [a-z0-9][a-z0-9._-]{0,63}}. */
    String id();

    /** The keys that {@code options:} of a provider file may hold. Default: none. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * Whether a provider without {@code baseUrl} can be served. Default: {@code true}, a base URL is needed.
     *
     * <p>A dialect that opens no connection returns {@code false}.
     */
    default boolean needsBaseUrl() {
        return true;
    }

    /**
     * Checks what the {@linkplain #options() schema} cannot express. Called at load; must not do I/O.
     *
     * @return the problems found; an empty list if there are none, which is the default
     */
    default List<Problem> validate(ProviderDefinition definition) {
        return List.of();
    }

    /**
     * Makes a client for one provider. Must not do I/O: nothing happens on the network before a request is made.
     *
     * @param definition the provider as configured, all files merged
     * @param context what the host lends: transport, secrets, clock
     * @throws ProviderException if the definition cannot be served
     */
    ChatClient connect(ProviderDefinition definition, ProviderContext context);

    /**
     * A problem of a definition.
     *
     * @param path the dotted path of the field that is wrong, such as {@code options.region}
     * @param message what is wrong and what to write instead; no secret
     */
    record Problem(String path, String message) {}
}
