package dev.patchbay.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.template.Environment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tilde in a variable that no shell has read, such as one of an env file or in quotes (provider-files.md, section 1). */
@DisabledOnOs(OS.WINDOWS)
final class PatchbayHomeTest {

    @ParameterizedTest
    @CsvSource({"~,/home/me", "~/ph,/home/me/ph", "./~/ph,./~/ph", "~other/ph,~other/ph", "/a/~,/a/~"})
    void tildeInFrontIsTheHomeOfTheUser(String named, Path meant) {
        assertThat(PatchbayHome.locate(Environment.of(Map.of("HOME", "/home/me", "PATCHBAY_HOME", named))))
                .isEqualTo(meant);
    }

    @Test
    void tildeOfAHomeThatIsOneItselfIsWhatTheSystemKnows() {
        assertThat(PatchbayHome.locate(Environment.of(Map.of("HOME", "~/x", "PATCHBAY_HOME", "~/ph"))))
                .isEqualTo(Path.of(System.getProperty("user.home"), "ph"));
    }

    @Test
    void eachPathOfAListMayBeginWithATilde() {
        assertThat(PatchbayHome.configuration(
                        Environment.of(Map.of("HOME", "/home/me", "PATCHBAY_CONFIG", "~/a.yaml:/b:~/c"))))
                .containsExactly(Path.of("/home/me/a.yaml"), Path.of("/b"), Path.of("/home/me/c"));
    }
}
