package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.route.OriginRule;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Layer;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.provider.ProxySettings;
import dev.patchbay.provider.SecretValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code http.proxy} as it is written, and to whom it shows a key (provider-files.md, sections 2, 2.2 and 4). */
final class ProxyFieldTest {

    private static final String PROXY = "http: {proxy: \"http://proxy.example:3128\"}";

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128,           proxy.example:3128,",
        "http://proxy.example,                proxy.example:80,",
        "proxy.example:3128,                  proxy.example:3128,",
        "http://[fd00::1]:3128/,              [fd00::1]:3128,",
        "http://$HOST:${PORT:-3128},          proxy.example:3128,",
        "http://me:$PASSWORD@proxy.example:1, proxy.example:1,    me:p@ss/w#rd%41",
        "http://a%5Cme:$PASSWORD@$HOST,       proxy.example:80,   a\\me:p@ss/w#rd%41",
        "http://me:${PASSWORD}x@$HOST,        proxy.example:80,   me:p@ss/w#rd%41x",
        "http://$LOGIN@proxy.example:1,       proxy.example:1,    me:secret-word",
        "$WHOLE,                              proxy.example:3128, me:secret:word",
        "${NONE:-$WHOLE},                     proxy.example:3128, me:secret:word",
    })
    void aUrlNamesTheProxyAndMaybeALogin(String written, String address, String login) {
        Definition definition = ready("http: {proxy: \"" + written.replace("\\", "\\\\") + "\"}");
        ProxyServer server = definition.http().proxy().server().orElseThrow();
        assertThat(server.address()).isEqualTo(address);
        assertThat(server.source()).isEqualTo("http.proxy");
        assertThat(server.credential().map(secret -> secret.resolve().reveal())).isEqualTo(Optional.ofNullable(login));
        assertThat(definition + server.toString() + definition.http())
                .doesNotContain("secret-word")
                .doesNotContain("secret:word")
                .doesNotContain("p@ss");
    }

    @ParameterizedTest
    @CsvSource({"inherit, true", "none, false", "${NONE:-none}, false", "${NONE:-inherit}, true"})
    void aWordNamesNone(String written, boolean inherited) {
        ProxySettings proxy = ready("http: {proxy: \"" + written + "\"}").http().proxy();
        assertThat(proxy.isInherited()).isEqualTo(inherited);
        assertThat(proxy.server()).isEmpty();
        assertThat(ready("name: P").http().proxy()).isSameAs(ProxySettings.INHERIT);
    }

    @Test
    void aPasswordThatIsNotSetMakesTheProviderUnavailable() {
        Provider provider = Registries.with(
                        Layer.USER,
                        "p: {baseUrl: https://p.example, http: {proxy: \"http://me:$PASSWORD@proxy.example\"}}")
                .build()
                .find("p")
                .orElseThrow();
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(provider.reason()).contains("PASSWORD is not set (user.yaml:2:60)");
        assertThat(provider.definition()).as("nothing but a secret is missing").isPresent();
    }

    @Test
    void aLiteralPasswordIsAcceptedWithAWarningInAPrivateFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("p.yaml");
        Files.writeString(
                file,
                "providers: {p: {baseUrl: https://p.example, http: {proxy: \"http://me:canary-word@proxy.example\"}}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        RegistrySnapshot snapshot =
                RegistrySnapshot.builder().path(Layer.COMMAND_LINE, file).build();
        assertThat(snapshot.find("p").orElseThrow().isReady()).isTrue();
        Diagnostic warning = snapshot.diagnostics().get(0);
        assertThat(snapshot.diagnostics()).hasSize(1);
        assertThat(warning.code()).isEqualTo(Code.LITERAL_KEY);
        assertThat(warning.message()).isEqualTo("http.proxy holds a password written into the file");
        assertThat(warning.toString() + warning.toMap()).doesNotContain("canary-word");
    }

    @Test
    void anInheritedKeyDoesNotGoThroughAProxyOfAHigherLayer() {
        RegistrySnapshot snapshot = above("p: {extends: p, " + PROXY + "}");
        Provider provider = snapshot.find("p").orElseThrow();
        assertThat(provider.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(provider.reason().orElseThrow())
                .startsWith("what is inherited (apiKey) was declared without this http.proxy and is not sent with it");
        assertThat(Registries.places(snapshot.diagnostics())).containsExactly("E301 user.yaml:2:33");
    }

    @Test
    void aKeyThatIsNamedAgainGoesThroughIt() {
        Definition definition = above("p: {extends: p, apiKey: $KEY, " + PROXY + "}")
                .find("p")
                .orElseThrow()
                .definition()
                .orElseThrow();
        assertThat(definition.auth().orElseThrow().key().map(SecretValue::reference))
                .hasToString("Optional[$KEY]");
        assertThat(definition.http().proxy()).hasToString("proxy.example:3128");
    }

    @Test
    void theSameProxyOrNoneTakesNothingAway() {
        for (String harmless : List.of(
                "http: {proxy: none}", "http: {proxy: inherit}", "http: {proxy: \"http://lower.example:3128\"}")) {
            Provider provider = Registries.with(
                            Layer.BUILT_IN,
                            "p: {baseUrl: https://p.example, apiKey: $KEY, http: {proxy: \"http://lower.example:3128\"}}")
                    .and(Layer.USER, "p: {extends: p, " + harmless + "}")
                    .variable("KEY", "key-of-a-test")
                    .build()
                    .find("p")
                    .orElseThrow();
            assertThat(provider.isReady()).as(harmless).isTrue();
            assertThat(provider.definition().orElseThrow().auth()).as(harmless).isPresent();
        }
    }

    @Test
    void theProxyStaysBehindWhereTheOriginChanges() {
        Definition lower = ready(PROXY);
        assertThat(OriginRule.move(lower, URI.create("https://other.example"))
                        .http()
                        .proxy())
                .isSameAs(ProxySettings.INHERIT);
        assertThat(OriginRule.move(lower, URI.create("https://p.example/v2"))
                        .http()
                        .proxy())
                .isSameAs(lower.http().proxy());
        RegistrySnapshot snapshot = Registries.with(Layer.BUILT_IN, "p: {baseUrl: https://p.example, " + PROXY + "}")
                .and(Layer.USER, "p: {extends: p, baseUrl: https://other.example}")
                .build();
        assertThat(snapshot.find("p")
                        .orElseThrow()
                        .definition()
                        .orElseThrow()
                        .http()
                        .proxy())
                .isSameAs(ProxySettings.INHERIT);
    }

    private static Definition ready(String field) {
        RegistrySnapshot snapshot = Registries.with(Layer.USER, "p: {baseUrl: https://p.example, " + field + "}")
                .variable("HOST", "proxy.example")
                .variable("PASSWORD", "p@ss/w#rd%41")
                .variable("LOGIN", "me:secret-word")
                .variable("WHOLE", "http://me:secret%3Aword@proxy.example:3128")
                .build();
        assertThat(snapshot.diagnostics()).isEmpty();
        return snapshot.find("p").orElseThrow().definition().orElseThrow();
    }

    private static RegistrySnapshot above(String upper) {
        return Registries.with(Layer.BUILT_IN, "p: {baseUrl: https://p.example, apiKey: $KEY}")
                .and(Layer.USER, upper)
                .variable("KEY", "key-of-a-test")
                .build();
    }
}
