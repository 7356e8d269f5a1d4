package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.Value;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people paste into provider files, and what no file may do to the others. */
final class ProviderFileMistakesTest {

    private static final String BASE = "baseUrl: https://api.a.example/v1";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey: {command: [\"./a\\0b\"]}",
                "apiKey: {command: [\"a\\0b\"]}",
                "apiKey: {command: [cat, \"a\\0b\"]}",
                "apiKey: {file: \"a\\0b\"}",
                "apiKey: {file: \"~/a\\0b\"}",
                "http: {tls: {caFile: \"a\\0b\"}}",
                "http: {tls: {caFile: $NUL}}",
                "http: {proxy: \"http://a\\0b:1\"}",
                "headers: {X-A: {command: [\"./a\\0b\"]}}",
                "endpoints: {chat: \"/a\\0b\"}",
            })
    void whatNoFileCanBeNamedIsAProblemOfThatOneProvider(String field) {
        RegistrySnapshot snapshot = Registries.with(Layer.USER, "a: {" + BASE + ", " + field + "}\nb: {" + BASE + "}")
                .variable("NUL", "a\0b")
                .build();
        assertThat(snapshot.find("b").orElseThrow().isReady()).isTrue();
        Provider broken = snapshot.find("a").orElseThrow();
        assertThat(broken.state()).isIn(ProviderState.INVALID, ProviderState.UNAVAILABLE);
        assertThat(broken.problems()).extracting(Diagnostic::code).doesNotContain(Code.DEFINITION_FAILED);
    }

    @Test
    void ofALongLineOnlyWhatIsAroundTheMistakeIsQuoted() {
        String padding = "x".repeat(500_000);
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .text(
                        Layer.USER,
                        "long.yaml",
                        "providers: {a: {name: " + padding + ", typo: 1, keyUrl: " + padding + ", " + BASE + "}}")
                .build();

        assertThat(snapshot.diagnostics())
                .isNotEmpty()
                .allSatisfy(problem ->
                        assertThat(problem.toString()).contains("typo").hasSizeLessThan(1_000));
    }

