package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a launch stores, how it is found and goes on, and what is said where it cannot be stored. */
final class SessionsTest {

    private static final String CANARY = "canaryQ7XzK";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @BeforeEach
    void writeProviders() throws IOException {
        providers("ok", "other");
    }

    private void providers(String... ids) throws IOException {
        Files.createDirectories(home.resolve("providers"));
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (String id : ids) {
            yaml.append("  ")
                    .append(id)
                    .append(": {auth: none, baseUrl: \"")
                    .append(fake.baseUrl("/v1"))
                    .append("\", defaultModel: m}\n");
        }
        yaml.append("  claude: {auth: none, dialect: anthropic-messages, baseUrl: \"")
                .append(fake.baseUrl("/v1"))
                .append("\", defaultModel: m}\n");
        Files.writeString(home.resolve("providers/p.yaml"), yaml);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void whoFollowsAFailedSessionReadsWhyInLines() throws IOException {
        fake.answer(Answer.error(401, "authentication_error", "one\ntwo"));
        assertThat(new CliHarness(home).run("launch", "Hi", "-p", "ok").exitCode())
                .isEqualTo(1);
        CliHarness.Result followed = new CliHarness(home).run("sessions", "follow", idOf("Hi"));
        assertThat(followed.exitCode()).isEqualTo(1);
        assertThat(followed.err()).contains("): one\n  two\nhelp: ");
    }

    @Test
    void theLastSessionIsTheOneThatWasActiveLast() throws IOException {
        fake.enqueue(Answer.text("A1"), Answer.text("B1"), Answer.text("A2"), Answer.text("A3"));
        ok("launch", "Question A", "-p", "ok");
        ok("launch", "Question B", "-p", "ok");
        String a = idOf("Question A");
        CliHarness.Result second = ok("sessions", "continue", a.substring(0, 8), "More of A");
        assertThat(second.out()).isEqualTo("A2\n");
        CliHarness.Result third = ok("launch", "-c", "Next");
        assertThat(third.err()).isEqualTo("patchbay: going on with \"Question A\" (ok, m)\n");
        assertThat(fake.requests().get(3).text())
                .contains("Question A", "A1", "More of A", "A2", "Next")
                .doesNotContain("Question B");
        assertThat(ok("sessions", "show", idOf("Next")).out()).contains("- continues: " + idOf("More of A"));
    }

    @Test
    void aLaunchThatFailedIsNotGoneOnWithWhereAnotherWasAnswered() throws IOException {
        fake.enqueue(Answer.text("A1"), Answer.error(401, "authentication_error", "no such key"), Answer.text("A2"));
        ok("launch", "Question A", "-p", "ok");
        assertThat(run("launch", "Question B", "-p", "ok").exitCode()).isEqualTo(1);
        assertThat(ok("launch", "-c", "Next").err()).contains("going on with \"Question A\"");
        assertThat(fake.requests().get(2).text())
                .contains("Question A", "A1", "Next")
                .doesNotContain("Question B");
    }

    @Test
    void theLastSessionIsOneOfThisFolder() {
        ok("launch", "Hello", "-p", "ok");
        String folder = System.getProperty("user.dir");
        System.setProperty("user.dir", home.toString());
        try {
            CliHarness.Result result = run("launch", "-c", "Next");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("no session was launched in this folder yet");
        } finally {
            System.setProperty("user.dir", folder);
        }
        assertThat(fake.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"launch -c Next", "sessions continue ID Next", "launch --session ID Next"})
    void aFailureIsOneInEveryWayOfGoingOn(String line) throws IOException {
        ok("launch", "Hello", "-p", "ok");
        fake.answer(Answer.error(401, "invalid_api_key", "No such key"));
        CliHarness.Result result = run(line.replace("ID", idOf("Hello")).split(" "));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("No such key");
        JsonNode failed = list("--all").path("data").path(0);
        assertThat(failed.path("status").textValue()).isEqualTo("failed");
        assertThat(failed.path("error").path("status").intValue()).isEqualTo(401);
    }

    @Test
    void anAnswerThatBreaksOffIsKeptAsFarAsItCameAndNotBuiltUpon() throws IOException {
        fake.answer(Answer.text("one ", "two ", "three").cutBefore("three"));
        assertThat(run("launch", "Hello", "-p", "ok").exitCode()).isEqualTo(1);
        assertThat(run("sessions", "show", idOf("Hello")).out()).contains("one two", "*(broke off here)*");
    }

    @Test
    void listIsWhatTheApiAnswers() throws IOException {
        fake.answer(Answer.text("Hi").usage(7, 2));
        ok("launch", "Hello", "-p", "ok", "--title", "A greeting");
        JsonNode list = list();
        assertThat(list.path("counts").path("normal").intValue()).isEqualTo(1);
        JsonNode session = list.path("data").path(0);
        assertThat(session.path("title").textValue()).isEqualTo("A greeting");
        assertThat(session.path("input_tokens").intValue()).isEqualTo(7);
        assertThat(session.path("working_dir").textValue()).isEqualTo(System.getProperty("user.dir"));
        assertThat(session.path("has_api_key").isBoolean()).isTrue();
        assertThat(session.has("cost_usd")).isFalse();
        CliHarness.Result text = ok("sessions", "list");
        assertThat(text.out())
                .contains(
                        "A greeting",
                        "completed",
                        session.path("id").textValue().substring(0, 8));
    }

    @Test
    void exportHasTheWholeConversationAsMarkdownOrJson() throws IOException {
        fake.enqueue(Answer.text("```java\nint i;\n```"), Answer.text("Yes."));
        ok("launch", "Show code", "-p", "ok");
        ok("launch", "-c", "Sure?");
        String id = idOf("Sure?");
        assertThat(ok("sessions", "export", id).out())
                .containsSubsequence(
                        "# Show code",
                        "## User\n\nShow code\n",
                        "## Assistant\n\n```java\nint i;\n```\n",
                        "Sure?",
                        "Yes.");
        JsonNode json =
                new JsonMapper().readTree(ok("sessions", "export", id, "--json").out());
        assertThat(json.path("data").path("id").textValue()).isEqualTo(id);
        assertThat(json.path("messages")).hasSize(4);
        assertThat(json.path("messages").path(1).path("content").textValue()).startsWith("```java");
        assertThat(json.path("messages").path(1).path("event_type").textValue()).isEqualTo("message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C++", "50%", "it's", "\"q\"", "NEAR(", "*", "-x", "recursion C++"})
    void searchFindsWordsAsTheyStand(String words) {
        ok("launch", "it's recursion in C++ at 50% \"q\" NEAR( * -x", "-p", "ok");
        ok("launch", "Something else", "-p", "ok");
        // After -- nothing is an option.
        CliHarness.Result result = ok("sessions", "search", "--", words);
        assertThat(result.out()).contains("it's recursion").doesNotContain("Something else");
        assertThat(ok("sessions", "search", "nowhere").out()).isEmpty();
    }

    @Test
    void anUpdateThatCannotBeUsedIsRefusedAndNothingIsStored() throws IOException {
        ok("launch", "Hello", "-p", "ok");
        String id = idOf("Hello");
        String before = list().toString();
        assertThat(run("sessions", "update", id).exitCode()).isEqualTo(2);
        assertThat(run("sessions", "update", id, "--provider", "nobody").exitCode())
                .isEqualTo(3);
        CliHarness.Result url = run("sessions", "update", id, "--base-url", "http://u:CANARY@127.0.0.1:18501/v1");
        assertThat(url.exitCode()).isEqualTo(3);
        assertThat(url.err()).contains("E108").doesNotContain("CANARY");
        assertThat(list()).hasToString(before);
    }

    @Test
    void aKeyOfTheProviderIsNoneOfTheSession() throws IOException {
        Files.writeString(
                home.resolve("providers/keyed.yaml"),
                "providers:\n  keyed: {baseUrl: \"" + fake.baseUrl("/v1") + "\", apiKey: $KEYED, defaultModel: m}\n");
        ok("launch", "Open", "-p", "ok");
        assertThat(list().path("data").path(0).path("has_api_key").booleanValue())
                .isFalse();
        CliHarness.Result keyed =
                new CliHarness(home).variable("KEYED", "key-of-a-test").run("launch", "Locked", "-p", "keyed");
        assertThat(keyed.exitCode()).as(keyed.err()).isZero();
        assertThat(list().path("data").path(0).path("has_api_key").booleanValue())
                .isFalse();
        // It is the provider's, so nobody misses it when the talk goes on.
        assertThat(new CliHarness(home)
                        .variable("KEYED", "key-of-a-test")
                        .run("launch", "-c", "Next")
                        .exitCode())
                .isZero();
    }

    @Test
    void usageSumsCalls() throws IOException {
        fake.answer(Answer.text("Hi").usage(7, 2));
        ok("launch", "Hello", "-p", "ok");
        ok("launch", "Hello", "-p", "ok");
        fake.answer(Answer.error(500, "oops", "Broken"));
        assertThat(run("launch", "Hello", "-p", "other", "--json").exitCode()).isEqualTo(1);
        JsonNode usage = new JsonMapper()
                .readTree(ok("usage", "--by", "provider", "--json").out())
                .path("data");
        assertThat(usage.path(0).path("provider").textValue()).isEqualTo("ok");
        assertThat(usage.path(0).path("calls").intValue()).isEqualTo(2);
        assertThat(usage.path(0).path("inputTokens").intValue()).isEqualTo(14);
        assertThat(usage.path(0).path("firstTokenMs").isNumber()).isTrue();
        assertThat(usage.path(1).path("failed").intValue()).isEqualTo(1);
        assertThat(usage.path(1).has("inputTokens")).isFalse();
        assertThat(ok("usage").out()).contains("DAY", "CALLS", "FIRST TOKEN");
        assertThat(run("usage", "--by", "moon").exitCode()).isEqualTo(2);
    }

    @Test
    void nothingIsStoredWhereNothingShallBe() {
        ok("launch", "Hello", "-p", "ok", "--no-store");
        assertThat(harness()
                        .variable("PATCHBAY_STORE", "off")
                        .run("launch", "Hello", "-p", "ok")
                        .exitCode())
                .isZero();
        assertThat(home.resolve("patchbay.db")).doesNotExist();
        CliHarness.Result list = harness().variable("PATCHBAY_STORE", "off").run("sessions", "list");
        assertThat(list.exitCode()).isEqualTo(2);
        assertThat(list.err()).contains("PATCHBAY_STORE is off");
        assertThat(run("launch", "-c", "Hello", "-p", "ok", "--no-store").exitCode())
                .isEqualTo(2);
    }

    @Test
    void theStoreIsWhereItIsNamed() {
        Path file = home.resolve("elsewhere").resolve("s.db");
        assertThat(harness()
                        .variable("PATCHBAY_STORE", file.toString())
                        .run("launch", "Hello", "-p", "ok")
                        .exitCode())
                .isZero();
        assertThat(file).exists();
        assertThat(home.resolve("patchbay.db")).doesNotExist();
    }

    @Test
    void lookingMakesNoFile() {
        assertThat(ok("sessions", "list").err()).contains("no sessions yet");
        assertThat(ok("usage").err()).contains("no calls yet");
        assertThat(ok("sessions", "search", "x").out()).isEmpty();
        assertThat(run("sessions", "show", "x").exitCode()).isEqualTo(2);
        assertThat(run("sessions", "forget", "x").exitCode()).isEqualTo(2);
        assertThat(ok("sessions", "prune", "--older-than", "30d").err()).contains("forgot 0 sessions");
        assertThat(home.resolve("patchbay.db")).doesNotExist();
    }

    @Test
    void aKeyIsNowhereInTheStore() throws IOException {
        fake.enqueue(Answer.text("Hi"), Answer.error(401, "invalid_api_key", "Incorrect key " + CANARY));
        for (int i = 0; i < 2; i++) {
            harness()
                    .variable("MY_KEY", CANARY)
                    .run(
                            "launch",
                            "Hello",
                            "--base-url",
                            fake.baseUrl("/v1").toString(),
                            "--api-key-env",
                            "MY_KEY",
                            "--model",
                            "m");
        }
        assertThat(fake.sawAnywhere(CANARY)).isTrue();
        assertThat(list("--all").path("data")).hasSize(2);
        assertThat(filesWith(CANARY)).isEmpty();
    }

    @Test
    void aSessionWithAKeyOfItsOwnSaysWhereTheKeyIsAndHowToGoOn() throws IOException {
        CliHarness keyed = harness().variable("MY_KEY", CANARY + CANARY);
        String url = fake.baseUrl("/v1").toString();
        keyed.run("launch", "Hello", "--base-url", url, "--api-key-env", "MY_KEY", "--model", "m");
        String id = idOf("Hello");
        assertThat(ok("sessions", "show", id).out()).contains("- base URL: " + url + "\n");
        assertThat(ok("sessions", "show", id, "--json").out()).contains("\"proxy_base_url\": \"" + url + "\"");
        CliHarness.Result refused = run("sessions", "continue", id, "More");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.err())
                .contains("was given a key of its own, which was not kept", "--api-key-env")
                .doesNotContain("--detach", "proxyApiKey");

        assertThat(keyed.run("sessions", "update", id, "--api-key-env", "MY_KEY")
                        .exitCode())
                .isZero();
        CliHarness.Result sealed = run("launch", "--session", id, "More");
        assertThat(sealed.exitCode()).as(sealed.err()).isEqualTo(3);
        assertThat(sealed.err())
                .contains(
                        "sealed in the store for the daemon", "--api-key-env", "launch --session " + id + " --detach");
        assertThat(fake.requests()).hasSize(1);
        assertThat(keyed.run("sessions", "continue", id, "More", "--api-key-env", "MY_KEY")
                        .exitCode())
                .isZero();
    }

