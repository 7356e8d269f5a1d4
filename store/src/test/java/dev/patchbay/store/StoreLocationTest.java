package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.template.Environment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables that no shell has read, such as those of an env file or in quotes (sessions.md, section 2). */
@DisabledOnOs(OS.WINDOWS)
final class StoreLocationTest {

    @ParameterizedTest
    @CsvSource({
        "PATCHBAY_STORE,~/x.db,/home/me/x.db",
        "PATCHBAY_HOME,~/ph,/home/me/ph/patchbay.db",
        "XDG_STATE_HOME,~/state,/home/me/state/patchbay/patchbay.db"
    })
    void tildeInFrontIsTheHomeOfTheUser(String variable, String value, Path file) {
        assertThat(StoreLocation.file(Environment.of(Map.of("HOME", "/home/me", variable, value)), Optional.empty()))
                .contains(file);
    }
}
