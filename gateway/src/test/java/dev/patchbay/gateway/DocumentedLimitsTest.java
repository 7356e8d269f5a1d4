package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.config.ProcessEnvironment;
import dev.patchbay.internal.gateway.BufferBudget;
import dev.patchbay.internal.runtime.ProviderRuntime;
import dev.patchbay.registry.RegistrySnapshot;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits that docs/security.md tells are those of a gateway for which nobody sets others. */
class DocumentedLimitsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxBufferedBytes",
                "maxConnections",
                "maxHeadBytes",
                "maxHeadLines",
                "headTimeout",
                "clientTimeout",
                "maxRequestBytes",
                "bodyTimeout",
                "bodySilence",
                "readTimeout",
                "commentTimeout",
                "grace"
            })
    void isTheDefault(String setting) throws Exception {
        RegistrySnapshot none = RegistrySnapshot.builder().build();
        try (ProviderRuntime runtime = new ProviderRuntime(() -> none, new ProcessEnvironment(), Clock.systemUTC())) {
            GatewayBuilder builder = Gateway.builder(runtime);
            Field field = GatewayBuilder.class.getDeclaredField(setting);
            field.setAccessible(true);
            List<String> row = rows().stream()
                    .filter(line -> line.contains("`" + setting + "`"))
                    .toList();

            assertThat(row).singleElement().asString().contains(told(setting, field.get(builder)));
        }
    }

    private static List<String> rows() throws Exception {
        Path page = Path.of(System.getProperty("patchbay.root"), "docs/security.md");
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| "))
                .toList();
    }

    private static String told(String setting, Object value) {
        if (value instanceof Duration time) {
            return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
        }
        if (setting.equals("maxBufferedBytes")) {
            assertThat(value).isEqualTo(BufferBudget.quarterOfHeap());
            return "a quarter of the heap";
        }
        int number = ((Number) value).intValue();
        if (setting.endsWith("Bytes")) {
            return number >= 1 << 20 ? (number >> 20) + " MiB" : (number >> 10) + " KiB";
        }
        return number < 1000 ? number + " lines" : number / 1000 + " 000";
    }
}