    @Test
    void whatIsThrownWhileADefinitionIsReadEndsThatOneAlone() {
        Dialect throwing = new Dialect() {
            @Override
            public String id() {
                return "throwing";
            }

            @Override
            public List<Problem> validate(ProviderDefinition definition) {
                throw new StackOverflowError("canary");
            }

            @Override
            public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
                throw new IllegalStateException();
            }
        };
        LoadedPlugin plugin =
                new LoadedPlugin("p", Optional.empty(), List.of(throwing), List.of(), List.of(), List.of());
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .plugins(List.of(plugin))
                .text(Layer.USER, "u.yaml", "providers: {a: {dialect: throwing, " + BASE + "}, b: {" + BASE + "}}")
                .build();
        assertThat(snapshot.find("b").orElseThrow().isReady()).isTrue();
        assertThat(snapshot.find("a").orElseThrow().state()).isEqualTo(ProviderState.INVALID);
        assertThat(snapshot.diagnostics())
                .extracting(Diagnostic::code)
                .containsAnyOf(Code.DEFINITION_FAILED, Code.DIALECT_REFUSES);
        assertThat(snapshot.diagnostics().toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"sk-fake-0123456789\"|quotes",
                "'sk-fake-0123456789'|quotes",
                "`sk-fake-0123456789|quotes",
                "\u201Csk-fake-0123456789\u201D|quotes",
                "Bearer sk-fake-0123456789|begins with Bearer",
                "bearer sk-fake-0123456789|begins with Bearer",
                "ACME_API_KEY|name of a variable",
                "op://vault/item|address",
                "sk-your-api-key|placeholder",
                "<your key>|placeholder",
                "sk-...|placeholder",
                "short|shorter than eight",
            })
    void whatIsWrongWithAKeyIsSaidWhenItIsRead(String key, String words) {
        // The quotes of the shell are a part of the value, as where a variable was set with them.
        Provider provider = Registries.with(Layer.USER, "a: {" + BASE + ", apiKey: $KEY}")
                .variable("KEY", key)
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.problems()).extracting(Diagnostic::message).anyMatch(message -> message.contains(words));
        assertThat(provider.problems().toString()).doesNotContain("0123456789");
    }

    @Test
    void aKeyInCapitalsIsTheNameOfAVariable() throws Exception {
        Provider provider = file("providers: {a: {" + BASE + ", apiKey: ACME_KEY}}");
        assertThat(provider.problems().toString()).contains("did you mean $ACME_KEY?");
        assertThat(file("providers: {a: {" + BASE + ", apiKey: ACMEKEY}}")
                        .problems()
                        .toString())
                .contains("looks like the name of a variable")
                .doesNotContain("ACMEKEY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.a.example/$ACME_API_KEY/v1",
                "https://api.a.example/v1/${TOKEN:-x}",
                "https://api.a.example/v1?x=$MY_SECRET",
                "https://api.a.example/sk-0123456789abcdef/v1",
                "https://api.a.example/bot123:AIzaSyA0123456789abcdef012345/v1",
                "http://api.a.example/api_key=0123456789/v1",
            })
    void aKeyInThePathOfABaseUrlIsRefusedLikeOneInItsQuery(String url) {
        Provider provider = Registries.with(Layer.USER, "a: {baseUrl: \"" + url + "\"}")
                .variable("ACME_API_KEY", "canary-key")
                .variable("MY_SECRET", "canary-key")
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.problems()).extracting(Diagnostic::code).contains(Code.USER_INFO);
        assertThat(provider.problems().toString()).doesNotContain("canary", "0123456789");
    }

    @Test
    void whatNamesNoKeyMayStandInAPath() {
        Provider provider = Registries.with(
                        Layer.USER, "a: {baseUrl: \"https://$TOKEN_HOST/$ACCOUNT/v1/$KEYCLOAK_REALM\"}")
                .variable("TOKEN_HOST", "api.a.example")
                .variable("ACCOUNT", "0123456789abcdef0123456789abcdef")
                .variable("KEYCLOAK_REALM", "main")
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" https://api.a.example/v1 ", "\\uFEFFhttps://api.a.example/v1", "https://api.a.example/v1\\n"})
    void whatCopyingLeavesAroundAUrlIsLeftOutWithAWarning(String url) {
        Provider provider = Registries.with(Layer.USER, "a: {baseUrl: \"" + url + "\"}")
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.isReady()).isTrue();
        assertThat(provider.definition().orElseThrow().baseUrl()).contains(URI.create("https://api.a.example/v1"));
        assertThat(provider.problems()).extracting(Diagnostic::code).containsExactly(Code.KEY_TRIMMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{NAME}}",
                "{{ NAME }}",
                "{{ env.NAME }}",
                "{{env:NAME}}",
                "{{ .Env.NAME }}",
                "${{ secrets.NAME }}",
                "#{NAME}",
                "<%= ENV['NAME'] %>",
                "os.getenv(NAME)",
                "ENV[NAME]",
                "env:NAME",
                "%NAME%",
                "process.env.NAME",
                "secrets.NAME",
            })
    void theSyntaxOfAnotherToolIsRecognisedAndTheRightFormGiven(String value) {
        Provider provider = Registries.with(Layer.USER, "a: {" + BASE + ", headers: {X-A: \"" + value + "\"}}")
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.problems()).extracting(Diagnostic::code).contains(Code.FOREIGN_REFERENCE);
        assertThat(provider.problems().toString()).contains("$NAME");
    }

    @ParameterizedTest
    @CsvSource({"anthropic,anthropic-messages", "openai,openai-chat", "claude,anthropic-messages"})
    void aDialectIsFoundByTheNameOfItsCompany(String written, String meant) {
        assertThat(Registries.with(Layer.USER, "a: {" + BASE + ", dialect: " + written + "}")
                        .build()
                        .diagnostics()
                        .toString())
                .contains("did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"temperature: 0.2,temperature: 0.2", "topP: 1,top_p: 1", "max-tokens: 5,max_tokens: 5"})
    void aParameterOfRequestsBelongsIntoTheBody(String line, String parameter) {
        assertThat(Registries.with(Layer.USER, "a: {" + BASE + ", " + line + "}")
                        .build()
                        .diagnostics()
                        .toString())
                .contains("did you mean body.default?", "body: {default: {" + parameter + "}}");
    }

    @Test
    void aHeaderTakesASecretOfAnyForm() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "canary-from-a-file");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Definition definition = Registries.with(
                        Layer.USER,
                        "a: {" + BASE + ", headers: {X-A: {file: \"" + key
                                + "\"}, X-B: {env: KEY}, X-C: {command: [echo," + " canary-from-a-command]}}}")
                .variable("KEY", "canary-of-a-variable")
                .build()
                .find("a")
                .flatMap(Provider::definition)
                .orElseThrow();
        assertThat(definition.headers().values())
                .extracting(value -> ((Value.Hidden) value).secret().resolve().reveal())
                .containsExactly("canary-from-a-file", "canary-of-a-variable", "canary-from-a-command");
    }

    @Test
    void aTildeIsHomeAndThePathThatWasLookedAtIsShown() {
        Provider provider = RegistrySnapshot.builder()
                .environment(Environment.of(Map.of("HOME", folder.toString())))
                .text(Layer.USER, "u.yaml", "providers: {a: {" + BASE + ", apiKey: {file: ~/keys/acme}}}")
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.problems().toString()).contains(folder.resolve("keys/acme") + " is not there");
    }

    /** A pipe is not opened: nobody may ever write into it. */
    @Test
    @Tag("process")
    @Timeout(20)
    @DisabledOnOs(OS.WINDOWS)
    void whatIsNoFileIsSaidToBeWhatItIs() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createDirectory(folder.resolve("keys"));
        for (String[] said : new String[][] {
            {"keys", "is a folder"}, {"pipe", "is no file but a pipe"}, {"/dev/null", "is no file but a pipe"}
        }) {
            Path named = folder.resolve(said[0]);
            Provider provider = RegistrySnapshot.builder()
                    .text(Layer.USER, "u.yaml", "providers: {a: {" + BASE + ", apiKey: {file: \"" + named + "\"}}}")
                    .build()
                    .find("a")
                    .orElseThrow();
            assertThat(provider.problems().toString()).contains(named + " " + said[1]);
            Provider trusting = RegistrySnapshot.builder()
                    .text(
                            Layer.USER,
                            "u.yaml",
                            "providers: {a: {" + BASE + ", http: {tls: {caFile: \"" + named + "\"}}}}")
                    .build()
                    .find("a")
                    .orElseThrow();
            assertThat(trusting.problems().toString()).contains(named + " is a folder, a pipe or a device");
        }
    }

    @Test
    void aByteOrderMarkAfterTheBeginningOfADocumentIsNoPartOfAKey() throws Exception {
        assertThat(file("---\n\uFEFFproviders: {a: {" + BASE + "}}").isReady()).isTrue();
    }

    @Test
    void noMoreThanTwoHundredColumnsOfALineAreShown() {
        String line = "a: {" + BASE + ", x1: " + "y".repeat(100_000) + ", nonsense: 1, z: " + "z".repeat(100_000) + "}";
        RegistrySnapshot snapshot = Registries.with(Layer.USER, line).build();
        assertThat(snapshot.diagnostics()).isNotEmpty();
        for (Diagnostic problem : snapshot.diagnostics()) {
            String text = problem.toString();
            List<String> lines = text.lines().toList();
            assertThat(lines.get(1)).hasSizeLessThanOrEqualTo(204);
            assertThat(lines.get(1).substring(lines.get(2).indexOf('^')))
                    .startsWith(problem.message().substring(0, 1));
            assertThat(String.valueOf(problem.toMap().get("source"))).hasSizeLessThanOrEqualTo(200);
        }
    }

    private Provider file(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), yaml);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return RegistrySnapshot.builder()
                .environment(Environment.of(Map.of()))
                .path(Layer.USER, file)
                .build()
                .find("a")
                .orElseThrow();
    }
}
