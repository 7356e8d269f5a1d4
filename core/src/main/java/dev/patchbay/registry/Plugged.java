package dev.patchbay.registry;

import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretSource;
import java.util.Map;

/** What the plugins brought, by the names that provider files use. */
record Plugged(
        Map<String, Dialect> dialects,
        Map<String, Authenticator> authenticators,
        Map<String, SecretSource> secretSources) {}
