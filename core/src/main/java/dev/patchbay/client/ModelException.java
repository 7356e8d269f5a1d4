package dev.patchbay.client;

import static java.util.Objects.requireNonNull;

import dev.patchbay.spi.ContentBlock;
import dev.patchbay.spi.PatchbayException;
import dev.patchbay.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer failed, with what had come of it: what adapters put behind the exception of their framework. The cause is the
 * {@link ProviderException} that the client met.
 */
public final class ModelException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ModelResponse response;
    private final String provider;
    private final String modelId;
    private final String text;

    private ModelException(String message, ProviderException failure, ModelResponse response) {
        super(message, failure);
        this.response = response;
        this.provider = response.provider();
        this.modelId = response.modelId();
        this.text = response.text();
    }

    /**
     * The failure of a stream. The message has the provider, its words, the status and what to do.
     *
     * @param stream as it stands
     */
    public static ModelException of(ModelStream stream, ProviderException failure) {
        return of(stream.response(), failure);
    }

    /**
     * The failure of a call that is no stream. The message is as for one.
     *
     * @param response who was asked, and what had come
     */
    public static ModelException of(ModelResponse response, ProviderException failure) {
        StringBuilder message =
                new StringBuilder(response.provider()).append(": ").append(failure.getMessage());
        failure.status()
                .ifPresent(status -> message.append(" (HTTP ").append(status).append(')'));
        failure.help().ifPresent(help -> message.append("; ").append(help));
        return new ModelException(message.toString(), failure, response);
    }

    /** Kind, status, words and whether the same request may succeed later. */
    public ProviderException failure() {
        return (ProviderException) requireNonNull(getCause());
    }

    /** Who was asked, and what had come. Where the exception was serialised, of what had come the text alone. */
    public ModelResponse response() {
        if (response != null) {
            return response;
        }
        List<ContentBlock> come = text.isEmpty() ? List.of() : List.of(ContentBlock.text(text));
        return ModelResponse.builder(provider, modelId).content(come).build();
    }
}
