package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.TextWithSecrets;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionResult;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that somebody wrote into a file: where it may stand it is masked like any other, and where it may not no message has it. */
final class LiteralKeyTest {

    private static final String KEY = "sk-canary-5f2c81d09e3b";

    private final FakeProvider fake = FakeProvider.start();
    private final FakeProvider other = FakeProvider.start();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fake.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body: {set: {api_key: " + KEY + "}}",
                "body: {default: {extra.access_token: " + KEY + "}}",
                "body: {set: {login: {password: " + KEY + "}}}",
                "body: {set: {tools: [{type: mcp, authorization: " + KEY + "}]}}",
                "models: {m: {body: {set: {client_secret: " + KEY + "}}}}",
                "body: {set: {a.b: " + KEY + "}}",
                "body: {default: {deep: {list: [x, " + KEY + "]}}}",
                "models: {m: {body: {set: {z: Bearer " + KEY + "}}}}",
                "headers: {X-Plain: " + KEY + "}",
                "headers: {X-Other: Bearer " + KEY + "}",
                "query: {foo: " + KEY + "}"
            })
    void isSentWhereItWasDeclaredForAndNeverPrinted(String field) throws IOException {
        isTheOriginsAlone(field, KEY);
    }

    /** Every service puts words of its own before the last of the name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "headers: {xi-api-key: NAMED}",
                "headers: {X-Api-Token: NAMED}",
                "headers: {X-Secret: NAMED}",
                "headers: {X-Functions-Key: NAMED}",
                "headers: {Private-Token: NAMED}",
                "headers: {X-Auth: NAMED}",
                "query: {my_token: NAMED}",
                "query: {X-Goog-Signature: NAMED}",
                "body: {set: {metadata.sessionToken: NAMED}}",
                "body: {set: {my-secret: NAMED}}"
            })
    void isKnownByTheLastWordOfItsName(String field) throws IOException {
        String key = "canary-by-its-name";
        isTheOriginsAlone(field.replace("NAMED", key), key);
    }

    private void isTheOriginsAlone(String field, String key) throws IOException {
        fake.answer(Answer.error(400, "invalid_request_error", "what is " + key + "?"));
        try (Patchbay patchbay =
                patchbay("""
                providers:
                  one: {baseUrl: "%s", auth: none, defaultModel: m, %s}
                  elsewhere: {extends: one, baseUrl: "%s"}
                """.formatted(fake.baseUrl("/v1"), field, other.baseUrl("/v1")), "rw-------")) {
            LaunchRequest request = LaunchRequest.query("Hi").provider("one").build();
            SessionResult result = patchbay.launch(request).await();

            assertThat(fake.sawAnywhere(key)).isTrue();
            assertThat(result.error().orElseThrow().message())
                    .contains("what is")
                    .doesNotContain(key);
            assertThat(patchbay.preview(request).map(preview -> TextWithSecrets.text(preview.body())))
                    .hasValueSatisfying(body -> assertThat(body).doesNotContain(key));
            assertThat(diagnostics(patchbay))
                    .contains(" is a key written into the file")
                    .doesNotContain(key);
            assertThatThrownBy(() -> patchbay.launch(
                            LaunchRequest.query("Hi").provider("elsewhere").build()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("belongs to")
                    .hasMessageNotContaining(key);
        }
    }

    @Test
    void inABodyOfAFileThatOthersCanReadIsRefused() throws IOException {
        try (Patchbay patchbay = patchbay("""
                providers:
                  one: {baseUrl: "%s", auth: none, defaultModel: m, body: {set: {login: {api_key: %s}}}}
                """.formatted(fake.baseUrl("/v1"), KEY), "rw-r--r--")) {
            assertThat(patchbay.registry().find("one").orElseThrow().isReady()).isFalse();
            assertThat(diagnostics(patchbay))
                    .contains("body.set.login.api_key is a key written into a file that others can read")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void namesThatOnlySoundLikeAKeyAreNone() throws IOException {
        fake.answer(Answer.text("Hello"));
        try (Patchbay patchbay = patchbay("""
                providers:
                  one:
                    baseUrl: "%s"
                    auth: none
                    defaultModel: m
                    body: {set: {max_tokens: 20, prompt_cache_key: mine, key: value, stop_token: "x"}}
                    headers: {anthropic-beta: fine-grained-tool-streaming-2025-05-14, X-Title: Bearer of news, Idempotency-Key: mine, X-Token-Limit: 5, X-Id: 4f6c2c1e-8f1a-4c7e-9d59-0a1b2c3d4e5f}
                    query: {api-version: 2024-10-21, project: proj_0123456789abcdefABCDEFGH}
                """.formatted(fake.baseUrl("/v1")), "rw-r--r--")) {
            assertThat(patchbay.launch(LaunchRequest.query("Hi").build())
                            .await()
                            .text())
                    .isEqualTo("Hello");
            assertThat(patchbay.preview(LaunchRequest.query("Hi").build())
                            .map(preview -> TextWithSecrets.text(preview.body())))
                    .hasValueSatisfying(body -> assertThat(body).contains("mine"));
        }
    }

    /** In YAML {@code {sk-…}} is a mapping whose key is the key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey: {" + KEY + "}",
                "apiKey: {" + KEY + ": x}",
                "auth: {type: bearer, key: {" + KEY + "}}",
                "headers: {X-Key: {" + KEY + "}}",
                "apiKey: {env: A, " + KEY + ": x}",
                "apiKey: {env: " + KEY + "}"
            })
    void asTheKeyOfAMappingIsNotPrinted(String field) throws IOException {
        try (Patchbay patchbay = patchbay("""
                providers:
                  one: {baseUrl: "%s", %s}
                """.formatted(fake.baseUrl("/v1"), field), "rw-------")) {
            assertThat(patchbay.registry().find("one").orElseThrow().isReady()).isFalse();
            assertThat(diagnostics(patchbay)).contains("error[").doesNotContain(KEY);
        }
    }

    /** Its name would be printed: in lists, in what explains the provider, and as the variable that is not set. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey: $KNOWN",
                "apiKey: '${KNOWN}'",
                "apiKey: '${OTHER:-$KNOWN}'",
                "apiKey: '${KNOWN:?is wanted}'",
                "apiKey: {env: KNOWN}",
                "auth: {type: header, header: api-key, key: $KNOWN}",
                "headers: {X-Any: $KNOWN}",
                "headers: {Authorization: Bearer $KNOWN}",
                "auth: none, body: {set: {a: [$KNOWN]}}",
                "apiKey: $HEX",
                "apiKey: $SIGNS",
                "headers: {X-Token: Bearer $SIGNS}"
            })
    void behindADollarIsNoNameOfAVariable(String field) throws IOException {
        String known = "gsk_vq5kestrelgd29mwxrbt3hzuj7pEnd9";
        String hex = "d41d8cd98f00b204e9800998ecf8427e";
        String signs = "pk_vq5kestrel~gd29mwxrb.t3hzuj7p-End9";
        String written = field.replace("KNOWN", known).replace("HEX", hex).replace("SIGNS", signs);
        try (Patchbay patchbay = patchbay("""
                providers:
                  one: {baseUrl: "%s", %s}
                """.formatted(fake.baseUrl("/v1"), written), "rw-------")) {
            Provider one = patchbay.registry().find("one").orElseThrow();

            assertThat(diagnostics(patchbay) + one.reason().orElse("") + one.definition())
                    .contains("error[E303]", "begins with a dollar")
                    .doesNotContain("vq5kestrel", hex);
        }
    }

    /** A client secret of Azure holds a tilde. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey: SECRET # SECRET",
                "apiKey: {value: canary-kestrel}",
                "apiKey: {env: NAME, value: SECRET}",
                "a7: SECRET",
                "headers: {x-custom: SECRET}",
                "dialect: SECRET"
            })
    void isMaskedToItsEndWhateverCharactersItHolds(String field) throws IOException {
        for (String secret :
                new String[] {"Zz58Q~kestrelgd29mwxrb.t3hzuj7pEnd9_-BB", "pk_vq5kestrel~gd29.t3hzuj-pEnd9"}) {
            try (Patchbay patchbay =
                    patchbay("""
                    providers:
                      one:
                        baseUrl: "%s"
                        %s
                    """.formatted(fake.baseUrl("/v1"), field.replace("SECRET", secret)), "rw-r--r--")) {
                assertThat(diagnostics(patchbay)).contains("error[").doesNotContain("kestrel", "pEnd9", "gd29");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$my_company_production_openai_key_2",
                "${HF_TOKEN_OF_THE_PROJECT_2:-$hf_token_of_the_project_2}",
                "$MY_COMPANY_PRODUCTION_KEY",
                "$COMPANYPRODUCTIONKEYNUMBER2026",
                "$openaiKey2"
            })
    void aNameOfWordsOrInCapitalsIsAVariable(String reference) throws IOException {
        try (Patchbay patchbay = patchbay("""
                providers:
                  one: {baseUrl: "%s", apiKey: '%s'}
                """.formatted(fake.baseUrl("/v1"), reference), "rw-------")) {
            assertThat(diagnostics(patchbay)).contains("E201").doesNotContain("E303");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey: {file: " + KEY + "}",
                "auth: none, dialect: " + KEY,
                "auth: none, " + KEY + ": 1",
                "auth: none, fallback: [" + KEY + "]",
                "auth: none, aliases: {a: " + KEY + ", " + KEY + ": b, b: a}",
                "auth: none, extends: " + KEY
            })
    void inThePlaceOfSomethingElseIsNotPrinted(String field) throws IOException {
        try (Patchbay patchbay = patchbay("""
                providers:
                  one: {baseUrl: "%s", %s}
                """.formatted(fake.baseUrl("/v1"), field), "rw-------")) {
            Provider one = patchbay.registry().find("one").orElseThrow();

            assertThat(diagnostics(patchbay) + one.reason().orElse(""))
                    .contains("*****")
                    .doesNotContain(KEY);
        }
    }

    /** Its three letters would stand in every other word. */
    @Test
    void aKeyUnderEightCharactersIsAWarning() throws IOException {
        try (Patchbay patchbay = patchbay("""
                providers:
                  one: {baseUrl: "%s", apiKey: qzx7xzq, defaultModel: m}
                  two: {baseUrl: "%s", apiKey: qzx7xzq8, defaultModel: m}
                """.formatted(fake.baseUrl("/v1"), fake.baseUrl("/v1")), "rw-------")) {
            assertThat(diagnostics(patchbay))
                    .containsOnlyOnce("E210")
                    .contains("is shorter than eight characters: it is masked only where it stands alone")
                    .doesNotContain("qzx7xzq");
        }
    }

    private static String diagnostics(Patchbay patchbay) {
        return patchbay.registry().diagnostics().stream()
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n"));
    }

    private Patchbay patchbay(String yaml, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("providers.yaml"), yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return Patchbay.builder()
                .withoutDiscovery()
                .config(file)
                .environment(Environment.of(Map.of()))
                .build();
    }
}
