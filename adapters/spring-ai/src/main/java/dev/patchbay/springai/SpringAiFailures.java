package dev.patchbay.springai;

import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelException;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ProviderException;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

/** Says failures in Spring AI's exceptions, whose kind tells its retries whether another attempt makes sense. */
final class SpringAiFailures {

    private SpringAiFailures() {}

    static RuntimeException of(ModelException failed) {
        String message = String.valueOf(failed.getMessage());
        return failed.failure().isRetryable()
                ? new TransientAiException(message, failed)
                : new NonTransientAiException(message, failed);
    }

    /** Of a call that is no conversation. */
    static RuntimeException of(ModelClient asked, ProviderException failure) {
        ModelResponse nothing = ModelResponse.builder(
                        asked.provider(), asked.model().upstreamId())
                .build();
        return of(ModelException.of(nothing, failure));
    }

    static RuntimeException of(ConfigurationException unusable) {
        return new NonTransientAiException(String.valueOf(unusable.getMessage()), unusable);
    }
}
