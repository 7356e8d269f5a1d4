package dev.patchbay.codec;

import dev.patchbay.spi.ProviderException.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Statuses, kinds and types of errors (dialects.md, E1). */
final class ErrorKinds {

    /** What an error inside a 200 says of itself, as the status it would have had. */
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("rate_limit_exceeded", 429),
            Map.entry("rate_limit_error", 429),
            Map.entry("throttling", 429),
            Map.entry("throttlingexception", 429),
            Map.entry("too_many_requests", 429),
            Map.entry("insufficient_quota", 402),
            Map.entry("billing_error", 402),
            Map.entry("invalid_api_key", 401),
            Map.entry("authentication_error", 401),
            Map.entry("permission_error", 403),
            Map.entry("model_not_found", 404),
            Map.entry("not_found_error", 404),
            Map.entry("request_too_large", 413),
            Map.entry("invalid_request_error", 400),
            Map.entry("invalid_prompt", 400),
            Map.entry("invalid_image", 400),
            Map.entry("invalid_image_url", 400),
            Map.entry("invalid_image_format", 400),
            Map.entry("invalid_base64_image", 400),
            Map.entry("image_too_large", 400),
            Map.entry("image_parse_error", 400),
            Map.entry("image_content_policy_violation", 400),
            Map.entry("unsupported_image_media_type", 400),
            Map.entry("failed_to_download_image", 400),
            Map.entry("invalid_encrypted_content", 400),
            Map.entry("tool_use_failed", 400),
            Map.entry("rate_limit_reached_error", 429),
            Map.entry("service_tier_capacity_exceeded", 429),
            Map.entry("server_is_overloaded", 529),
            Map.entry("slow_down", 529),
            Map.entry("engine_overloaded", 529),
            Map.entry("engine_overloaded_error", 529),
            Map.entry("service_unavailable_error", 503),
            Map.entry("overloaded", 529),
            Map.entry("overloaded_error", 529),
            Map.entry("server_overloaded", 529),
            Map.entry("service_unavailable", 503),
            Map.entry("timeout", 504),
            Map.entry("timeout_error", 504),
            Map.entry("server_error", 500),
            Map.entry("internal_error", 500));

    private ErrorKinds() {}

    /** The status for a code of MiniMax's {@code base_resp} (platform.minimax.io, error codes). */
    static int minimax(int code) {
        return switch (code) {
            case 1002, 1039, 1041, 2045 -> 429;
            case 1004, 2049 -> 401;
            case 1008, 2056 -> 402;
            case 1001 -> 504;
            case 1026, 1027, 1042, 1043, 1044, 2013, 20132 -> 400;
            case 2037, 2039, 2042, 2048 -> 403;
            default -> 502;
        };
    }

    static OptionalInt status(String word) {
        Integer status = WORDS.get(word.toLowerCase(Locale.ROOT));
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 408, 504, 524 -> "timeout_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 498, 503, 529 -> "overloaded_error";
            default -> status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.AUTH;
            case 402 -> Kind.QUOTA;
            case 404 -> Kind.NOT_FOUND;
            case 408, 504, 524 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMIT;
            case 498, 503, 529 -> Kind.OVERLOADED;
            default -> status >= 400 && status < 500 ? Kind.INVALID_REQUEST : Kind.SERVER;
        };
    }

    /** The status of an error that no upstream answered. */
    static int status(Kind kind) {
        return switch (kind) {
            case RATE_LIMIT -> 429;
            case OVERLOADED -> 529;
            case SERVER, NETWORK -> 502;
            case TIMEOUT -> 504;
            case AUTH -> 401;
            case QUOTA -> 402;
            case CONTEXT_LENGTH, INVALID_REQUEST -> 400;
            case NOT_FOUND -> 404;
            case CANCELLED -> 499;
        };
    }
}
