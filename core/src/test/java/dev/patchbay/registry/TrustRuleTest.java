package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.route.OriginRule;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.provider.TlsSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom to trust is bound to the origin like a key (provider-files.md, sections 2 and 4). */
final class TrustRuleTest {

    private static final String KEYED = "p: {baseUrl: https://p.example/v1, apiKey: $KEY}";
    private static final String TRUSTING = "http: {tls: {insecureSkipVerify: true}}";

    @Test
    void anInheritedKeyDoesNotGoToAServerThatOnlyAHigherLayerTrusts() {
        RegistrySnapshot snapshot = above("p: {extends: p, " + TRUSTING + "}");
        Provider provider = snapshot.find("p").orElseThrow();
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(provider.reason().orElseThrow())
                .contains("what is inherited (apiKey) was declared without this http.tls.insecureSkipVerify");
        assertThat(provider.problems())
                .filteredOn(problem -> problem.code() == Code.CREDENTIAL_DROPPED)
                .singleElement()
                .satisfies(problem -> assertThat(problem.help())
                        .contains("name the key beside it: apiKey: $KEY, or auth: none if it needs none"));
        assertThat(Registries.places(snapshot.diagnostics())).contains("E301 user.yaml:2:52", "E306 user.yaml:2:52");
    }

    @Test
    void aKeyThatIsNamedAgainGoesThere() {
        Definition definition = above("p: {extends: p, apiKey: $KEY, " + TRUSTING + "}")
                .find("p")
                .orElseThrow()
                .definition()
                .orElseThrow();
        assertThat(definition.auth().orElseThrow().key()).isPresent();
        assertThat(definition.http().tls().insecureSkipVerify()).isTrue();
    }

    @Test
    void whatIsHarmlessLeavesTheKeyWhereItIs() {
        for (String harmless : List.of(
                "http: {tls: {caFile: null, insecureSkipVerify: false}}", "http: {idleTimeout: 1m}", "name: P")) {
            Provider provider =
                    above("p: {extends: p, " + harmless + "}").find("p").orElseThrow();
            assertThat(provider.isReady()).as(harmless).isTrue();
            assertThat(keyOf(provider)).isPresent();
        }
    }

    @Test
    void whoTrustsAndNamesTheKeyInOneLayerIsBelieved() {
        RegistrySnapshot snapshot = Registries.with(
                        Layer.USER,
                        "base: {baseUrl: https://p.example/v1, apiKey: $KEY}\np: {extends: base, " + TRUSTING + "}")
                .variable("KEY", "key-of-a-test")
                .build();
        assertThat(snapshot.find("p").orElseThrow().isReady()).isTrue();
    }

    @Test
    void aKeyAboveTheTrustIsSentWithIt() {
        RegistrySnapshot snapshot = Registries.with(
                        Layer.BUILT_IN, "p: {baseUrl: https://p.example/v1, " + TRUSTING + "}")
                .and(Layer.USER, "p: {extends: p, apiKey: $KEY}")
                .variable("KEY", "key-of-a-test")
                .build();
        Provider provider = snapshot.find("p").orElseThrow();
        assertThat(provider.isReady()).isTrue();
        assertThat(provider.definition().orElseThrow().http().tls().insecureSkipVerify())
                .isTrue();
    }

    @Test
    void whatALayerBetweenTookAwayDoesNotComeBack() {
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, KEYED)
                .and(Layer.USER, "p: {extends: p, " + TRUSTING + "}")
                .and(Layer.COMMAND_LINE, "p: {extends: p, name: P}")
                .variable("KEY", "key-of-a-test")
                .build();
        Provider provider = snapshot.find("p").orElseThrow();
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(keyOf(provider)).isEmpty();
    }

    @Test
    void secretHeadersAndEndpointsWithAKeyStayBehindToo() {
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, """
                        p:
                          baseUrl: https://p.example/v1
                          apiKey: $KEY
                          headers: {X-Org: $KEY, X-Title: shown}
                          query: {sig: $KEY, version: "1"}
                          endpoints: {messages: {url: "https://m.example/v1/messages", auth: {type: bearer, key: $KEY}}, chat: /c}
                        """)
                .and(Layer.USER, "p: {extends: p, apiKey: $KEY, " + TRUSTING + "}")
                .variable("KEY", "key-of-a-test")
                .build();
        Definition definition = snapshot.find("p").orElseThrow().definition().orElseThrow();
        assertThat(definition.headers()).containsOnlyKeys("X-Title");
        assertThat(definition.query()).containsOnlyKeys("version");
        assertThat(definition.endpoints()).containsOnlyKeys(Operation.CHAT);
        assertThat(snapshot.diagnostics())
                .filteredOn(problem -> problem.code() == Code.CREDENTIAL_DROPPED)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo(
                                "what is inherited (headers.X-Org, query.sig, endpoints.messages) was declared without"
                                        + " this http.tls.insecureSkipVerify and is left out"));
    }

    @Test
    void trustStaysBehindWhereTheOriginChanges() {
        RegistrySnapshot snapshot = Registries.with(
                        Layer.BUILT_IN, "p: {baseUrl: https://p.example/v1, apiKey: $KEY, " + TRUSTING + "}")
                .and(Layer.USER, "p: {extends: p, baseUrl: https://other.example/v1, apiKey: $KEY}")
                .variable("KEY", "key-of-a-test")
                .build();
        Definition definition = snapshot.find("p").orElseThrow().definition().orElseThrow();
        assertThat(definition.http().tls()).isEqualTo(TlsSettings.DEFAULT);
    }

    @Test
    void trustStaysBehindWhereALaunchGoesElsewhere() {
        Definition definition = above("mine: {baseUrl: https://mine.example/v1, auth: none, " + TRUSTING + "}")
                .find("mine")
                .orElseThrow()
                .definition()
                .orElseThrow();
        assertThat(definition.http().tls().insecureSkipVerify()).isTrue();
        assertThat(OriginRule.move(definition, URI.create("https://other.example/v1"))
                        .http()
                        .tls())
                .isEqualTo(TlsSettings.DEFAULT);
        assertThat(OriginRule.move(definition, URI.create("https://mine.example/v2"))
                        .http()
                        .tls()
                        .insecureSkipVerify())
                .isTrue();
    }

    private static Optional<SecretValue> keyOf(Provider provider) {
        return provider.definition().orElseThrow().auth().flatMap(Auth::key);
    }

    private static RegistrySnapshot above(String upper) {
        return Registries.with(Layer.BUILT_IN, KEYED)
                .and(Layer.USER, upper)
                .variable("KEY", "key-of-a-test")
                .build();
    }
}
