package dev.patchbay.workbench.probe;

import dev.patchbay.provider.Auth;
import dev.patchbay.provider.SecretValue;
import java.util.List;
import java.util.Optional;

/** The other ways in which the key of a provider may have to travel (dialects.md, U2 to U4); to the same origin. */
final class OtherHeaders {

    private OtherHeaders() {}

    static List<Auth> of(Auth auth) {
        Optional<SecretValue> key = auth.key();
        if (key.isEmpty()) {
            return List.of();
        }
        if (auth.type().equals("bearer")) {
            return List.of(Auth.header("x-api-key", key.get()), Auth.header("api-key", key.get()));
        }
        return auth.type().equals("header") ? List.of(Auth.bearer(key.get())) : List.of();
    }
}
