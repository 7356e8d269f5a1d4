package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallSecretsTest {

    private static final SecretRef KEY = new SecretRef("vault", "key");

    private final AtomicInteger lookups = new AtomicInteger();
    private final CallSecrets secrets = new CallSecrets(reference -> Secret.of("key-" + lookups.incrementAndGet()));

    @Test
    void looksASecretUpOnceInTheCallThatFollowsTheConnection() {
        assertThat(secrets.apply(KEY).reveal()).isEqualTo("key-1");
        secrets.begin();

        assertThat(secrets.apply(KEY).reveal()).isEqualTo("key-1");
        assertThat(secrets.apply(KEY).reveal()).isEqualTo("key-1");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void looksItUpAnewInEachFurtherCall() {
        secrets.begin();
        assertThat(secrets.apply(KEY).reveal()).isEqualTo("key-1");

        secrets.begin();

        assertThat(secrets.apply(KEY).reveal()).isEqualTo("key-2");
        assertThat(secrets.apply(KEY).reveal()).isEqualTo("key-2");
    }
}
