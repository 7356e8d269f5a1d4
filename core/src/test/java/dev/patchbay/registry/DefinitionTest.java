package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.BodyRules;
import dev.patchbay.provider.BodySecret;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.provider.Timeout;
import dev.patchbay.provider.Value;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files of the corpus become. */
final class DefinitionTest {

    private static final RegistrySnapshot CORPUS = RegistrySnapshot.builder()
            .environment(Corpus.ENVIRONMENT)
            .path(Layer.COMMAND_LINE, Corpus.ROOT.resolve("good"))
            .build();

    @Test
    void readsTheGroqExample() {
        Definition groq = corpus("groq");
        assertThat(groq.dialect()).isEqualTo("openai-chat");
        assertThat(groq.baseUrl()).contains(URI.create("https://api.groq.example/openai/v1"));
        Auth auth = groq.auth().orElseThrow();
        assertThat(auth.type()).isEqualTo("bearer");
        assertThat(auth.key().orElseThrow().reference()).hasToString("$CORPUS_KEY");
        assertThat(auth.key().orElseThrow().resolve().reveal()).isEqualTo("canary-key-1");
        assertThat(groq.defaultModel()).contains("llama-3.3-70b-versatile");
        assertThat(groq.aliases())
                .isEqualTo(Map.of("sonnet", "llama-3.3-70b-versatile", "haiku", "llama-3.1-8b-instant"));
    }

    @Test
    void readsTheClassicAzureExample() {
        Definition azure = corpus("azure-classic");
        assertThat(azure.endpoints())
                .containsEntry(Operation.CHAT, new Endpoint.Path("/deployments/{model}/chat/completions"))
                .containsEntry(Operation.MODELS, new Endpoint.NotOffered());
        assertThat(azure.query()).containsEntry("api-version", new Value.Plain("2024-10-21"));
        assertThat(azure.auth().orElseThrow().header()).contains("api-key");
        assertThat(azure.body().drop()).containsExactly("model");
    }

    @ParameterizedTest
    @CsvSource({
        "openai-chat, https://api.x.example/v1, bearer,",
        "anthropic-messages, https://api.x.example, header, x-api-key",
        "openai-chat, https://r.openai.azure.com/openai/v1, header, api-key",
        "openai-chat, https://r.services.ai.azure.com/openai/v1, header, api-key",
        "openai-chat, https://r.cognitiveservices.azure.com/x, header, api-key",
        "openai-chat, https://proxy.example/openai/deployments, header, api-key",
        "openai-chat, https://proxy.example/a/openai/deployments/gpt-4/, header, api-key",
        "openai-chat, https://proxy.example/openai/deployments/a/b, bearer,",
        "openai-chat, https://azure.example/openai, bearer,",
    })
    void choosesTheUsualWayToAuthenticate(String dialect, String url, String type, String header) {
        Auth auth = Registries.with(
                        Layer.USER, "p: {dialect: %s, baseUrl: \"%s\", apiKey: $KEY}".formatted(dialect, url))
                .variable("KEY", "canary")
                .build()
                .find("p")
                .orElseThrow()
                .definition()
                .orElseThrow()
                .auth()
                .orElseThrow();
        assertThat(auth.type()).isEqualTo(type);
        assertThat(auth.header()).isEqualTo(Optional.ofNullable(header));
    }

    @Test
    void readsModels() {
        Map<String, Model> models = corpus("models").models();
        Model big = models.get("big");
        assertThat(big.upstreamId()).isEqualTo("openai/gpt-oss-120b");
        assertThat(big.context()).hasValue(131072);
        assertThat(big.maxOutput()).hasValue(32768);
        assertThat(big.input()).containsExactly("text", "image");
        assertThat(big.tools()).contains(true);
        Model qwen = models.get("qwen3:30b");
        assertThat(qwen.upstreamId()).isEqualTo("qwen3:30b");
        assertThat(qwen.context()).isEmpty();
        assertThat(qwen.price().orElseThrow().output()).contains(new BigDecimal("1.20"));
        assertThat(models.get("tuned").quirks()).isEqualTo(Map.of("reasoning", "reasoning_effort"));
        assertThat(models.get("tuned").body().set()).isEqualTo(Map.of("temperature", 1L));
    }

