package dev.patchbay.internal.route;

import dev.patchbay.provider.Auth;
import java.util.Optional;

/**
 * The header that carries the key, for the two ways to authenticate that are built in.
 *
 * @param name the header
 * @param prefix what stands before the key, such as {@code "Bearer "}; may be empty
 */
public record CredentialHeader(String name, String prefix) {

    private static final String BEARER = "bearer";
    private static final String HEADER = "header";

    /** Empty for {@code none} and for the types that plugins bring. */
    public static Optional<CredentialHeader> of(Auth auth) {
        return switch (auth.type()) {
            case BEARER ->
                Optional.of(new CredentialHeader(
                        auth.header().orElse("Authorization"), auth.prefix().orElse("Bearer ")));
            case HEADER ->
                Optional.of(new CredentialHeader(
                        auth.header().orElse("api-key"), auth.prefix().orElse("")));
            default -> Optional.empty();
        };
    }
}
