package dev.patchbay.codec;

import dev.patchbay.spi.PatchbayException;
import dev.patchbay.spi.ProviderException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Details of an error that a program reads, for dialects whose errors have a place for them: {@code error.details} of Anthropic
 * Messages. Travels as the cause of the exception, since plugins have no use for it.
 */
public final class ErrorDetails extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> details;

    private ErrorDetails(String message, Map<String, Object> details) {
        super(message, null);
        this.details = details;
    }

    /**
     * The failure with details.
     *
     * @param failure has no cause of its own
     * @param details JSON values as JDK values
     */
    public static ProviderException attach(ProviderException failure, Map<String, Object> details) {
        String message = String.valueOf(failure.getMessage());
        ProviderException.Builder detailed = ProviderException.builder(failure.kind(), message)
                .cause(new ErrorDetails(message, Map.copyOf(details)));
        failure.status().ifPresent(detailed::status);
        failure.help().ifPresent(detailed::help);
        return detailed.build();
    }

    /** The details of a failure; empty if it has none. */
    static Map<String, Object> of(ProviderException failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause instanceof ErrorDetails detailed && detailed.details != null ? detailed.details : Map.of();
    }
}