    @Test
    void readsHttpSettings() {
        var http = corpus("http").http();
        assertThat(http.connect()).isEqualTo(Timeout.of(Duration.ofSeconds(5)));
        assertThat(http.firstByte()).contains(Timeout.of(Duration.ofMinutes(10)));
        assertThat(http.idle()).isEqualTo(Timeout.of(Duration.ofHours(1)));
        assertThat(http.total()).isEqualTo(Timeout.OFF);
        assertThat(http.retries())
                .isEqualTo(new RetryPolicy(
                        1,
                        java.util.Set.of(429, 503),
                        true,
                        Duration.ofMillis(250),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30)));
    }

    @Test
    void readsBodyRulesWithTheTypesOfJson() {
        BodyRules body = corpus("body").body();
        assertThat(body.rename()).isEqualTo(Map.of("max_tokens", "max_completion_tokens"));
        assertThat(body.defaults()).isEqualTo(Map.of("temperature", new BigDecimal("0.2"), "extra.level", "low"));
        assertThat(resolved(body.set()))
                .isEqualTo(Map.of("store", false, "metadata", Map.of("team", "none", "on", "on")));
        assertThat(body.drop()).containsExactly("top_p", "stream_options.include_usage");
    }

    private static @Nullable Object resolved(@Nullable Object value) {
        if (value instanceof BodySecret held) {
            return held.typed(held.secret().resolve().reveal());
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, @Nullable Object> members = new HashMap<>();
        map.forEach((name, member) -> members.put(name, resolved(member)));
        return members;
    }

    @Test
    void readsHeadersAndQueryByteForByteAndHidesWhatHoldsAReference() {
        Definition headers = corpus("headers");
        assertThat(headers.headers()).containsOnlyKeys("X-Title", "X-Cost", "Authorization");
        assertThat(headers.headers())
                .containsEntry("X-Title", new Value.Plain("my app"))
                .containsEntry("X-Cost", new Value.Plain("$5"));
        Value.Hidden hidden = (Value.Hidden) headers.headers().get("Authorization");
        assertThat(hidden.secret().resolve().reveal()).isEqualTo("Token canary-key-1");
        assertThat(headers.query())
                .isEqualTo(Map.of(
                        "version", new Value.Plain("1.20"),
                        "switch", new Value.Plain("no"),
                        "time", new Value.Plain("12:30"),
                        "octal", new Value.Plain("010")));
        assertThat(headers.auth()).contains(Auth.NONE);
    }

    @Test
    void readsEndpointsWithUrlsAndKeysOfTheirOwn() {
        Map<Operation, Endpoint> endpoints = corpus("endpoints").endpoints();
        Endpoint.Absolute count = (Endpoint.Absolute) endpoints.get(Operation.COUNT_TOKENS);
        assertThat(count.url()).hasToString("https://count.endpoints.example/tokens");
        assertThat(count.auth().orElseThrow().key().orElseThrow().reference()).hasToString("$CORPUS_OTHER_KEY");
        assertThat(((Endpoint.Absolute) endpoints.get(Operation.MESSAGES)).auth())
                .isEmpty();
    }

    @Test
    void mergesByKeyAndRemovesWithNull() {
        Definition derived = corpus("derived");
        assertThat(derived.headers()).isEqualTo(Map.of("x-one", new Value.Plain("one")));
        assertThat(derived.models()).containsOnlyKeys("a", "c", "d");
        assertThat(derived.models().get("d").context()).hasValue(8192);
        assertThat(derived.auth()).isPresent();
    }

    @Test
    void mergesEveryFieldByItsRule() {
        Definition merged = Registries.with(Layer.BUILT_IN, """
                        p:
                          baseUrl: https://p.example/v1
                          query: {a: 1, b: 2}
                          body: {set: {x: 1, y: 2}, drop: [a, b], default: {d: 1}}
                          quirks: {stop: 4, images: false}
                          models: {m: {context: 1000, price: {input: 1, output: 2}}, n: {}}
                          aliases: {fast: m, slow: n}
                          http: {idleTimeout: 1s, retries: {max: 5, maxWait: 9s, backoff: {max: 7s}}}
                          endpoints: {chat: /a, models: null}
                        """)
                .and(Layer.USER, """
                        p:
                          extends: p
                          query: {b: null, c: 3}
                          body: {set: {x: null, z: 3}, drop: [c]}
                          quirks: {stop: 0}
                          models: {m: {maxOutput: 10, price: {output: 3}}, n: null}
                          aliases: {slow: null, mid: m}
                          http: {retries: {max: 1, backoff: {initial: 1s}}}
                          endpoints: {models: /models}
                        """)
                .build()
                .find("p")
                .orElseThrow()
                .definition()
                .orElseThrow();
        assertThat(merged.query()).isEqualTo(Map.of("a", new Value.Plain("1"), "c", new Value.Plain("3")));
        assertThat(merged.body())
                .isEqualTo(new BodyRules(Map.of(), Map.of("d", 1L), Map.of("y", 2L, "z", 3L), List.of("c")));
        assertThat(merged.quirks()).isEqualTo(Map.of("stop", 0, "images", false));
        Model model = merged.models().get("m");
        assertThat(merged.models()).containsOnlyKeys("m");
        assertThat(model.context()).hasValue(1000);
        assertThat(model.maxOutput()).hasValue(10);
        assertThat(model.price().orElseThrow().input()).contains(new BigDecimal("1"));
        assertThat(model.price().orElseThrow().output()).contains(new BigDecimal("3"));
        assertThat(merged.aliases()).isEqualTo(Map.of("fast", "m", "mid", "m"));
        assertThat(merged.http().idle()).isEqualTo(Timeout.of(Duration.ofSeconds(1)));
        assertThat(merged.http().retries().max()).isEqualTo(1);
        assertThat(merged.http().retries().maxWait()).isEqualTo(Duration.ofSeconds(9));
        assertThat(merged.http().retries().maxBackoff()).isEqualTo(Duration.ofSeconds(7));
        assertThat(merged.http().retries().initialBackoff()).isEqualTo(Duration.ofSeconds(1));
        assertThat(merged.endpoints())
                .containsEntry(Operation.CHAT, new Endpoint.Path("/a"))
                .containsEntry(Operation.MODELS, new Endpoint.Path("/models"));
    }

    @Test
    void aListOfModelsAddsToAnInheritedOneWithoutTakingItsDetails() {
        Map<String, Model> models = Registries.with(
                        Layer.BUILT_IN, "p: {baseUrl: https://p.example, models: {a: {context: 5}, b: {}}}")
                .and(Layer.USER, "p: {extends: p, models: [a, c]}")
                .build()
                .find("p")
                .orElseThrow()
                .definition()
                .orElseThrow()
                .models();
        assertThat(models.keySet()).containsExactly("a", "b", "c");
        assertThat(models.get("a").context()).hasValue(5);
    }

    @Test
    void whatAVariableHoldsIsNeverExpandedAgain() {
        Definition definition = RegistrySnapshot.builder()
                .environment(Environment.of(Map.of("HOST", "h", "TEAM", "$OTHER ${X}")))
                .text(
                        Layer.USER,
                        "u.yaml",
                        "providers: {p: {baseUrl: \"https://$HOST.example\", body: {set: {t: $TEAM}}}}")
                .build()
                .find("p")
                .orElseThrow()
                .definition()
                .orElseThrow();
        assertThat(resolved(definition.body().set())).isEqualTo(Map.of("t", "$OTHER ${X}"));
        assertThat(definition.baseUrl()).contains(URI.create("https://h.example"));
    }

    @Test
    void aDollarIsPlainTextWhereNothingIsSubstituted() {
        Definition definition = Registries.with(
                        Layer.USER, "p: {baseUrl: https://p.example, name: $HOME costs $5, defaultModel: $m}")
                .build()
                .find("p")
                .orElseThrow()
                .definition()
                .orElseThrow();
        assertThat(definition.name()).contains("$HOME costs $5");
        assertThat(definition.defaultModel()).contains("$m");
    }

    private static Definition corpus(String id) {
        return CORPUS.find(id).orElseThrow().definition().orElseThrow();
    }
}
