package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoctorTest {

    private static final String KEY = "canary-key-0815";

    @TempDir
    Path home;

    @Test
    void healthyInstallationIsListed() throws IOException {
        write("mine.yaml", """
                defaultProvider: mine
                providers:
                  mine: {baseUrl: "https://${HOST:-mine.example}/v1", apiKey: $MY_KEY, models: [m]}
                  other: {baseUrl: "https://other.example/v1", auth: {type: bearer, key: {env: OTHER_KEY}}}
                """);
        write("_draft.yaml", "not read");
        CliHarness.Result result = doctor();
        assertThat(result.exitCode()).isZero();
        golden("healthy.txt", result);
    }

    @Test
    void whatIsBrokenIsNamedWithWhatToDo() throws IOException {
        write("broken.yaml", "providers:\n  broken:\n    baseURL: https://broken.example/v1\n");
        Files.createDirectories(home.resolve("plugins"));
        Files.writeString(home.resolve("plugins/none.jar"), "no jar");
        CliHarness.Result result = doctor();
        assertThat(result.exitCode()).isEqualTo(3);
        golden("broken.txt", result);
    }

    @Test
    void storeThatCannotBeMadeIsAnError() throws IOException {
        Path file = Files.writeString(home.resolve("taken"), "no folder");
        CliHarness.Result result = new CliHarness(home)
                .variable("PATCHBAY_STORE", file.resolve("below/patchbay.db").toString())
                .run("doctor");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).contains("cannot be made: " + file + " is no folder");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void secretsThatOthersCanReadAreErrors() throws IOException {
        Path key = Files.writeString(home.resolve("key"), KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        write("mine.yaml", "providers:\n  mine: {baseUrl: https://mine.example/v1, apiKey: {file: " + key + "}}\n");
        CliHarness.Result result = doctor();
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out())
                .contains(key + " can be read or written by others", "chmod 600 " + key)
                .doesNotContain(KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        CliHarness.Result mended = doctor();
        assertThat(mended.exitCode()).as(mended.out()).isZero();
        assertThat(mended.out()).contains("key file: " + key + ", only yours").doesNotContain(KEY);
    }

    @Test
    void proxiesAreNamedWithoutTheirPasswords() {
        CliHarness.Result result = new CliHarness(home)
                .variable("HTTPS_PROXY", "http://user:" + KEY + "%zz@proxy.example:3128")
                .variable("ALL_PROXY", "proxy.example:8080")
                .variable("NO_PROXY", "localhost")
                .run("doctor");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "ok     HTTPS_PROXY: http://proxy.example:3128\n",
                        "ok     ALL_PROXY: http://proxy.example:8080\n",
                        "NO_PROXY: localhost")
                .doesNotContain(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://proxy.example:1080",
                "https://proxy.example",
                "http://user:" + KEY + "@proxy.example:3128/" + KEY,
                KEY + "://"
            })
    void proxyThatEveryLaunchRefusesIsNotCalledRight(String value) {
        CliHarness.Result result =
                new CliHarness(home).variable("https_proxy", value).run("doctor");
        assertThat(result.out())
                .contains("warn   https_proxy: cannot be used: ", "set https_proxy to http://host:port")
                .doesNotContain(KEY);
    }

    @Test
    void folderThatIsNoneIsAnError() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        CliHarness.Result result = new CliHarness(file).run("doctor");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).contains("ERROR  home: " + file + " is not a folder");
        assertThat(new CliHarness(home.resolve("absent")).run("doctor").exitCode())
                .isZero();
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        write("broken.yaml", "providers:\n  broken:\n    baseURL: https://broken.example/v1\n");
        CliHarness.Result result = new CliHarness(home).run("doctor", "--json");
        assertThat(result.exitCode()).isEqualTo(3);
        JsonNode report = new JsonMapper().readTree(result.out());
        assertThat(report.path("ok").booleanValue()).isFalse();
        assertThat(report.path("networkUsed").booleanValue()).isFalse();
        assertThat(report.path("findings").findValuesAsText("name")).contains("version", "Java", "home", "E101");
        assertThat(report.path("errors").intValue()).isPositive();
    }

    private CliHarness.Result doctor() {
        return new CliHarness(home).variable("MY_KEY", KEY).run("doctor");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("providers")).resolve(name), text);
    }

    private void golden(String name, CliHarness.Result result) {
        assertThat(result.transcript()).doesNotContain(KEY);
        Golden.files()
                .replacing(home, "<home>")
                .normalising(text -> text.replaceAll("ok     version: .*", "ok     version: <version>")
                        .replaceAll("ok     Java: .*", "ok     Java: <Java>")
                        .replaceAll("ok     system: .*", "ok     system: <system>"))
                .check("DoctorTest/" + name, result.transcript());
    }
}
