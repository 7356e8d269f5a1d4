package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ProviderPlugin;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every way to a provider must do with a plugin, be it a session, a client or a gateway: one plugin with every feature that
 * a plugin can have is asked one question. Extend it and say how a question is asked there.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HostContract {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final String TENANT = "canary-tenant-1f";
    private static final String ACCOUNT = "canary-account-2e";
    private static final String SIGNING = "canary-signing-3d";
    private static final String HEADER = "canary-header-4c";
    private static final String QUERY = "canary-query-5b";

    private static final Map<String, String> VARIABLES =
            Map.of("TENANT_TOKEN", TENANT, "HEADER_TOKEN", HEADER, "QUERY_KEY", QUERY);

    private final FakeProvider fake =
            FakeProvider.start().answer(Answer.status(200).body("text/plain", "the answer"));

    /**
     * A host with one plugin and one provider file, whose default provider it is to ask.
     *
     * @param file the text of the provider file
     * @param environment the variables that are set
     */
    public record Setup(ProviderPlugin plugin, String file, Map<String, String> environment, Clock clock) {}

    /**
     * What came of a question.
     *
     * @param text of the answer; empty if there was none
     * @param failure everything that is said of a failure; empty if there was none
     */
    public record Told(String text, String failure) {}

    /** Asks the default provider of a fresh host one question, once, for its default model. */
    protected abstract Told ask(Setup host) throws Exception;

    @AfterEach
    final void stopProvider() {
        fake.close();
    }

    @Test
    void everythingOfThePluginReachesTheProvider() throws Exception {
        Told told = ask(host(plugin(), VARIABLES));

        assertThat(told).isEqualTo(new Told("the answer", ""));
        RecordedRequest request = fake.onlyRequest();
        assertThat(request.body()).asString().isEqualTo("contract-model");
        Map<String, String> expected = new HashMap<>(Map.of(
                "x-region", "us",
                "x-zone", "by default",
                "x-attempts", "3",
                "x-dry", "true",
                "x-wait", "PT20S",
                "x-labels", "one,two",
                "x-tenant", TENANT,
                "x-account", ACCOUNT,
                "x-clock", NOON.toString(),
                "x-stamp", SIGNING));
        expected.put("x-team", "blue");
        expected.put("x-auth-token", HEADER);
        expected.forEach((name, value) ->
                assertThat(request.headers().all(name)).as(name).containsExactly(value));
        assertThat(request.queryParameter("zone")).contains("z1");
        assertThat(request.queryParameter("sig")).contains(QUERY);
        assertThat(request.header("x-stamp-covers")).get().asString().contains("zone=z1", "sig=" + QUERY);
    }

    @Test
    void eachSecretIsAskedForOnce() throws Exception {
        CompletePlugin plugin = plugin();

        ask(host(plugin, VARIABLES));

        assertThat(plugin.lookups()).containsExactlyInAnyOrder("account", "signing");
    }

    @Test
    void eachSecretOfAFallbackIsAskedForOnce() throws Exception {
        CompletePlugin plugin = plugin();
        try (FakeProvider busy =
                FakeProvider.start().answer(Answer.error(529, "overloaded_error", "come back later"))) {
            Setup alone = host(plugin, VARIABLES);
            String file = alone.file().replace("defaultProvider: full", "defaultProvider: busy")
                    + """
                      busy:
                        baseUrl: %s
                        auth: none
                        http: {retries: {max: 0}}
                        defaultModel: contract-model
                        fallback: [{to: full, when: [overloaded]}]
                    """.formatted(busy.baseUrl("/v1"));

            Told told = ask(new Setup(plugin, file, VARIABLES, alone.clock()));

            assertThat(told).isEqualTo(new Told("the answer", ""));
            assertThat(busy.requests()).hasSize(1);
        }
        assertThat(plugin.lookups()).containsExactlyInAnyOrder("account", "signing");
    }

    @Test
    void aSecretThatIsNotThereIsNamedAndNothingIsSent() throws Exception {
        Told ofVariable = ask(host(plugin(), Map.of("HEADER_TOKEN", HEADER, "QUERY_KEY", QUERY)));
        Told ofSource = ask(host(new CompletePlugin(Map.of("signing", SIGNING)), VARIABLES));

        assertThat(ofVariable.text()).isEmpty();
        assertThat(ofVariable.failure()).contains("TENANT_TOKEN");
        assertThat(ofSource.text()).isEmpty();
        assertThat(ofSource.failure()).contains("the vault has nothing named").doesNotContain(SIGNING, TENANT);
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void noSecretIsRepeatedThatTheProviderRepeats() throws Exception {
        fake.answer(Answer.status(403)
                .body(
                        "text/plain",
                        String.join(" ", "refused:", TENANT, ACCOUNT, SIGNING, HEADER, QUERY, CompletePlugin.MINTED)));

        Told told = ask(host(plugin(), VARIABLES));

        assertThat(told.text()).isEmpty();
        assertThat(told.failure()).contains("refused:").doesNotContain("canary");
    }

    private static CompletePlugin plugin() {
        return new CompletePlugin(Map.of("account", ACCOUNT, "signing", SIGNING));
    }

    private Setup host(ProviderPlugin plugin, Map<String, String> environment) {
        String file = """
                version: 1
                defaultProvider: full
                providers:
                  full:
                    dialect: complete
                    baseUrl: %s
                    auth: {type: complete-stamp, key: {vault: signing}}
                    headers: {X-Team: blue, X-Auth-Token: $HEADER_TOKEN}
                    query: {zone: z1, sig: $QUERY_KEY}
                    options:
                      region: us
                      attempts: 3
                      dry: true
                      wait: 20s
                      labels: [one, two]
                      tenant: $TENANT_TOKEN
                      account: {vault: account}
                    defaultModel: contract-model
                """.formatted(fake.baseUrl("/v1"));
        return new Setup(plugin, file, environment, Clock.fixed(NOON, ZoneOffset.UTC));
    }
}
