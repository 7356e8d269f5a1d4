package dev.patchbay.internal.http;

import dev.patchbay.spi.HttpTransport;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.time.Clock;
import java.util.function.Function;

/** What a plugin's dialect is lent for one provider. */
record HostContext(HttpTransport http, Function<SecretRef, Secret> secrets, Clock clock) implements ProviderContext {

    @Override
    public Secret secret(SecretRef reference) {
        return secrets.apply(reference);
    }
}