    @Test
    void whatIsForgottenIsInNoFile() throws IOException {
        fake.enqueue(Answer.text("About " + CANARY));
        ok("launch", CANARY + "?", "-p", "ok");
        ok("launch", "Something else", "-p", "ok");
        ok("sessions", "search", CANARY);
        assertThat(filesWith(CANARY)).isNotEmpty();
        String id = idOf(CANARY + "?");
        ok("sessions", "forget", id);
        assertThat(filesWith(CANARY)).isEmpty();
        assertThat(run("sessions", "show", id).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello over the head", "half", "newer", "folder"})
    void aStoreThatCannotBeUsedCostsALaunchOneLine(String damage) throws IOException {
        ok("launch", "Hello", "-p", "ok");
        Path file = home.resolve("patchbay.db");
        damage(file, damage);
        byte[] before = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];

        fake.answer(Answer.text("An answer"));
        CliHarness.Result launch = ok("launch", "Hello", "-p", "ok");
        assertThat(launch.out()).isEqualTo("An answer\n");
        assertThat(launch.err().lines())
                .singleElement()
                .asString()
                .startsWith("patchbay: warning: this session is not stored: the session store " + file)
                .contains("PATCHBAY_STORE");
        for (List<String> command :
                List.of(List.of("sessions", "list"), List.of("usage"), List.of("launch", "-c", "Next", "-p", "ok"))) {
            CliHarness.Result refused = run(command.toArray(String[]::new));
            assertThat(refused.exitCode()).as(command.toString()).isEqualTo(3);
            assertThat(refused.err()).contains(file.toString()).doesNotContain("\tat ");
        }
        assertThat(Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0])
                .isEqualTo(before);
    }

