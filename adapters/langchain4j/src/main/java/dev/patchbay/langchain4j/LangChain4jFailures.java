package dev.patchbay.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelException;
import dev.patchbay.client.ModelResponse;
import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.spi.ProviderException;

/** Says failures in LangChain4j's exceptions, whose kind tells its retries whether another attempt makes sense. */
final class LangChain4jFailures {

    private LangChain4jFailures() {}

    static LangChain4jException of(ModelException failed) {
        String message = String.valueOf(failed.getMessage());
        return switch (failed.failure().kind()) {
            case AUTH -> new AuthenticationException(message, failed);
            case RATE_LIMIT -> new RateLimitException(message, failed);
            case OVERLOADED, SERVER, NETWORK ->
                failed.failure().isRetryable()
                        ? new InternalServerException(message, failed)
                        : new LangChain4jException(message, failed);
            case TIMEOUT -> new TimeoutException(message, failed);
            case NOT_FOUND -> new ModelNotFoundException(message, failed);
            case INVALID_REQUEST, CONTEXT_LENGTH, QUOTA -> new InvalidRequestException(message, failed);
            case CANCELLED -> new LangChain4jException(message, failed);
        };
    }

    /** Of a call that is no conversation. */
    static LangChain4jException of(ModelClient asked, ProviderException failure) {
        ModelResponse nothing = ModelResponse.builder(
                        asked.provider(), asked.model().upstreamId())
                .build();
        return of(ModelException.of(nothing, failure));
    }

    static LangChain4jException of(ConfigurationException unusable) {
        String message = String.valueOf(unusable.getMessage());
        boolean unknown = unusable.diagnostics().stream().anyMatch(problem -> problem.code() == Code.UNKNOWN_PROVIDER);
        return unknown ? new ModelNotFoundException(message, unusable) : new InvalidRequestException(message, unusable);
    }
}
