package dev.patchbay.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.cli.command.GlobalOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a program reads of {@code --json}: one object on standard output and nothing else, however the command ends. */
final class JsonOutputTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Of each command that has the option, arguments with which it ends well and without a network; ID is a session. */
    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            entry("launch", "Hello -p demo"),
            entry("sessions list", ""),
            entry("sessions show", "ID"),
            entry("sessions export", "ID"),
            entry("sessions follow", "ID"),
            entry("sessions continue", "ID More"),
            entry("sessions search", "Hello"),
            entry("sessions forget", "ID"),
            entry("sessions prune", "--older-than 30d"),
            entry("default", "demo"),
            entry("usage", ""),
            entry("models", "mistral"),
            entry("providers list", ""),
            entry("providers show", "demo"),
            entry("providers explain", "demo"),
            entry("providers validate", ""),
            entry("providers test", "demo"),
            entry("providers models", "demo"),
            entry("providers presets", ""),
            entry("plugins list", ""),
            entry("plugins verify", "JAR"),
            entry("daemon status", ""),
            entry("daemon stop", ""),
            entry("doctor", ""));

    /** Those whose names are the REST API's. */
    private static final Set<String> SESSIONS = Set.of(
            "launch",
            "sessions list",
            "sessions show",
            "sessions export",
            "sessions follow",
            "sessions continue",
            "sessions search");

    @TempDir
    Path home;

    private String session;

    @BeforeEach
    void launch() throws JsonProcessingException {
        session = JSON.readTree(new CliHarness(home)
                        .run("launch", "Hello", "-p", "demo", "--json")
                        .out())
                .path("id")
                .textValue();
    }

    static Set<String> commands() {
        Set<String> names = new TreeSet<>();
        collect("", CommandTree.of(new GlobalOptions()), names);
        return names;
    }

    private static void collect(String path, CommandLine command, Set<String> names) {
        command.getSubcommands().forEach((name, sub) -> {
            String whole = (path + " " + name).strip();
            if (sub.getCommandSpec().findOption("--json") != null) {
                names.add(whole);
            }
            collect(whole, sub, names);
        });
    }

    @Test
    void everyCommandIsTried() {
        assertThat(commands()).isEqualTo(ARGUMENTS.keySet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void resultIsOneObjectInOneSpelling(String command) throws JsonProcessingException {
        CliHarness.Result result = run(new CliHarness(home), command);
        JsonNode json = JSON.readTree(result.out());
        assertThat(json.isObject()).as(result.out()).isTrue();
        String spelling = SESSIONS.contains(command) ? "[a-z0-9_]+" : "[a-z][A-Za-z0-9]*";
        assertThat(names(json)).allMatch(name -> name.matches(spelling));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void failureIsOneObject(String command) throws JsonProcessingException {
        CliHarness.Result missingFile = run(new CliHarness(home), command, "--config", "missing.yaml");
        assertThat(JSON.readTree(missingFile.out()).isObject())
                .as(missingFile.out())
                .isTrue();
        CliHarness.Result brokenStore = run(new CliHarness(home).variable("PATCHBAY_STORE", home.toString()), command);
        assertThat(JSON.readTree(brokenStore.out()).isObject())
                .as(brokenStore.out())
                .isTrue();
        CliHarness.Result mistake = run(new CliHarness(home), command, "--nosuch");
        assertThat(mistake.exitCode()).isEqualTo(2);
        assertThat(JSON.readTree(mistake.out()).path("error").path("code").textValue())
                .isEqualTo("usage");
    }

    private CliHarness.Result run(CliHarness harness, String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        String arguments = ARGUMENTS.getOrDefault(command, "");
        if (!arguments.isEmpty()) {
            words.addAll(List.of(arguments
                    .replace("ID", session)
                    .replace("JAR", home.resolve("missing.jar").toString())
                    .split(" ")));
        }
        words.add("--json");
        words.addAll(List.of(more));
        return harness.run(words.toArray(String[]::new));
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        json.forEach(child -> names.addAll(names(child)));
        return names;
    }
}
