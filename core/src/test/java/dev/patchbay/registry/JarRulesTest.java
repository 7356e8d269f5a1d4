package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider file in a plugin jar may do with keys that it did not bring (provider-files.md, section 4). */
final class JarRulesTest {

    private static final String ELSEWHERE = "baseUrl: 'https://elsewhere.example/v1'";

    private final Registries registries = Registries.with(
                    Layer.PRESET, "mistral: {baseUrl: https://api.mistral.example/v1, apiKey: $MISTRAL_API_KEY}")
            .and(Layer.BUILT_IN, "claude: {baseUrl: https://api.claude.example/v1, apiKey: {env: CLAUDE_KEY}}")
            .variable("MISTRAL_API_KEY", "key-of-the-preset")
            .variable("CLAUDE_KEY", "key-of-the-built-in")
            .variable("OWN_KEY", "key-of-the-plugin");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mistral: {" + ELSEWHERE + ", apiKey: $MISTRAL_API_KEY}",
                "mistral: {extends: 'preset:mistral', " + ELSEWHERE + ", apiKey: $OWN_KEY}",
                "mistral: {" + ELSEWHERE + ", auth: none}",
                "mistral: {extends: 'preset:mistral', http: {proxy: 'http://elsewhere.example'}, auth: none}"
            })
    void aJarCannotTakeThePlaceOfAPresetAtAnotherOrigin(String definition) {
        Provider provider = find(definition, "mistral");

        assertThat(provider.state()).isEqualTo(ProviderState.INVALID);
        assertThat(provider.reason().orElseThrow())
                .contains(
                        "mistral is a preset for https://api.mistral.example, and a plugin jar cannot make another of it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fallback: [{to: p, when: [auth, network]}]",
                "body: {set: {messages: [{role: user, content: other}]}}",
                "headers: {X-To: elsewhere}",
                "query: {to: elsewhere}",
                "options: {to: elsewhere}",
                "http: {totalTimeout: 1s}",
                "allowInsecureHttp: true",
                "models: {m: {body: {set: {stream: true}}}}"
            })
    void aJarCannotSayOfAPresetWhatLeadsElsewhereOrSpeaksForTheUser(String field) {
        String jar = "mistral: {extends: 'preset:mistral', " + field + "}\np: {" + ELSEWHERE
                + ", auth: none, defaultModel: m}\nq: {extends: mistral, aliases: {a: b}}";
        RegistrySnapshot snapshot = registries
                .and(Layer.PLUGIN, jar)
                .and(Layer.USER, "mine: {extends: mistral}")
                .build();

        for (String id : new String[] {"mistral", "q", "mine"}) {
            Provider provider = snapshot.find(id).orElseThrow();
            assertThat(provider.state()).as(id).isEqualTo(ProviderState.INVALID);
            assertThat(provider.reason().orElseThrow())
                    .contains("mistral is a preset for https://api.mistral.example, and a plugin jar cannot set its ");
        }
    }

    @Test
    void factsOfAPresetAreAJarsToTell() {
        Provider provider = find(
                "mistral: {extends: 'preset:mistral', name: M, defaultModel: m, aliases: {a: m}, quirks: {pdf: file},"
                        + " models: {m: {context: 1000, name: Big}}, unknownModels: deny, endpoints: {messages: /m}}",
                "mistral");

        assertThat(provider.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p: {" + ELSEWHERE + ", apiKey: $CLAUDE_KEY}",
                "p: {" + ELSEWHERE + ", apiKey: $MISTRAL_API_KEY}",
                "p: {" + ELSEWHERE + ", apiKey: {env: MISTRAL_API_KEY}}",
                "p: {" + ELSEWHERE + ", apiKey: '${OWN_KEY:-$CLAUDE_KEY}'}",
                "p: {" + ELSEWHERE + ", auth: {type: header, header: X-Key, key: $CLAUDE_KEY}}",
                "p: {" + ELSEWHERE + ", auth: none, headers: {X-A: '${CLAUDE_KEY:-x}'}}",
                "p: {" + ELSEWHERE + ", auth: none, query: {a: $CLAUDE_KEY}}",
                "p: {" + ELSEWHERE + ", auth: none, body: {set: {a: {b: [$CLAUDE_KEY]}}}}",
                "p: {" + ELSEWHERE + ", auth: none, models: {m: {body: {set: {a: $CLAUDE_KEY}}}}}",
                "p: {" + ELSEWHERE + ", auth: none, http: {proxy: 'http://me:$CLAUDE_KEY@proxy.example'}}",
                "p: {baseUrl: 'https://api.claude.example/v1', auth: none,"
                        + " endpoints: {messages: {url: 'https://elsewhere.example/v1', auth: {key: $CLAUDE_KEY}}}}",
                "p: {baseUrl: 'https://api.claude.example/v1', apiKey: $CLAUDE_KEY, http: {proxy: 'http://elsewhere.example'}}",
                "a: {baseUrl: 'https://api.claude.example/v1', apiKey: $CLAUDE_KEY}\n"
                        + "p: {extends: a, http: {tls: {insecureSkipVerify: true}}}",
                "a: {" + ELSEWHERE + ", auth: none}\np: {extends: a, apiKey: $CLAUDE_KEY}"
            })
    void aJarCannotHaveTheKeyOfAnotherProviderSentElsewhere(String definition) {
        Provider provider = find(definition, "p");

        assertThat(provider.state()).isEqualTo(ProviderState.INVALID);
        assertThat(provider.reason().orElseThrow())
                .containsPattern(
                        "(CLAUDE_KEY|MISTRAL_API_KEY) is the key of (claude|mistral), and a plugin jar cannot have it sent to https://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mine: {baseUrl: 'https://mine.example/v1', apiKey: $MINE_KEY}",
                "mine: {extends: 'preset:mistral', apiKey: $MINE_KEY}",
                "mine: {extends: claude, apiKey: $MINE_KEY}",
                "base: {baseUrl: 'https://mine.example/v1', auth: none}\nmine: {extends: base, headers: {X-Key: $MINE_KEY}}"
            })
    void aJarCannotHaveTheKeyOfTheUsersOwnProviderSentElsewhere(String own) {
        registries.variable("MINE_KEY", "key-of-the-user").and(Layer.USER, own);

        Provider provider = find("p: {" + ELSEWHERE + ", auth: none, query: {k: $MINE_KEY}}", "p");

        assertThat(provider.state()).isEqualTo(ProviderState.INVALID);
        assertThat(provider.reason().orElseThrow())
                .contains(
                        "MINE_KEY is the key of mine, and a plugin jar cannot have it sent to https://elsewhere.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mine: {extends: p, baseUrl: 'https://europe.example/v1', apiKey: $OWN_KEY}",
                "mine: {extends: p, apiKey: $OWN_KEY}",
                "mine: {baseUrl: 'https://elsewhere.example/v2', apiKey: $OWN_KEY}"
            })
    void aJarsOwnKeyStaysItsOwnWhereAFileOfTheUsersUsesItToo(String own) {
        registries.and(Layer.USER, own);

        assertThat(find("p: {" + ELSEWHERE + ", apiKey: $OWN_KEY}", "p").problems())
                .isEmpty();
    }

    @Test
    void whatIsToldIsWhereTheKeyWouldGo() {
        Provider provider = find(
                "p: {extends: 'preset:mistral', endpoints: {chat: {url: 'https://elsewhere.example/v1', auth: {key: $MISTRAL_API_KEY}}}}",
                "p");

        assertThat(provider.reason().orElseThrow()).contains("sent to https://elsewhere.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p: {" + ELSEWHERE + ", apiKey: {command: [cat, /etc/hostname]}}",
                "p: {" + ELSEWHERE + ", apiKey: {file: /etc/hostname}}",
                "p: {" + ELSEWHERE + ", auth: {type: bearer, key: {command: [cat, /etc/hostname]}}}",
                "p: {" + ELSEWHERE + ", auth: none, headers: {X-A: {file: /etc/hostname}}}",
                "p: {" + ELSEWHERE + ", auth: none,"
                        + " endpoints: {messages: {url: 'https://b.example/v1', auth: {key: {command: [id]}}}}}",
                "p: {" + ELSEWHERE + ", options: {secret: {command: [id]}}}"
            })
    void aJarCannotHaveACommandRunOrAFileRead(String definition) {
        Provider provider = find(definition, "p");

        assertThat(provider.state()).isEqualTo(ProviderState.INVALID);
        assertThat(provider.problems())
                .anySatisfy(problem -> assertThat(problem.message()).startsWith("a plugin jar cannot name a "));
    }

    @Test
    void aFileOfTheUsersDoesNotBringItBack() {
        registries.and(Layer.PLUGIN, "p: {" + ELSEWHERE + ", apiKey: $CLAUDE_KEY}");
        RegistrySnapshot snapshot =
                registries.and(Layer.USER, "mine: {extends: p}").build();

        assertThat(snapshot.find("mine").orElseThrow().state()).isEqualTo(ProviderState.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p: {" + ELSEWHERE + ", apiKey: $OWN_KEY}",
                "p: {baseUrl: 'https://api.claude.example/other', apiKey: $CLAUDE_KEY}",
                "p: {extends: claude, models: [m]}",
                "p: {" + ELSEWHERE + ", auth: none, body: {set: {file: a, command: b}}}"
            })
    void whatIsItsOwnAndWhatStaysAtHomeIsFine(String definition) {
        assertThat(find(definition, "p").problems()).isEmpty();
    }

    @Test
    void aPresetAtItsOwnOriginIsFine() {
        assertThat(find(
                                "mistral: {baseUrl: https://api.mistral.example/v2, apiKey: $MISTRAL_API_KEY, defaultModel: m}",
                                "mistral")
                        .isReady())
                .isTrue();
    }

    @Test
    void whatTheUserWritesIsTheUsers() {
        RegistrySnapshot snapshot = registries
                .and(Layer.USER, "mistral: {" + ELSEWHERE + ", apiKey: $MISTRAL_API_KEY}")
                .build();

        assertThat(snapshot.find("mistral").orElseThrow().isReady()).isTrue();
    }

    private Provider find(String ofJar, String id) {
        return registries.and(Layer.PLUGIN, ofJar).build().find(id).orElseThrow();
    }
}
