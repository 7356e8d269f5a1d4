package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.template.Reference;
import dev.patchbay.provider.Layer;
import dev.patchbay.workbench.explain.DeclaredValue;
import dev.patchbay.workbench.explain.ExplainedValue;
import dev.patchbay.workbench.explain.ExplainedValue.Status;
import dev.patchbay.workbench.explain.Explainer;
import dev.patchbay.workbench.explain.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every value of an effective definition knows where it comes from (provider-files.md, section 4). */
final class ExplanationTest {

    private static final String BUILT_IN = """
            a:
              baseUrl: https://api.a.example/v1
              apiKey: $KEY_A
              headers: {X-Org: $ORG, X-Plain: p}
              models: {big: {context: 1000}, old: {context: 10}}
              aliases: {sonnet: big}
              allowInsecureHttp: true
            """;

    @Test
    void aValueKnowsItsPlaceAndWhatItOverrode() {
        ExplainedValue leaf = leaf(extending("a: {extends: a, aliases: {sonnet: other}}"), "aliases.sonnet");
        assertThat(leaf.status()).isEqualTo(Status.SET);
        assertThat(leaf.value()).isEqualTo("other");
        assertThat(leaf.decidedBy().map(DeclaredValue::layer)).contains(Layer.USER);
        assertThat(leaf.decidedBy().map(said -> said.location().toString())).contains("user.yaml:2:37");
        assertThat(leaf.overrode()).singleElement().satisfies(said -> {
            assertThat(said.value()).isEqualTo("big");
            assertThat(said.layer()).isEqualTo(Layer.BUILT_IN);
            assertThat(said.location()).hasToString("built-in.yaml:7:23");
        });
    }

    @Test
    void whatALongChainSaysIsListedFromTheTopDown() {
        Explanation explanation = explain(Registries.with(Layer.BUILT_IN, BUILT_IN)
                .and(Layer.USER, "a: {extends: a, defaultModel: one, aliases: {sonnet: one}}")
                .and(Layer.COMMAND_LINE, "a: {extends: a, aliases: {sonnet: two}}"));
        assertThat(leaf(explanation, "aliases.sonnet").overrode())
                .extracting(DeclaredValue::value)
                .containsExactly("one", "big");
        assertThat(leaf(explanation, "defaultModel").overrode()).isEmpty();
    }

    @Test
    void whatItExtendsIsShownToo() {
        ExplainedValue leaf = leaf(extending("a: {extends: a}"), "extends");
        assertThat(leaf.value()).isEqualTo("a");
        assertThat(leaf.decidedBy().map(said -> said.location().toString())).contains("user.yaml:2:16");
    }

    @Test
    void anEntryRemovedWithNullIsStillShown() {
        ExplainedValue leaf = leaf(extending("a: {extends: a, models: {old: null}}"), "models.old.context");
        assertThat(leaf.status()).isEqualTo(Status.REMOVED);
        assertThat(leaf.decidedBy().map(said -> said.location().toString())).contains("user.yaml:2:33");
        assertThat(leaf.overrode()).extracting(DeclaredValue::value).containsExactly("10");
    }

    @Test
    void anEntryThatComesBackAboveItsRemovalIsSetAgain() {
        Explanation explanation = explain(Registries.with(Layer.BUILT_IN, BUILT_IN)
                .and(Layer.USER, "a: {extends: a, aliases: {sonnet: null}}")
                .and(Layer.COMMAND_LINE, "a: {extends: a, aliases: {sonnet: big}}"));
        ExplainedValue leaf = leaf(explanation, "aliases.sonnet");
        assertThat(leaf.status()).isEqualTo(Status.SET);
        assertThat(leaf.overrode()).extracting(DeclaredValue::value).containsExactly("null", "big");
    }

    @Test
    void credentialsThatAnotherOriginDoesNotGetAreLeftBehind() {
        Explanation explanation = extending("a: {extends: a, baseUrl: https://b.example/v1, auth: none}");
        assertThat(leaf(explanation, "headers.X-Org").status()).isEqualTo(Status.LEFT_BEHIND);
        assertThat(leaf(explanation, "headers.X-Org").overrode())
                .extracting(DeclaredValue::value)
                .containsExactly("$ORG");
        assertThat(leaf(explanation, "allowInsecureHttp").status()).isEqualTo(Status.LEFT_BEHIND);
        assertThat(leaf(explanation, "headers.X-Plain").status()).isEqualTo(Status.SET);
        assertThat(leaf(explanation, "apiKey").status()).isEqualTo(Status.REPLACED);
        assertThat(leaf(explanation, "apiKey").note()).contains("replaced by auth");
    }

