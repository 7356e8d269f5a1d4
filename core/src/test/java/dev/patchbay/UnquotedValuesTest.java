package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.session.LaunchRequest;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What YAML readers take for a date, a boolean or a number arrives as it is written. */
final class UnquotedValuesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"2024-10-21", "no", "on", "010", "1.20", "12:30", "1e3", "0x1F", "1_000", "yes", "0o17", "+1"})
    void arriveByteForByte(String value) throws IOException {
        RecordedRequest request = launched("""
                providers:
                  p:
                    baseUrl: %%s
                    auth: none
                    query: {api-version: %1$s}
                    headers: {X-Value: %1$s}
                    models: [%1$s]
                    aliases: {fast: %1$s}
                """.formatted(value), "fast");
        assertThat(request.target())
                .endsWith("?api-version=" + value.replace("+", "%2B").replace(":", "%3A"));
        assertThat(request.queryParameter("api-version")).contains(value);
        assertThat(request.header("X-Value")).contains(value);
        assertThat(request.text()).contains("\"model\":\"" + value + "\"");
    }

    @Test
    void valuesOfTheBodyAreWhatJsonKnows() throws IOException {
        RecordedRequest request = launched("""
                providers:
                  p:
                    baseUrl: %s
                    auth: none
                    defaultModel: m
                    body:
                      set: {date: 2024-10-21, no: no, on: on, octal: 010, time: 12:30, price: 1.20, true: true, text: "true"}
                """, "m");
        assertThat(request.text())
                .contains("\"date\":\"2024-10-21\"")
                .contains("\"no\":\"no\"")
                .contains("\"on\":\"on\"")
                .contains("\"octal\":\"010\"")
                .contains("\"time\":\"12:30\"")
                .contains("\"price\":1.20")
                .contains("\"true\":true")
                .contains("\"text\":\"true\"");
    }

    private RecordedRequest launched(String yaml, String model) throws IOException {
        try (FakeProvider fake = FakeProvider.start()) {
            Path file = Files.writeString(folder.resolve("p.yaml"), yaml.formatted(fake.baseUrl("/v1")));
            try (Patchbay patchbay =
                    Patchbay.builder().withoutDiscovery().config(file).build()) {
                assertThat(patchbay.registry().diagnostics()).isEmpty();
                LaunchRequest request =
                        LaunchRequest.query("Hello").provider("p").model(model).build();
                assertThat(patchbay.launch(request).await().text()).isEqualTo(FakeProvider.DEFAULT_TEXT);
            }
            return fake.onlyRequest();
        }
    }
}