    private static void damage(Path file, String damage) throws IOException {
        if (damage.equals("folder")) {
            Files.delete(file);
            Files.createDirectory(file);
            return;
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            switch (damage) {
                case "half" -> open.setLength(open.length() / 8192 * 4096);
                case "newer" -> {
                    open.seek(60);
                    open.writeInt(99);
                }
                default -> open.write(damage.getBytes(UTF_8));
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"zeros", "cut"})
    void whatCanBeReadOfADamagedStoreIsCopied(String damage) throws IOException {
        for (int i = 0; i < 40; i++) {
            fake.enqueue(Answer.text("Answer " + i + " " + "long ".repeat(400)));
            ok("launch", "Question " + i, "-p", "ok");
        }
        Path file = home.resolve("patchbay.db");
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            if (damage.equals("cut")) {
                open.setLength(open.length() * 9 / 10 / 4096 * 4096);
            } else {
                open.seek(open.length() / 2 / 4096 * 4096);
                open.write(new byte[4096]);
            }
        }
        byte[] before = Files.readAllBytes(file);
        CliHarness.Result doctor = run("doctor");
        assertThat(doctor.exitCode()).isEqualTo(3);
        assertThat(doctor.out()).contains(file.toString(), "damaged", "patchbay sessions rescue NEW-FILE");

        Path copy = home.resolve("rescued.db");
        CliHarness.Result rescued = ok("sessions", "rescue", copy.toString());
        assertThat(rescued.out()).contains(" sessions are in " + copy);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        CliHarness copied = harness().variable("PATCHBAY_STORE", copy.toString());
        JsonNode list = new JsonMapper()
                .readTree(copied.run("sessions", "list", "--all", "--json").out());
        assertThat(list.path("data")).hasSizeGreaterThan(10);
        assertThat(copied.run("launch", "-c", "Next", "-p", "ok").exitCode()).isZero();
        assertThat(copied.run("doctor").out()).contains("ok     session store: " + copy);
        assertThat(run("sessions", "rescue", copy.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void aProviderThatIsGoneIsNamedAndNothingGoesElsewhere() throws IOException {
        ok("launch", "Hello", "-p", "other");
        providers("ok");
        int before = fake.requests().size();
        assertThat(ok("sessions", "show", idOf("Hello")).out()).contains("- provider: other");
        CliHarness.Result refused = run("launch", "-c", "Next");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("other");
        assertThat(fake.requests()).hasSize(before);
        ok("launch", "-c", "Next", "-p", "ok");
        assertThat(fake.requests().get(before).text()).contains("Hello", "Next");
    }

    @Test
    void aTalkGoesOnAtAnotherProviderWithoutTheThoughtsOfTheFirst() {
        fake.enqueue(Answer.thinking("deep thought").thenText("Answer one"), Answer.text("Answer two"));
        ok("launch", "Hello", "-p", "claude");
        ok("launch", "-c", "Next", "-p", "ok");
        assertThat(fake.requests().get(1).text())
                .contains("Hello", "Answer one", "Next")
                .doesNotContain("deep thought", "signature", "thinking");
    }

    @Test // D08
    void whatAnotherProviderCannotTakeOfATalkIsNamedBeforeAnythingIsSent() throws IOException {
        Files.writeString(
                home.resolve("providers/small.yaml"),
                "providers: {small: {baseUrl: \"" + fake.baseUrl("/v1")
                        + "\", defaultModel: s, models: {s: {context: 1000}}, quirks: {images: false}}}\n");
        fake.answer(Answer.text("A dot").usage(900, 200));
        ok("launch", "Hello", "-p", "ok");
        CliHarness.Result tooLong = ok("launch", "-c", "Next", "-p", "small");
        assertThat(tooLong.err()).contains("has taken 1100 tokens", "s of small holds 1000");

        ok("launch", "What is it?", "-p", "ok", "-f", picture().toString());
        int before = fake.requests().size();
        CliHarness.Result blind = run("launch", "-c", "And now?", "-p", "small");
        assertThat(blind.exitCode()).isEqualTo(2);
        assertThat(blind.err()).contains("the conversation holds an image", "nothing was sent");
        assertThat(fake.requests()).hasSize(before);
        ok("launch", "-c", "And now?");
        assertThat(fake.requests().get(before).text()).contains("And now?", "iVBORw0KGgo");
    }

    private Path picture() throws IOException {
        byte[] png = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        return Files.write(home.resolve("dot.png"), png);
    }

    @Tag("process")
    @Test
    void thePrintedWayToGoOnNamesThePlacesThatWereNamed() throws IOException {
        Path other = Files.createDirectories(home.resolve("my home"));
        Path file = home.resolve("providers/p.yaml");
        CliHarness harness = new CliHarness(home);
        String[] places = {"--home", other.toString(), "--config", file.toString()};
        assertThat(harness.run(with(places, "launch", "Hello", "-p", "ok")).exitCode())
                .isZero();
        JsonNode list = new JsonMapper()
                .readTree(
                        harness.run(with(places, "sessions", "list", "--json")).out());
        String id = list.path("data").path(0).path("id").textValue();
        CliHarness.Result show = harness.run(with(places, "sessions", "show", id));
        assertThat(show.err())
                .isEqualTo("go on: patchbay --home '" + other + "' --config " + file + " launch --session "
                        + id.substring(0, 8) + " \"…\"\n");
        // As it is printed, from another folder.
        String line = show.err().strip().substring("go on: ".length());
        ProcessOutcome outcome = ChildProcess.of(
                        "sh", "-c", "patchbay() { " + PseudoTerminal.line("") + " \"$@\"; }; " + line)
                .in(Path.of("/"))
                .run(Duration.ofSeconds(60));
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(fake.requests().get(1).text()).contains("Hello");
    }

    private static String[] with(String[] first, String... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file, ISO_8859_1).contains(text);
                        } catch (IOException failure) {
                            throw new UncheckedIOException(failure);
                        }
                    })
                    .toList();
        }
    }

    private JsonNode list(String... options) throws IOException {
        return new JsonMapper()
                .readTree(ok(with(new String[] {"sessions", "list", "--json"}, options))
                        .out());
    }

    private String idOf(String query) throws IOException {
        for (JsonNode session : list("--all").path("data")) {
            if (session.path("query").textValue().equals(query)) {
                return session.path("id").textValue();
            }
        }
        throw new AssertionError("there is no session " + query);
    }

    private CliHarness.Result ok(String... arguments) {
        CliHarness.Result result = run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private CliHarness.Result run(String... arguments) {
        return harness().run(arguments);
    }

    private CliHarness harness() {
        return new CliHarness(home);
    }
}
