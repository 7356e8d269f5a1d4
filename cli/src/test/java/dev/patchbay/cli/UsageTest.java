package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageTest {

    private static final String KEY = "canary-4711";

    private static final String[][] MISTAKES = {
        {},
        {"providers"},
        {"lunch", "Hello"},
        {"providers", "lst"},
        {"launch"},
        {"launch", ""},
        {"launch", "  "},
        {"launch", "-"},
        {"launch", "Hello", "world"},
        {"launch", "--modle", "x", "Hello"},
        {"launch", "Hello", "--model"},
        {"launch", "Hello", "--model", "--json"},
        {"launch", "Hello", "--model", ""},
        {"launch", "Hello", "--model", "a", "--model", "b"},
        {"launch", "Hello", "--json=perhaps"},
        {"launch", "Hello", "--api-key", KEY},
        {"launch", "Hello", "--api-key=" + KEY},
        {"launch", "Hello", "--apikey=" + KEY},
        {"launch", "Hello", "--api-key-env", KEY},
        {"launch", "Hello", "--api-key-env", "gsk_abcdefghijklmnopqrstuvwxyz0123456789"},
        {"providers", "show"},
        {"providers", "test"},
        {"sessions", "show"},
        {"sessions", "export"},
        {"sessions", "continue"},
        {"sessions", "search"},
        {"sessions", "follow"},
        {"sessions", "interrupt"},
        {"sessions", "update", "--title", "x"},
        {"sessions", "archive"},
        {"sessions", "forget"},
        {"providers", "list", "surplus"},
    };

    @TempDir
    Path home;

    @Test
    void mistakesAreNamedWithoutRepeatingValues() {
        StringBuilder transcript = new StringBuilder();
        for (String[] arguments : MISTAKES) {
            CliHarness.Result result = new CliHarness(home).run(arguments);
            assertThat(result.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(result.out().isEmpty())
                    .as(String.join(" ", arguments))
                    .isNotEqualTo(List.of(arguments).contains("--json"));
            assertThat(result.out() + result.err()).doesNotContain(KEY, "gsk_");
            transcript.append("$ patchbay ").append(String.join(" ", arguments)).append('\n');
            transcript.append(result.err()).append('\n');
        }
        Golden.files()
                .normalising(text -> text.replace(KEY, "<key>"))
                .check("UsageTest/mistakes.txt", transcript.toString());
    }

    @Test
    void mistakesAreAnObjectWhereOneIsExpected() throws IOException {
        for (String[] arguments : new String[][] {
            {"providers", "list", "--json", "surplus"},
            {"sessions", "list", "--json", "--limit", "x"},
            {"launch", "--json", "--nosuch"},
        }) {
            CliHarness.Result result = new CliHarness(home).run(arguments);
            assertThat(result.exitCode()).isEqualTo(2);
            JsonNode error = new JsonMapper().readTree(result.out()).path("error");
            assertThat(error.path("code").textValue()).isEqualTo("usage");
            assertThat(result.err()).contains(error.path("message").textValue());
        }
    }

    @Test
    void inputThatIsNotUtf8IsRefused() {
        CliHarness.Result result =
                new CliHarness(home).input(new byte[] {'a', (byte) 0xff}).run("launch", "-");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("QUERY", "not UTF-8");
    }

    @Test
    void globalOptionsStandBeforeAndAfterTheCommand() {
        String missing = home.resolve("missing.yaml").toString();
        CliHarness.Result before = new CliHarness(home).run("--config", missing, "providers", "validate");
        CliHarness.Result after = new CliHarness(home).run("providers", "validate", "--config", missing);
        CliHarness.Result both =
                new CliHarness(home).run("--config", missing, "providers", "--config", missing, "validate");
        assertThat(before.exitCode()).isEqualTo(3);
        assertThat(before.out()).contains("missing.yaml").isEqualTo(after.out());
        assertThat(both.exitCode()).isEqualTo(3);
    }

    @Test
    void queryIsTakenAsItIs() {
        CliHarness.Result result = new CliHarness(home)
                .input("@file ${x} %s".getBytes(UTF_8))
                .run("launch", "-", "--provider", "demo", "--json");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("\"query\": \"@file ${x} %s\"");
    }
}
