package dev.patchbay.provider;

import java.net.URI;
import java.util.Optional;

/**
 * Where an operation is found, as far as a file says it (provider-files.md, section 2, {@code endpoints}).
 */
public sealed interface Endpoint {

    /** The provider does not offer the operation ({@code null} in the file). */
    record NotOffered() implements Endpoint {}

    /**
     * A path below the base URL.
     *
     * @param path begins with {@code /}; {@code {model}} stands for the model as one percent-encoded segment
     */
    record Path(String path) implements Endpoint {}

    /**
     * An address of its own.
     *
     * @param auth how to authenticate there; empty: as everywhere, which needs the same origin
     */
    record Absolute(URI url, Optional<Auth> auth) implements Endpoint {}
}
