package dev.patchbay.internal.config.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.internal.config.template.Template;
import dev.patchbay.internal.config.template.TemplateException;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {

    private static final Location PLACE = new Location("a.yaml", 3, 13);

    private final Map<String, String> variables = new HashMap<>();
    private final Environment environment = name -> Optional.ofNullable(variables.get(name));
    private final SecretValue secret = Secrets.variable("KEY", environment, PLACE);

    @Test
    void looksUpAtEachUse() {
        variables.put("KEY", "first");
        assertThat(secret.resolve().reveal()).isEqualTo("first");
        variables.put("KEY", " second\n");
        assertThat(secret.resolve().reveal()).isEqualTo("second");
    }

    @Test
    void namesVariableAndPlaceWhenItIsNotThere() {
        ProviderException missing = catchThrowableOfType(ProviderException.class, secret::resolve);
        assertThat(missing.kind()).isEqualTo(ProviderException.Kind.AUTH);
        assertThat(missing).hasMessage("KEY is not set (a.yaml:3:13)");
        assertThat(missing.help()).contains("looked in the environment of this process; set KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary\nkey", "canary\u0007", "canaryé", "canary\u00a0key", "canary\u2013key"})
    void refusesACharacterThatNoKeyHasWithoutSayingTheKey(String value) {
        variables.put("KEY", value);
        ProviderException refused = catchThrowableOfType(ProviderException.class, secret::resolve);
        assertThat(refused.getMessage()).contains("KEY", "position 7").doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "your-api-key",
                "YOUR_API_KEY",
                "your-api-key-here",
                "sk-...",
                "changeme",
                "<api key>",
                "xxxx",
                "your_token"
            })
    void refusesPlaceholders(String value) {
        variables.put("KEY", value);
        ProviderException refused = catchThrowableOfType(ProviderException.class, secret::resolve);
        assertThat(refused.getMessage()).contains("placeholder");
    }

    @Test
    void putsTextAroundAVariable() throws TemplateException {
        variables.put("KEY", "k");
        SecretValue value = Secrets.value(Template.parse("Token ${KEY}"), environment, PLACE);
        assertThat(value.resolve().reveal()).isEqualTo("Token k");
        assertThat(value.reference()).hasToString("$KEY");
    }

    @Test
    void printsNothingOfASecret() {
        variables.put("KEY", "canary");
        assertThat(secret.toString() + secret.reference())
                .doesNotContain("canary")
                .contains("$KEY");
        SecretValue given = Secrets.given(Secret.of("canary"), Location.of("proxyApiKey"));
        assertThat(given.toString() + given.reference())
                .doesNotContain("canary")
                .contains("proxyApiKey");
    }

    /** As editors on Windows write it. */
    @Test
    void passesOverTheByteOrderMarkOfAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "\uFEFFkey-of-a-file\r\n");
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(new FileSecret(file, PLACE, false).resolve().reveal()).isEqualTo("key-of-a-file");
    }
}
