package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.Patchbay;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The core alone, without the artifact of the built-in providers. */
final class MissingBuiltInsTest {

    private static final String ARTIFACT = "dev.patchbay:patchbay-providers-builtin";

    private static String help(Patchbay patchbay, String provider) {
        LaunchRequest request = LaunchRequest.query("Hi").provider(provider).build();
        return catchThrowableOfType(ConfigurationException.class, () -> patchbay.launch(request))
                .diagnostics()
                .get(0)
                .help()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic", "openrouter", "baseten"})
    void artifactOfABuiltInProviderIsNamed(String provider) {
        try (Patchbay patchbay = Patchbay.builder().withoutDiscovery().build()) {
            assertThat(help(patchbay, provider)).contains(ARTIFACT, "class path", "META-INF/services");
        }
    }

    @Test
    void anotherProviderIsNoMatterOfTheArtifact() {
        try (Patchbay patchbay = Patchbay.builder().withoutDiscovery().build()) {
            assertThat(help(patchbay, "acme")).doesNotContain(ARTIFACT);
        }
    }

    @Test
    void providersThatAreThereAreNotCalledMissing() {
        Definition own = Definition.builder("openrouter")
                .baseUrl(URI.create("https://openrouter.example/v1"))
                .auth(Auth.NONE)
                .build();
        try (Patchbay patchbay =
                Patchbay.builder().withoutDiscovery().definition(own).build()) {
            assertThat(help(patchbay, "baseten")).doesNotContain(ARTIFACT);
        }
    }
}
