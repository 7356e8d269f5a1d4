package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.SkippedFile;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, layers and what beats what (provider-files.md, sections 1 and 4). */
final class LayersTest {

    @TempDir
    Path folder;

    @Test
    void aHigherLayerReplacesAndOneWarningSaysSo() {
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, "groq: {baseUrl: https://one.example, auth: none}")
                .and(Layer.PLUGIN, "groq: {baseUrl: https://two.example, auth: none}")
                .and(Layer.USER, "groq: {baseUrl: https://three.example, auth: none}")
                .build();
        assertThat(snapshot.providers())
                .extracting(Provider::layer)
                .containsExactly(Layer.USER, Layer.PLUGIN, Layer.BUILT_IN);
        assertThat(snapshot.providers())
                .extracting(Provider::state)
                .containsExactly(ProviderState.READY, ProviderState.SHADOWED, ProviderState.SHADOWED);
        assertThat(definition(snapshot, "groq").baseUrl()).contains(URI.create("https://three.example"));
        assertThat(Registries.places(snapshot.diagnostics())).containsExactly("E402 user.yaml:2:3");
    }

    @Test
    void theOrderOfTheCallsDoesNotMatter() {
        RegistrySnapshot snapshot = Registries.with(Layer.COMMAND_LINE, "p: {baseUrl: https://high.example}")
                .and(Layer.USER, "p: {baseUrl: https://low.example}")
                .build();
        assertThat(definition(snapshot, "p").baseUrl()).contains(URI.create("https://high.example"));
    }

    @Test
    void extendingTheSameIdChangesTheLowerOneWithoutAWarning() {
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, """
                        anthropic: {dialect: anthropic-messages, baseUrl: https://api.example, auth: none,
                          models: [a, b], aliases: {opus: a, sonnet: b}, name: Base}
                        """)
                .and(Layer.USER, "anthropic: {extends: anthropic, aliases: {sonnet: c, opus: null}}")
                .and(Layer.COMMAND_LINE, "anthropic: {extends: anthropic, name: Mine}")
                .build();
        Definition definition = definition(snapshot, "anthropic");
        assertThat(snapshot.diagnostics()).isEmpty();
        assertThat(definition.aliases()).isEqualTo(Map.of("sonnet", "c"));
        assertThat(definition.name()).contains("Mine");
        assertThat(definition.dialect()).isEqualTo("anthropic-messages");
    }

    @Test
    void anEffectiveValueKnowsItsPlaceAndWhatItOverrode() {
        RegistrySnapshot snapshot = Registries.with(
                        Layer.BUILT_IN, "p: {baseUrl: https://p.example, name: Low, http: {idleTimeout: 5s}}")
                .and(Layer.USER, "p: {extends: p, name: High, http: {totalTimeout: 9s}}")
                .build();
        var tree = snapshot.find("p").orElseThrow().tree().orElseThrow();
        var name = tree.get("name").orElseThrow();
        assertThat(name.location()).hasToString("user.yaml:2:25");
        assertThat(name.layer()).isEqualTo(Layer.USER);
        assertThat(name.overrode().orElseThrow().location()).hasToString("built-in.yaml:2:41");
        assertThat(tree.get("baseUrl").orElseThrow().location()).hasToString("built-in.yaml:2:16");
        var http = (dev.patchbay.internal.config.tree.MapNode) tree.get("http").orElseThrow();
        assertThat(http.get("idleTimeout").orElseThrow().layer()).isEqualTo(Layer.BUILT_IN);
        assertThat(http.get("totalTimeout").orElseThrow().layer()).isEqualTo(Layer.USER);
    }

    @Test
    void aLowerLayerCannotExtendAHigherOne() {
        RegistrySnapshot snapshot = Registries.with(Layer.USER, "low: {extends: high}")
                .and(Layer.COMMAND_LINE, "high: {baseUrl: https://high.example}")
                .build();
        assertThat(snapshot.find("low").orElseThrow().reason().orElseThrow())
                .contains("only in a higher layer, command line");
    }

    @Test
    void presetsAreInertUntilTheyAreNamed() {
        Registries registries = Registries.with(Layer.PRESET, "groq: {baseUrl: https://groq.example, auth: none}");
        assertThat(registries.build().providers()).isEmpty();
        RegistrySnapshot snapshot = registries
                .and(Layer.USER, "mine: {extends: \"preset:groq\"}\nwrong: {extends: groq}")
                .build();
        assertThat(snapshot.find("mine").orElseThrow().isReady()).isTrue();
        assertThat(snapshot.find("wrong").orElseThrow().problems().get(0).help())
                .contains("write extends: preset:groq");
    }

    @Test
    void filesLoadInByteOrderAndTheRestIsReportedAsSkipped() throws IOException {
        write("b.yaml", "providers: {b: {baseUrl: https://b.example}}");
        write("B.yaml", "providers: {upper: {baseUrl: https://u.example}}");
        write("ä.yaml", "providers: {umlaut: {baseUrl: https://a.example}}");
        for (String name : List.of(
                ".hidden.yaml",
                "_draft.yaml",
                "a.yaml~",
                "a.yaml.bak",
                "a.swp",
                "a.orig",
                "c.json",
                "d.yaml.txt",
                "README.md")) {
            write(name, "not: [yaml");
        }
        write("e.yml", "providers: {e: {baseUrl: https://e.example}}");
        Files.createDirectory(folder.resolve("sub.yaml"));
        Files.createDirectory(folder.resolve("team"));
        Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("nowhere"));
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .environment(Environment.of(Map.of()))
                .folder(Layer.USER, folder)
                .build();
        assertThat(snapshot.diagnostics()).noneMatch(Diagnostic::isError);
        assertThat(snapshot.diagnostics())
                .extracting(problem -> Path.of(problem.location().source()).getFileName() + " "
                        + problem.code().id())
                .containsExactly("c.json E018", "d.yaml.txt E018", "link.yaml E018", "sub.yaml E018", "team E018");
        assertThat(snapshot.providers()).extracting(Provider::id).containsExactly("b", "e", "umlaut", "upper");
        assertThat(snapshot.skipped())
                .extracting(SkippedFile::file)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        ".hidden.yaml",
                        "_draft.yaml",
                        "a.yaml~",
                        "a.yaml.bak",
                        "a.swp",
                        "a.orig",
                        "c.json",
                        "d.yaml.txt",
                        "README.md",
                        "team",
                        "link.yaml",
                        "sub.yaml");
    }

    @Test
    void aMissingFolderIsEmptyAndAMissingFileIsAnError() {
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .folder(Layer.USER, folder.resolve("none"))
                .path(Layer.COMMAND_LINE, folder.resolve("typo.yaml"))
                .build();
        assertThat(snapshot.diagnostics()).hasSize(1);
        assertThat(snapshot.diagnostics().get(0).code()).isEqualTo(Code.UNREADABLE_FILE);
        assertThat(snapshot.diagnostics().get(0).location().source()).endsWith("typo.yaml");
    }

    @Test
    void theHighestLayerNamesTheDefaultProvider() {
        RegistryBuilder builder = RegistrySnapshot.builder()
                .text(Layer.USER, "u.yaml", "defaultProvider: a\nproviders: {a: {baseUrl: https://a.example}}")
                .text(Layer.COMMAND_LINE, "c.yaml", "defaultProvider: b\nproviders: {b: {baseUrl: https://b.example}}");
        assertThat(builder.build().defaultProvider()).isEqualTo("b");
        assertThat(RegistrySnapshot.builder().build().defaultProvider()).isEqualTo("anthropic");
    }

    @Test
    void aPluginJarDoesNotChooseTheDefaultProvider() {
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .text(
                        Layer.PLUGIN,
                        "evil.jar!META-INF/providers/x.yaml",
                        "defaultProvider: evil\nproviders: {evil: {baseUrl: https://evil.example, auth: none}}")
                .text(
                        Layer.USER,
                        "u.yaml",
                        "providers: {a: {baseUrl: https://a.example, auth: none}, anthropic: {baseUrl: https://b.example,"
                                + " auth: none}}")
                .build();

        assertThat(snapshot.defaultProvider()).isEqualTo("anthropic");
        assertThat(snapshot.diagnostics())
                .extracting(problem -> problem.code() + " " + problem.severity())
                .containsExactly("PLUGIN_DEFAULT WARNING");
    }

    @Test
    void aDefinitionInCodeStandsAboveAllFiles() {
        Definition inCode = Definition.builder("p")
                .baseUrl(URI.create("https://code.example"))
                .build();
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .text(Layer.COMMAND_LINE, "c.yaml", "providers: {p: {baseUrl: https://file.example}}")
                .definition(inCode)
                .build();
        assertThat(definition(snapshot, "p")).isSameAs(inCode);
        assertThat(snapshot.providers())
                .extracting(Provider::state)
                .containsExactly(ProviderState.READY, ProviderState.SHADOWED);
    }

    @Test
    void aBuiltInWithoutItsVariableIsListedAndDoesNotTripStrict() {
        RegistrySnapshot snapshot = Registries.with(
                        Layer.BUILT_IN,
                        "anthropic: {dialect: anthropic-messages, baseUrl: https://a.example, apiKey: $NOT_SET}")
                .builder()
                .strict(true)
                .build();
        Provider provider = snapshot.find("anthropic").orElseThrow();
        assertThat(snapshot.diagnostics()).isEmpty();
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(provider.reason()).contains("NOT_SET is not set (built-in.yaml:2:80)");
        assertThat(provider.definition()).isPresent();
    }

    @Test
    void aUsersDefinitionWithoutItsVariableTripsStrict() {
        RegistryBuilder strict = Registries.with(Layer.USER, "p: {baseUrl: https://p.example, apiKey: $NOT_SET}")
                .builder()
                .strict(true);
        assertThatThrownBy(strict::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("user.yaml:2:43: error[E201]: NOT_SET is not set");
    }

    @Test
    void adisabledProviderIsListedAndAsksForNothing() {
        RegistrySnapshot snapshot = Registries.with(
                        Layer.USER, "p: {enabled: false, baseUrl: https://p.example, apiKey: $NOT_SET}")
                .build();
        assertThat(snapshot.diagnostics()).isEmpty();
        assertThat(snapshot.find("p").orElseThrow().state()).isEqualTo(ProviderState.DISABLED);
    }

    @Test
    void aLiteralKeyIsAcceptedOnlyInAPrivateFile() throws IOException {
        Path file = write("key.yaml", "providers: {p: {baseUrl: https://p.example, apiKey: canary-literal}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        RegistrySnapshot accepted =
                RegistrySnapshot.builder().path(Layer.COMMAND_LINE, file).build();
        assertThat(accepted.find("p").orElseThrow().isReady()).isTrue();
        assertThat(accepted.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.LITERAL_KEY);
        assertThat(accepted.diagnostics().toString()
                        + accepted.providers()
                        + definition(accepted, "p").auth())
                .doesNotContain("canary");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        RegistrySnapshot refused =
                RegistrySnapshot.builder().path(Layer.COMMAND_LINE, file).build();
        assertThat(refused.find("p").orElseThrow().state()).isEqualTo(ProviderState.INVALID);
        assertThat(refused.diagnostics().toString()).doesNotContain("canary");
    }

    @Test
    void aKeyMayStandInAFileThatOnlyItsOwnerReads() throws IOException {
        write("p.yaml", "providers: {p: {baseUrl: https://p.example, apiKey: {file: key}}}");
        Path key = write("key", "canary-in-file\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        RegistrySnapshot snapshot =
                RegistrySnapshot.builder().folder(Layer.USER, folder).build();
        var secret = definition(snapshot, "p").auth().orElseThrow().key().orElseThrow();
        assertThat(snapshot.find("p").orElseThrow().isReady()).isTrue();
        assertThat(secret.resolve().reveal()).isEqualTo("canary-in-file");
        assertThat(secret.toString()).doesNotContain("canary");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Provider open = RegistrySnapshot.builder()
                .folder(Layer.USER, folder)
                .build()
                .find("p")
                .orElseThrow();
        assertThat(open.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(open.reason().orElseThrow()).contains("can be read or written by others");
        assertThatThrownBy(secret::resolve).hasMessageContaining("can be read or written by others");
    }

    @Test
    void suggestsNearIds() {
        RegistrySnapshot snapshot = Registries.with(Layer.USER, "groq: {baseUrl: https://g.example}")
                .build();
        assertThat(snapshot.suggestions("gorq")).containsExactly("groq");
        assertThat(snapshot.suggestions("nothing-like-it")).isEmpty();
        assertThat(snapshot.suggestions("groq")).as("what was asked for itself").isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Definition definition(RegistrySnapshot snapshot, String id) {
        return snapshot.find(id).orElseThrow().definition().orElseThrow();
    }
}
