package dev.patchbay.internal.http.contract;

import static java.util.Objects.requireNonNull;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import dev.patchbay.spi.Secret;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.TestCertificates;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One fake provider and one HTTP stack that asks it. */
public abstract class StackFixture {

    protected static final String KEY = "canary-of-the-contract";
    protected static final Timeout SHORT = Timeout.of(Duration.ofMillis(400));
    protected static final Timeout LONG = Timeout.of(Duration.ofSeconds(20));
    protected static final Duration SECOND = Duration.ofSeconds(1);
    protected static final Duration PATIENCE = Duration.ofSeconds(15);

    private static @Nullable TestCertificates certificates;

    protected final FakeProvider fake = FakeProvider.start();
    private @Nullable HttpStack running;

    /** A stack for a provider that speaks chat, without retries of its own, and the proxies of an environment. */
    protected abstract HttpStack start(Definition provider, Environment environment);

    /** Once, since it takes seconds. */
    @BeforeAll
    static void makeCertificates(@TempDir Path folder) {
        certificates = TestCertificates.create(folder);
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
        }
        fake.close();
    }

    /** A provider at an address, with limits that no test reaches. */
    protected static Definition.Builder provider(URI baseUrl) {
        return Definition.builder("fake")
                .baseUrl(baseUrl)
                .defaultModel("m")
                .auth(Auth.bearer(Secrets.given(Secret.of(KEY), Location.of("test"))))
                .http(limits(LONG, LONG, LONG, Timeout.OFF));
    }

    protected static HttpSettings limits(Timeout connect, Timeout firstByte, Timeout idle, Timeout total) {
        RetryPolicy usual = RetryPolicy.DEFAULT;
        RetryPolicy none =
                new RetryPolicy(0, Set.of(), false, usual.initialBackoff(), usual.maxBackoff(), usual.maxWait());
        return new HttpSettings(connect, Optional.of(firstByte), idle, total, none);
    }

    protected final HttpStack started(Definition.Builder provider) {
        return started(provider, Map.of());
    }

    protected final HttpStack started(Definition.Builder provider, Map<String, String> variables) {
        HttpStack stack = start(provider.build(), Environment.of(variables));
        running = stack;
        return stack;
    }

    protected static TestCertificates certificates() {
        return requireNonNull(certificates);
    }
}
