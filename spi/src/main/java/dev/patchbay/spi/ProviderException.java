package dev.patchbay.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A provider refused a request, failed while answering it, or could not be reached.
 *
 * <p>The message is the provider's own where it gave one, in full, since it often names the refused parameter.
 */
public final class ProviderException extends PatchbayException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, in the terms that {@code fallback.when} of a provider file uses. */
    public enum Kind {
        /** Too many requests in a time. */
        RATE_LIMIT,
        /** The provider has too much to do. */
        OVERLOADED,
        /** The provider failed, or its answer broke off or cannot be read. */
        SERVER,
        /** No answer in time. */
        TIMEOUT,
        /** No connection, or it broke before an answer began. */
        NETWORK,
        /** The key is missing, wrong or may not do this. */
        AUTH,
        /** The account has no credit left. */
        QUOTA,
        /** The conversation is too long for the model. */
        CONTEXT_LENGTH,
        /** No such model or address. */
        NOT_FOUND,
        /** The request is not acceptable as it is. */
        INVALID_REQUEST,
        /** The request was cancelled from this side. */
        CANCELLED;

        /**
         * What an HTTP status of 400 and above says, where the answer itself says nothing better (dialects.md, section 1.4).
         *
         * <p>A status below 400 that a dialect has no use for, such as a redirect, is {@link #SERVER}.
         */
        public static Kind ofStatus(int status) {
            return switch (status) {
                case 401, 403 -> AUTH;
                case 402 -> QUOTA;
                case 404 -> NOT_FOUND;
                case 408, 504, 524 -> TIMEOUT;
                case 429 -> RATE_LIMIT;
                case 498, 503, 529 -> OVERLOADED;
                default -> status >= 400 && status < 500 ? INVALID_REQUEST : SERVER;
            };
        }
    }

    private final Kind kind;
    private final @Nullable Integer status;
    private final @Nullable Duration retryAfter;
    private final @Nullable String requestId;
    private final @Nullable String help;
    private final boolean retryable;

    private ProviderException(Builder builder) {
        super(builder.message, builder.cause);
        this.kind = builder.kind;
        this.status = builder.status;
        this.retryAfter = builder.retryAfter;
        this.requestId = builder.requestId;
        this.help = builder.help;
        this.retryable = builder.retryable == null ? isUsuallyRetryable(builder.kind) : builder.retryable;
    }

    /** An exception with no more than a kind and a message. */
    public ProviderException(Kind kind, String message) {
        this(builder(kind, message));
    }

    /**
     * Starts an exception.
     *
     * @param message what happened, if possible in the provider's words; no secret
     */
    public static Builder builder(Kind kind, String message) {
        return new Builder(kind, message);
    }

    public Kind kind() {
        return kind;
    }

    /** The HTTP status that the provider answered, or that is right for the error it sent. */
    public OptionalInt status() {
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** How long the provider asked to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The provider's id of the request. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** What the user can do about it. */
    public Optional<String> help() {
        return Optional.ofNullable(help);
    }

    /** Whether the same request may succeed later. */
    public boolean isRetryable() {
        return retryable;
    }

    private static boolean isUsuallyRetryable(Kind kind) {
        return switch (kind) {
            case RATE_LIMIT, OVERLOADED, SERVER, TIMEOUT, NETWORK -> true;
            default -> false;
        };
    }

    /** Collects an exception. */
    public static final class Builder {

        private final Kind kind;
        private final String message;
        private @Nullable Throwable cause;
        private @Nullable Integer status;
        private @Nullable Duration retryAfter;
        private @Nullable String requestId;
        private @Nullable String help;
        private @Nullable Boolean retryable;

        private Builder(Kind kind, String message) {
            this.kind = requireNonNull(kind, "kind is null");
            this.message = requireNonNull(message, "message is null");
        }

        public Builder cause(Throwable throwable) {
            this.cause = requireNonNull(throwable, "throwable is null");
            return this;
        }

        public Builder status(int code) {
            this.status = code;
            return this;
        }

        public Builder retryAfter(Duration wait) {
            this.retryAfter = requireNonNull(wait, "wait is null");
            return this;
        }

        public Builder requestId(String id) {
            this.requestId = requireNonNull(id, "id is null");
            return this;
        }

        public Builder help(String text) {
            this.help = requireNonNull(text, "text is null");
            return this;
        }

        /** Whether trying again makes sense; default: by the kind. */
        public Builder retryable(boolean value) {
            this.retryable = value;
            return this;
        }

        public ProviderException build() {
            return new ProviderException(this);
        }
    }
}
