package dev.patchbay.session;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The name of a provider: the known ones as constants, so that an editor completes them, and any other text.
 *
 * <p>Names are compared exactly. Immutable.
 */
public final class AiProvider {

    /** Anthropic's own API. */
    public static final AiProvider ANTHROPIC = new AiProvider("anthropic");
    /** OpenRouter. */
    public static final AiProvider OPENROUTER = new AiProvider("openrouter");
    /** Baseten. */
    public static final AiProvider BASETEN = new AiProvider("baseten");

    private final String id;

    private AiProvider(String id) {
        this.id = id;
    }

    /**
     * Any provider by its name.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public static AiProvider of(String id) {
        if (requireNonNull(id, "id is null").isBlank()) {
            throw new IllegalArgumentException("a provider's name must not be blank");
        }
        return new AiProvider(id);
    }

    /** The name, as it was given. */
    public String id() {
        return id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AiProvider provider && provider.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
