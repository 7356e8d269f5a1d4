package com.example.signed;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderPlugin;
import java.time.Clock;
import java.util.List;

/** What the jar brings; named in {@code META-INF/services}. */
public final class SignedPlugin implements ProviderPlugin {

    @Override
    public String id() {
        return "signed-dialect";
    }

    @Override
    public List<Dialect> dialects() {
        return List.of(new SignedDialect());
    }

    @Override
    public List<Authenticator> authenticators() {
        return List.of(new HmacAuthenticator(Clock.systemUTC()));
    }
}