    @Test
    void aKeyThatNothingReplacesIsLeftBehindBecauseOfTheBaseUrl() {
        ExplainedValue leaf = leaf(extending("a: {extends: a, baseUrl: https://b.example/v1}"), "apiKey");
        assertThat(leaf.status()).isEqualTo(Status.LEFT_BEHIND);
        assertThat(leaf.decidedBy().map(said -> said.location().toString())).contains("user.yaml:2:28");
        assertThat(leaf.overrode()).extracting(DeclaredValue::value).containsExactly("$KEY_A");
    }

    @Test
    void aMappingThatIsReplacedWholeShowsWhatItHad() {
        Explanation explanation = explain(Registries.with(
                        Layer.BUILT_IN,
                        "a: {baseUrl: https://a.example, auth: {type: header, header: X-Key, prefix: \"Key \", key: $K}}")
                .and(Layer.USER, "a: {extends: a, auth: {type: bearer, key: $OTHER}}"));
        assertThat(leaf(explanation, "auth.prefix").status()).isEqualTo(Status.REPLACED);
        assertThat(leaf(explanation, "auth.key").overrode())
                .extracting(DeclaredValue::value)
                .containsExactly("$K");
        ExplainedValue none = leaf(
                explain(Registries.with(Layer.BUILT_IN, BUILT_IN)
                        .and(Layer.USER, "a: {extends: a, auth: {key: $K}}")
                        .and(Layer.COMMAND_LINE, "a: {extends: a, auth: none}")),
                "auth");
        assertThat(none.overrode()).extracting(DeclaredValue::value).containsExactly("{key: $K}");
    }

    @Test
    void headersAreTheSameInAnyCase() {
        ExplainedValue leaf = leaf(extending("a: {extends: a, headers: {x-plain: q}}"), "headers.x-plain");
        assertThat(leaf.overrode()).extracting(DeclaredValue::value).containsExactly("p");
        assertThat(extending("a: {extends: a, headers: {x-plain: q}}").at("headers.X-Plain"))
                .isEmpty();
    }

    @Test
    void substitutedValuesShowTemplateResultAndVariables() {
        ExplainedValue leaf = leaf(
                explain(Registries.with(Layer.USER, "a: {baseUrl: \"${ENDPOINT}/${V:-v1}\", auth: none}")
                        .variable("ENDPOINT", "https://r.example/openai")),
                "baseUrl");
        assertThat(leaf.value()).isEqualTo("https://r.example/openai/v1");
        assertThat(leaf.template()).contains("${ENDPOINT}/${V:-v1}");
        assertThat(leaf.variables())
                .containsExactly(
                        new Reference("ENDPOINT", Reference.State.SET), new Reference("V", Reference.State.DEFAULTED));
    }

    @Test
    void aVariableThatIsNotSetLeavesTheTemplate() {
        ExplainedValue leaf =
                leaf(explain(Registries.with(Layer.USER, "a: {baseUrl: $ENDPOINT, auth: none}")), "baseUrl");
        assertThat(leaf.value()).isEqualTo("$ENDPOINT");
        assertThat(leaf.variables()).containsExactly(new Reference("ENDPOINT", Reference.State.MISSING));
    }

