package dev.patchbay.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way to speak with a provider: turns requests of the internal form into whatever the provider understands.
 *
 * <p>There are two kinds: one with a {@linkplain #codec codec}, which only translates, and one with a {@linkplain #connect
 * client} of its own, which waits on threads that the host gives it. Each overrides one of the two methods.
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
     * What this dialect can carry beyond text. Default: nothing.
     *
     * <p>A host refuses a request that needs what is missing (tools, structured output); what can be left out (images,
     * thinking) it leaves out and says so. The dialect sees neither.
     */
    default Set<Capability> capabilities() {
        return Set.of();
    }

    /**
     * The translation for one provider, for a dialect that is nothing else. Must not do I/O.
     *
     * @return empty for a dialect with a client of its own, which is the default
     */
    default Optional<DialectCodec> codec(ProviderDefinition definition) {
        return Optional.empty();
    }

    /**
     * Makes a client for one provider. Must not do I/O: nothing happens on the network before a request is made. Default: one
     * around the {@linkplain #codec codec}.
     *
     * @param definition the provider as configured, all files merged
     * @param context what the host lends: transport, secrets, clock
     * @throws ProviderException if the definition cannot be served
     */
    default ChatClient connect(ProviderDefinition definition, ProviderContext context) {
        DialectCodec codec = codec(definition)
                .orElseThrow(() ->
                        new UnsupportedOperationException("dialect " + id() + " has neither a client nor a codec"));
        return new CodecClient(codec, context);
    }

    /**
     * A problem of a definition.
     *
     * @param path the dotted path of the field that is wrong, such as {@code options.region}
     * @param message what is wrong and what to write instead; no secret
     */
    record Problem(String path, String message) {}
}
