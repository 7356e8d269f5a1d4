package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.route.OriginRule;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.Value;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential belongs to the origin it was declared for (provider-files.md, section 4). */
final class OriginRuleTest {

    private static final String BUILT_IN = """
            a:
              baseUrl: https://api.a.example/v1
              apiKey: $KEY_A
              headers: {X-Org: $ORG, X-Plain: p}
              query: {sig: $SIG, v: 1}
              allowInsecureHttp: true
            """;

    @Test
    void anotherOriginWithoutAKeyOfItsOwnIsUnavailableAndGetsNothing() {
        Provider provider = upper("a: {extends: a, baseUrl: https://elsewhere.example/v1}");
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(provider.problems()).extracting(Diagnostic::code).contains(Code.CREDENTIAL_DROPPED);
        assertThat(provider.reason().orElseThrow())
                .contains("https://api.a.example", "https://elsewhere.example", "apiKey");
        assertThat(hasCredential(definition(provider))).isFalse();
        assertThat(definition(provider).headers()).containsOnlyKeys("X-Plain");
        assertThat(definition(provider).query()).containsOnlyKeys("v");
        assertThat(definition(provider).insecureHttpAllowed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.a.example/v1",
                "https://api.a.example:444/v1",
                "https://sub.api.a.example/v1",
                "https://api.a.example.evil.example/v1",
                "https://${NEW_HOST}/v1",
            })
    void schemeHostAndPortMakeTheOrigin(String baseUrl) {
        Provider provider = upper("a: {extends: a, baseUrl: \"" + baseUrl + "\"}");
        assertThat(hasCredential(definition(provider))).isFalse();
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.a.example/v2",
                "https://API.A.example:443/other",
                "https://${OLD_HOST}/v1",
                "https://api.a.example"
            })
    void theSameOriginKeepsTheKey(String baseUrl) {
        Provider provider = upper("a: {extends: a, baseUrl: \"" + baseUrl + "\"}");
        assertThat(provider.state()).isEqualTo(ProviderState.READY);
        assertThat(hasCredential(definition(provider))).isTrue();
        assertThat(definition(provider).headers()).containsKeys("X-Org", "X-Plain");
    }

    @Test
    void aKeyOfItsOwnIsEnoughAndTheRestIsLeftOutWithAWarning() {
        Provider provider = upper("a: {extends: a, baseUrl: https://elsewhere.example/v1, apiKey: $KEY_B}");
        assertThat(provider.state()).isEqualTo(ProviderState.READY);
        assertThat(definition(provider).headers()).containsOnlyKeys("X-Plain");
        assertThat(definition(provider).auth().flatMap(Auth::key).orElseThrow().reference())
                .hasToString("$KEY_B");
        assertThat(provider.problems()).hasSize(1).noneMatch(Diagnostic::isError);
        assertThat(provider.problems().get(0).message()).contains("headers.X-Org", "query.sig");
    }

    @Test
    void authNoneIsADeclarationToo() {
        Provider provider = upper("a: {extends: a, baseUrl: https://elsewhere.example/v1, auth: none}");
        assertThat(provider.state()).isEqualTo(ProviderState.READY);
        assertThat(hasCredential(definition(provider))).isFalse();
    }

    @Test
    void aTypeWithoutAKeyIsNoDeclaration() {
        Provider provider = upper("a: {extends: a, baseUrl: https://elsewhere.example/v1, auth: {type: bearer}}");
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(hasCredential(definition(provider))).isFalse();
    }

    @Test
    void theTypeStaysWhenOnlyTheKeyIsNew() {
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, """
                        a: {baseUrl: https://api.a.example, auth: {type: header, header: X-Token, key: $KEY_A}}
                        """)
                .and(Layer.USER, "a: {extends: a, baseUrl: https://elsewhere.example, apiKey: $KEY_B}")
                .variable("KEY_A", "canary-a")
                .variable("KEY_B", "canary-b")
                .build();
        Auth auth = definition(snapshot.find("a").orElseThrow()).auth().orElseThrow();
        assertThat(auth.header()).contains("X-Token");
        assertThat(auth.key().orElseThrow().reference()).hasToString("$KEY_B");
    }

    @Test
    void comingBackDoesNotBringTheKeyBack() {
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, BUILT_IN)
                .and(
                        Layer.USER,
                        "b: {extends: a, baseUrl: https://elsewhere.example/v1}\n"
                                + "c: {extends: b, baseUrl: https://api.a.example/v1}")
                .variable("KEY_A", "canary-a")
                .variable("ORG", "canary-o")
                .variable("SIG", "canary-s")
                .build();
        Provider provider = snapshot.find("c").orElseThrow();
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(hasCredential(definition(provider))).isFalse();
    }

    @Test
    void aKeyThatIsNotDeclaredIsNotTakenFromTheEnvironment() {
        Provider provider = Registries.with(Layer.USER, "mine: {baseUrl: https://api.mine.example/v1}")
                .variable("OPENROUTER_API_KEY", "canary")
                .variable("ANTHROPIC_API_KEY", "canary")
                .variable("OPENAI_API_KEY", "canary")
                .variable("MINE_API_KEY", "canary")
                .build()
                .find("mine")
                .orElseThrow();
        assertThat(provider.state()).isEqualTo(ProviderState.READY);
        assertThat(definition(provider).auth()).isEmpty();
    }

    @Test
    void endpointsWithAUrlStayBehind() {
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, """
                        a:
                          baseUrl: https://api.a.example/v1
                          apiKey: $KEY_A
                          endpoints: {messages: https://api.a.example/anthropic/v1/messages, chat: /c, models: null}
                        """)
                .and(Layer.USER, "a: {extends: a, baseUrl: https://elsewhere.example/v1, apiKey: $KEY_B}")
                .variable("KEY_B", "canary-b")
                .build();
        assertThat(definition(snapshot.find("a").orElseThrow()).endpoints().keySet())
                .extracting(Enum::name)
                .containsExactly("CHAT", "MODELS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body: {set: {user: $KEY_A}}",
                "body: {default: {metadata: {team: [\"a $KEY_A\"]}}}",
                "models: {m: {body: {set: {token: $KEY_A}}}}",
                "apiKey: {env: KEY_A}",
                "auth: {type: bearer, key: $KEY_A}",
            })
    void whateverHoldsAReferenceStaysBehind(String field) {
        RegistrySnapshot snapshot = Registries.with(
                        Layer.BUILT_IN, "a: {baseUrl: https://api.a.example, " + field + "}")
                .and(
                        Layer.USER,
                        "b: {extends: a, baseUrl: https://elsewhere.example}\n"
                                + "c: {extends: b, baseUrl: https://third.example}\n"
                                + "d: {extends: a, http: {proxy: \"http://proxy.example:3128\"}}")
                .variable("KEY_A", "canary-a")
                .build();
        for (String id : List.of("b", "c", "d")) {
            Provider provider = snapshot.find(id).orElseThrow();
            assertThat(provider.problems()).as(id).extracting(Diagnostic::code).contains(Code.CREDENTIAL_DROPPED);
            assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
            assertThat(OriginRule.hasCredential(definition(provider))).as(id).isFalse();
        }
        assertThat(OriginRule.hasCredential(definition(snapshot.find("a").orElseThrow())))
                .isTrue();
        Definition moved =
                OriginRule.move(definition(snapshot.find("a").orElseThrow()), URI.create("https://elsewhere.example"));
        assertThat(OriginRule.hasCredential(moved)).isFalse();
    }

    private static Provider upper(String yaml) {
        return Registries.with(Layer.BUILT_IN, BUILT_IN)
                .and(Layer.USER, yaml)
                .variable("KEY_A", "canary-a")
                .variable("KEY_B", "canary-b")
                .variable("ORG", "canary-o")
                .variable("SIG", "canary-s")
                .variable("OLD_HOST", "api.a.example")
                .variable("NEW_HOST", "elsewhere.example")
                .build()
                .find("a")
                .orElseThrow();
    }

    private static Definition definition(Provider provider) {
        return provider.definition().orElseThrow();
    }

    private static boolean hasCredential(Definition definition) {
        return definition.auth().flatMap(Auth::key).isPresent()
                || definition.headers().values().stream().anyMatch(Value.Hidden.class::isInstance)
                || definition.query().values().stream().anyMatch(Value.Hidden.class::isInstance);
    }
}
