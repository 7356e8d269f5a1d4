package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.plugin.LoadedPlugin;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Layer;
import dev.patchbay.spi.Authenticator;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.Option;
import dev.patchbay.spi.Options;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.SecretSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plugin adds to provider files. */
final class PluginPartsTest {

    private static final LoadedPlugin PLUGIN = new LoadedPlugin(
            "corp",
            Optional.of(Path.of("corp.jar")),
            List.of(new CorpDialect()),
            List.of(new CorpAuth()),
            List.of(new Vault()),
            List.of(new LoadedPlugin.DefinitionFile(
                    "corp.jar!corp.yaml",
                    "providers: {corp: {dialect: corp, options: {region: eu}}}".getBytes(StandardCharsets.UTF_8))));

    @Test
    void definitionsOfAJarAreOfThePluginLayer() {
        Provider provider =
                build("x: {baseUrl: https://x.example}").find("corp").orElseThrow();
        assertThat(provider.layer()).isEqualTo(Layer.PLUGIN);
        assertThat(provider.isReady()).isTrue();
        assertThat(provider.location().source()).isEqualTo("corp.jar!corp.yaml");
    }

    @Test
    void checksAndTypesOptionsByTheDialectsSchema() {
        Options options =
                build("""
                        mine:
                          dialect: corp
                          options: {region: eu, depth: 3, dry: true, wait: "${WAIT:-5s}", token: $TOKEN, tags: [a, $TAG]}
                        """).find("mine").orElseThrow().definition().orElseThrow().options();
        assertThat(options.string("region")).contains("eu");
        assertThat(options.integer("depth")).contains(3L);
        assertThat(options.bool("dry")).contains(true);
        assertThat(options.duration("wait")).contains(Duration.ofSeconds(5));
        assertThat(options.secret("token")).contains(new SecretRef("env", "TOKEN"));
        assertThat(options.strings("tags")).containsExactly("a", "t");
    }

    @Test
    void reportsEveryWrongOptionAtItsPlace() {
        RegistrySnapshot snapshot = build("""
                mine:
                  dialect: corp
                  options: {region: mars, depth: deep, dry: yes, wait: 5, token: literal, tags: a, regoin: eu}
                other: {dialect: corp}
                """);
        assertThat(Registries.places(snapshot.diagnostics()))
                .containsExactly(
                        "E102 user.yaml:4:23",
                        "E102 user.yaml:4:36",
                        "E102 user.yaml:4:47",
                        "E102 user.yaml:4:58",
                        "E102 user.yaml:4:68",
                        "E102 user.yaml:4:83",
                        "E101 user.yaml:4:86",
                        "E103 user.yaml:5:3");
    }

    @Test
    void reportsWhatTheDialectItselfRefuses() {
        RegistrySnapshot snapshot = build("mine: {dialect: corp, options: {region: eu, depth: 99}}");
        assertThat(Registries.places(snapshot.diagnostics())).containsExactly("E503 user.yaml:2:54");
        assertThat(snapshot.diagnostics().get(0).message()).isEqualTo("options.depth: at most 10");
    }

    @Test
    void aDialectMayNeedNoBaseUrlAndAnAuthTypeNoKey() {
        Provider provider = build("mine: {dialect: corp, options: {region: eu}, auth: {type: signed}}")
                .find("mine")
                .orElseThrow();
        assertThat(provider.isReady()).isTrue();
        assertThat(provider.definition().orElseThrow().auth().map(Auth::type)).contains("signed");
    }

    @Test
    void aSecretMayComeFromAPlugin() {
        Auth auth = build("mine: {baseUrl: https://mine.example, apiKey: {vault: a/b}}")
                .find("mine")
                .orElseThrow()
                .definition()
                .orElseThrow()
                .auth()
                .orElseThrow();
        assertThat(auth.key().orElseThrow().resolve().reveal()).isEqualTo("from a/b");
        assertThat(auth.key().orElseThrow().reference()).hasToString("vault:a/b");
    }

    @Test
    void theFirstPluginKeepsAName() {
        LoadedPlugin second =
                new LoadedPlugin("late", Optional.empty(), List.of(new CorpDialect()), List.of(), List.of(), List.of());
        RegistrySnapshot snapshot =
                RegistrySnapshot.builder().plugins(List.of(PLUGIN, second)).build();
        assertThat(snapshot.diagnostics()).hasSize(1);
        assertThat(snapshot.diagnostics().get(0).code()).isEqualTo(Code.PLUGIN_CONFLICT);
        assertThat(snapshot.dialect("corp")).isPresent();
    }

    @Test
    void aDialectThatNobodyBringsMakesAProviderUnavailable() {
        RegistrySnapshot snapshot = build("mine: {dialect: telepathy, baseUrl: https://mine.example}");
        assertThat(snapshot.find("mine").orElseThrow().state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(snapshot.diagnostics().get(0).help())
                .contains("dialects: anthropic-messages, corp, openai-chat, openai-responses");
    }

    private static RegistrySnapshot build(String yaml) {
        return RegistrySnapshot.builder()
                .environment(Environment.of(Map.of("TOKEN", "canary", "TAG", "t")))
                .plugins(List.of(PLUGIN))
                .text(Layer.USER, "user.yaml", "providers:\n" + yaml.indent(2))
                .build();
    }

    private static final class CorpDialect implements Dialect {

        @Override
        public String id() {
            return "corp";
        }

        @Override
        public boolean needsBaseUrl() {
            return false;
        }

        @Override
        public List<Option> options() {
            return List.of(
                    Option.of("region", Option.Type.STRING).oneOf("eu", "us").required(),
                    Option.of("depth", Option.Type.INTEGER),
                    Option.of("dry", Option.Type.BOOLEAN),
                    Option.of("wait", Option.Type.DURATION),
                    Option.of("token", Option.Type.SECRET),
                    Option.of("tags", Option.Type.STRING_LIST));
        }

        @Override
        public List<Problem> validate(ProviderDefinition definition) {
            boolean deep = definition.options().integer("depth").orElse(0L) > 10;
            return deep ? List.of(new Problem("options.depth", "at most 10")) : List.of();
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class CorpAuth implements Authenticator {

        @Override
        public String type() {
            return "signed";
        }

        @Override
        public void authenticate(OutgoingRequest request, Credential credential) {}
    }

    private static final class Vault implements SecretSource {

        @Override
        public String scheme() {
            return "vault";
        }

        @Override
        public Secret resolve(Request request) {
            return Secret.of("from " + request.reference());
        }
    }
}
