package dev.patchbay.spi;

import java.io.InputStream;
import java.util.Optional;

/**
 * The answer to an {@link HttpCall}: head first, body as it arrives. Used by one thread; {@link #close} may come from
 * another one.
 */
public interface HttpReply extends AutoCloseable {

    int status();

    /** The first header of that name, ignoring case. */
    Optional<String> header(String name);

    /**
     * The body, decoded of any content encoding.
     *
     * <p>Reading throws {@link java.io.IOException} if the connection breaks, is idle for longer than the provider
     * allows, or is closed meanwhile.
     */
    InputStream body();

    /** Ends the exchange; the connection is closed at once if the body was not read to its end. Idempotent. */
    @Override
    void close();
}