    @Test
    void noSecretIsShownWhateverItsForm() {
        Explanation explanation = explain(Registries.with(Layer.USER, """
                        a:
                          baseUrl: "https://a.example/v1?key=$K"
                          apiKey: "${M:-$K}"
                          headers: {X-Token: "Token $K", Cookie: c=$K}
                          query: {token: $K, other: "${M:-canary-literal-text}"}
                          body: {set: {deep: {user: $K}, password: canary-literal}, default: {list: [a, $K]}}
                          models: {m: {body: {set: {x: "${K}"}}}}
                          options: {secret: $K}
                          endpoints: {messages: {url: "https://b.example/x?sig=$K", auth: {key: {env: K}}}}
                        b: {baseUrl: "https://b.example", apiKey: {file: /nowhere/key}}
                        c: {baseUrl: "https://c.example", apiKey: {command: [print-key, canary-argument]}}
                        """).variable("K", "canary-value-1"));
        String everything = everything(explanation);
        assertThat(everything).doesNotContain("canary");
        assertThat(leaf(explanation, "headers.X-Token").value()).isEqualTo("Token $K");
        assertThat(leaf(explanation, "body.set.deep").value()).isEqualTo("{user: $K}");
        assertThat(leaf(explanation, "body.set.deep").isSecret()).isTrue();
        assertThat(leaf(explanation, "endpoints.messages.auth.key").value()).isEqualTo("$K");
    }

    @Test
    void defaultsAreShownWhereNothingIsSaid() {
        Explanation explanation = extending("a: {extends: a, http: {idleTimeout: 10s}}");
        assertThat(leaf(explanation, "dialect").note()).contains("default of the field");
        assertThat(leaf(explanation, "auth.header").value()).isEqualTo("Authorization");
        assertThat(leaf(explanation, "auth.header").note()).contains("by dialect");
        assertThat(leaf(explanation, "endpoints.chat").value()).isEqualTo("https://api.a.example/v1/chat/completions");
        assertThat(leaf(explanation, "defaultModel").value()).isEqualTo("big");
        assertThat(leaf(explanation, "http.firstByteTimeout").value()).isEqualTo("5m");
        assertThat(leaf(explanation, "http.idleTimeout").status()).isEqualTo(Status.SET);
    }

    @Test
    void saysWhatALaunchCanDo() {
        Explanation explanation = extending("a: {extends: a}");
        assertThat(leaf(explanation, "baseUrl").atLaunch()).contains("--base-url (proxyBaseUrl) replaces it");
        assertThat(leaf(explanation, "apiKey").atLaunch().orElseThrow())
                .contains("--api-key-env", "not at https://api.a.example leaves it behind");
        assertThat(leaf(explanation, "headers.X-Plain").atLaunch()).isEmpty();
    }

    @Test
    void pathsLeadToValuesAndToWhatIsBelow() {
        Explanation explanation = extending("a: {extends: a}");
        assertThat(explanation.at("models"))
                .extracting(ExplainedValue::name)
                .containsExactly("models.big.context", "models.old.context");
        assertThat(explanation.at("model")).isEmpty();
    }

    @Test
    void everythingOfTheCorpusCanBeExplainedWithoutASecret() throws IOException {
        RegistryBuilder builder = RegistrySnapshot.builder().environment(Corpus.ENVIRONMENT);
        for (String part : List.of("good", "mistakes")) {
            try (Stream<Path> files =
                    Files.list(Path.of("..", "core").resolve(Corpus.ROOT).resolve(part))) {
                files.sorted().forEach(file -> builder.path(Layer.USER, file));
            }
        }
        List<Provider> providers = builder.build().providers();
        StringBuilder everything = new StringBuilder();
        for (Provider provider : providers) {
            Explainer.explain(provider).ifPresent(explanation -> everything.append(everything(explanation)));
        }
        assertThat(everything.toString()).contains("baseUrl").doesNotContain("canary", "corpus-literal", "secret-word");
    }

    private static String everything(Explanation explanation) {
        StringBuilder text = new StringBuilder();
        for (ExplainedValue leaf : explanation.leaves()) {
            text.append(leaf.name())
                    .append(leaf.value())
                    .append(leaf.template())
                    .append(leaf.overrode());
            text.append(leaf.variables())
                    .append(leaf.decidedBy())
                    .append(leaf.note())
                    .append(leaf.atLaunch())
                    .append('\n');
        }
        return text.toString();
    }

    private static Explanation extending(String user) {
        return explain(Registries.with(Layer.BUILT_IN, BUILT_IN).and(Layer.USER, user));
    }

    private static Explanation explain(Registries registries) {
        return registries.build().find("a").flatMap(Explainer::explain).orElseThrow();
    }

    private static ExplainedValue leaf(Explanation explanation, String path) {
        assertThat(explanation.leaves()).extracting(ExplainedValue::name).contains(path);
        return explanation.at(path).get(0);
    }
}
