package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A talk, piped in and on a pseudo-terminal. */
@Tag("process")
@DisabledOnOs(OS.WINDOWS)
final class ChatTest {

    private static final Duration LIMIT = Duration.ofSeconds(25);
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String PROMPT = "ok/m> ";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private final FakeProvider other = FakeProvider.start();

    @BeforeEach
    void writeProviders() throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(
                home.resolve("providers/p.yaml"),
                "providers:\n  ok: {baseUrl: \"" + fake.baseUrl("/v1")
                        + "\", defaultModel: m, models: {m: {}, big: {}}}\n"
                        + "  claude: {dialect: anthropic-messages, baseUrl: \"" + other.baseUrl("/v1")
                        + "\", defaultModel: c}\n");
    }

    @AfterEach
    void close() {
        fake.close();
        other.close();
    }

    @Test
    void linesOfAPipeAreQuestionsOfOneTalk() {
        fake.enqueue(Answer.text("four"), Answer.text("eight"));
        ProcessOutcome outcome = piped("What is 2+2?\n\nAnd doubled?\n", "-p", "ok");
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).isEqualTo("four\neight\n");
        assertThat(outcome.stderr()).isEmpty();
        assertThat(fake.requests()).hasSize(2);
        assertThat(fake.requests().get(1).text()).contains("What is 2+2?", "four", "And doubled?");
    }

    /** A talk belongs to the folder in which it was begun, as a launch does (D02). */
    @Test
    void launchGoesOnWithTheTalkOfThisFolder() {
        fake.enqueue(Answer.text("four"), Answer.text("eight"), Answer.text("sixteen"));
        piped("What is 2+2?\nAnd doubled?\n", "-p", "ok");
        ProcessOutcome outcome = ChildProcess.java(Main.class.getName(), "launch", "-c", "Once more", "-p", "ok")
                .env("PATCHBAY_HOME", home.toString())
                .run(LIMIT);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        assertThat(fake.requests().get(2).text())
                .contains("What is 2+2?", "four", "And doubled?", "eight", "Once more");
    }

    @Test
    void questionThatFailsFailsTheTalkAndLeavesNoTrace() {
        fake.enqueue(Answer.error(401, "invalid_api_key", "Incorrect API key"), Answer.text("yes"));
        ProcessOutcome outcome = piped("first\nsecond\n", "-p", "ok");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stdout()).isEqualTo("yes\n");
        assertThat(outcome.stderr()).contains("Incorrect API key");
        assertThat(fake.requests().get(1).text()).contains("second").doesNotContain("first");
    }

    @Test
    void providerThatIsNoneIsToldBeforeTheFirstQuestion() {
        ProcessOutcome outcome = piped("first\n", "-p", "nobody");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(fake.connections()).isZero();
    }

    @Test
    void talkGoesOnAtATerminal() {
        fake.enqueue(Answer.text("four").usage(7, 2), Answer.text("eight"));
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("What is 2+2?\r");
            terminal.await("ok/m 9 tokens> ", LIMIT);
            terminal.type("And doubled?\r");
            terminal.await("eight", LIMIT);
            terminal.awaitCount("> ", 3, LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(fake.requests().get(1).text()).contains("What is 2+2?", "four", "And doubled?");
    }

    @Test
    void pasteIsOneDraftByteForByte() {
        String pasted = IntStream.range(0, 40)
                .mapToObj(i -> i % 7 == 0 ? "" : "\tline " + i + " with 'quotes' \\ and blanks  ")
                .collect(Collectors.joining("\n"));
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("\u001b[200~" + pasted.replace('\n', '\r') + "\u001b[201~");
            terminal.await("line 39", LIMIT);
            assertThat(fake.connections()).isZero();
            terminal.type("\r");
            terminal.await("Hello from", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(question(fake.onlyRequest())).isEqualTo(pasted);
    }

    @Test
    void longPasteArrivesWhole() {
        String pasted = IntStream.range(0, 2_000)
                .mapToObj(i -> "\tline " + i + " of a long paste")
                .collect(Collectors.joining("\n"));
        String keys = "\u001b[200~" + pasted + "\u001b[201~";
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            for (int at = 0; at < keys.length(); at += 1024) {
                terminal.type(keys.substring(at, Math.min(keys.length(), at + 1024)));
            }
            terminal.type("\r");
            terminal.await("Hello from", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(question(fake.onlyRequest())).isEqualTo(pasted);
    }

    /** What is seen as one sign is one, however many characters it is made of. */
    @Test // D12
    void cursorAndBackspaceTakeAWideSignAsOne() {
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("✅❌日本語👩\u200d🚀ab");
            terminal.await("ab", LIMIT);
            terminal.type("\u001b[D".repeat(3) + "\u007f\r");
            terminal.await("Hello from", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(question(fake.onlyRequest())).isEqualTo("✅❌日本👩\u200d🚀ab");
    }

    @Test
    void newLineOfADraftCarriesNoMark() {
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("one\u001b\rtwo\u001b\rthree\r");
            terminal.await("Hello from", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
            assertThat(terminal.text()).containsPattern("(?m)^\\s*two\\s*$");
        }
        assertThat(question(fake.onlyRequest())).isEqualTo("one\ntwo\nthree");
    }

    /** What is typed for the shell then is no question. */
    @Test
    void suspensionStopsTheTalkAndForegroundGoesOnWithTheLine() {
        fake.enqueue(Answer.text("four"));
        String script = "set -m; " + PseudoTerminal.line("in,out,err", "chat", "-p", "ok")
                + "; echo STOPPED $?; read line; echo SHELL HAS $line; stty -a | grep -o ' -\\?icanon'; fg; echo DONE $?";
        try (PseudoTerminal terminal = PseudoTerminal.of(
                80, Map.of("PATCHBAY_HOME", home.toString()), List.of("bash", "--norc", "-c", script))) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("What is ");
            terminal.await("What is ", LIMIT);
            terminal.type("\u001a");
            terminal.await("STOPPED 148", LIMIT);
            terminal.type("ls\r");
            terminal.await("SHELL HAS ls", LIMIT);
            terminal.await(" icanon", LIMIT);
            terminal.awaitCount("What is ", 2, LIMIT);
            terminal.type("2+2?\r");
            terminal.await("four", LIMIT);
            terminal.awaitCount("> ", 3, LIMIT);
            terminal.type(CTRL_D);
            terminal.await("DONE 0", LIMIT);
        }
        assertThat(fake.onlyRequest().text()).contains("What is 2+2?").doesNotContain("ls");
    }

    @Test
    void suspensionStopsAnAnswerAsWell() {
        Gate rest = Gate.closed();
        fake.enqueue(Answer.text("beginning ", "end").holdBefore("end", rest));
        String script = "set -m; " + PseudoTerminal.line("in,out,err", "chat", "-p", "ok")
                + "; echo STOPPED $?; read line; fg; echo DONE $?";
        try (PseudoTerminal terminal = PseudoTerminal.of(
                80, Map.of("PATCHBAY_HOME", home.toString()), List.of("bash", "--norc", "-c", script))) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("first\r");
            terminal.await("beginning", LIMIT);
            terminal.type("\u001a");
            terminal.await("STOPPED 148", LIMIT);
            terminal.type("\r");
            rest.open();
            terminal.await("end", LIMIT);
            terminal.await(" tokens> ", LIMIT);
            terminal.type(CTRL_D);
            terminal.await("DONE 0", LIMIT);
        }
    }

    @Test
    void interruptEndsTheWaitingAlone() {
        fake.enqueue(Answer.silence(), Answer.text("here"));
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("first\r");
            RecordedRequest request = fake.takeRequest(LIMIT);
            terminal.type(CTRL_C);
            terminal.await("interrupted", Duration.ofSeconds(2));
            fake.awaitClientGone(request, Duration.ofSeconds(2));
            terminal.awaitCount("> ", 2, LIMIT);
            terminal.type("second\r");
            terminal.await("here", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(fake.requests().get(1).text()).contains("second").doesNotContain("first");
    }

    @Test
    void interruptEndsTheAnswerAlone() {
        Gate never = Gate.closed();
        fake.enqueue(Answer.text("beginning ", "end").holdBefore("end", never), Answer.text("here"));
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("first\r");
            terminal.await("beginning", LIMIT);
            terminal.type(CTRL_C);
            terminal.await("interrupted", LIMIT);
            terminal.awaitCount("> ", 2, LIMIT);
            terminal.type("second\r");
            terminal.await("here", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        never.open();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/quit", "ctrl-d", "ctrl-c", "TERM", "HUP", "mid-answer"})
    void terminalIsLeftAsItWas(String ending) throws IOException {
        if (ending.equals("mid-answer")) {
            fake.answer(Answer.silence());
        }
        String words = PseudoTerminal.line("in,out,err", "chat", "-p", "ok");
        String script = "trap '' HUP TERM INT; echo before $(stty -g); (trap - HUP TERM INT; exec " + words
                + "); echo after $(stty -g)";
        try (PseudoTerminal terminal =
                PseudoTerminal.of(80, Map.of("PATCHBAY_HOME", home.toString()), List.of("bash", "-c", script))) {
            terminal.await(PROMPT, LIMIT);
            switch (ending) {
                case "/quit" -> terminal.type("/quit\r");
                case "ctrl-d" -> terminal.type(CTRL_D);
                case "ctrl-c" -> terminal.type("draft" + CTRL_C + CTRL_D);
                case "mid-answer" -> {
                    terminal.type("first\r");
                    fake.takeRequest(LIMIT);
                    signal(terminal, "TERM");
                }
                default -> signal(terminal, ending);
            }
            terminal.await("after ", LIMIT);
            terminal.end(LIMIT);
            String drawn = terminal.screen();
            String before = line(drawn, "before ");
            assertThat(line(drawn, "after ")).isEqualTo(before);
            List<String> switches = new ArrayList<>();
            java.util.regex.Pattern.compile("\u001b\\[[?>][0-9;]*[a-z]")
                    .matcher(drawn)
                    .results()
                    .forEach(found -> switches.add(found.group().substring(1)));
            assertThat(switches).last().isEqualTo("[?2004l");
            assertThat(switches).containsOnly("[?2004h", "[?2004l");
        }
    }

    @Test
    void historyIsPrivateAndNothingIsLost() throws IOException {
        String umask = "umask 000; exec ";
        String words = PseudoTerminal.line("in,out,err", "chat", "-p", "ok");
        Map<String, String> environment = Map.of("PATCHBAY_HOME", home.toString());
        List<String> command = List.of("sh", "-c", umask + words);
        try (PseudoTerminal first = PseudoTerminal.of(80, environment, command);
                PseudoTerminal second = PseudoTerminal.of(80, environment, command)) {
            first.await(PROMPT, LIMIT);
            second.await(PROMPT, LIMIT);
            for (int i = 0; i < 10; i++) {
                first.type("/model big\r");
                second.type("/system number " + i + "\r");
                first.awaitCount("> ", i + 2, LIMIT);
                second.awaitCount("> ", i + 2, LIMIT);
            }
            first.type(" /system secret\r");
            first.type(CTRL_D);
            second.type(CTRL_D);
            assertThat(first.end(LIMIT)).isZero();
            assertThat(second.end(LIMIT)).isZero();
        }
        Path history = home.resolve("history");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(history))
                .hasSize(20)
                .contains("/model big", "/system number 9")
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void historyIsNotKeptWhereNothingIsToBeKept() {
        List<String> command = new ArrayList<>(PseudoTerminal.java("in,out,err"));
        command.addAll(List.of("chat", "-p", "ok"));
        Map<String, String> environment = Map.of("PATCHBAY_HOME", home.toString(), "PATCHBAY_STORE", "off");
        try (PseudoTerminal terminal = PseudoTerminal.of(80, environment, command)) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("/help\r" + CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(home.resolve("history")).doesNotExist();
    }

    @Test
    void anotherProviderIsSentNoThoughtsOfTheFirst() {
        other.answer(Answer.thinking("a secret thought").thenText("four"));
        try (PseudoTerminal terminal = chat("-p", "claude")) {
            terminal.await("claude/c> ", LIMIT);
            terminal.type("What is 2+2?\r");
            terminal.await("four", LIMIT);
            terminal.awaitCount("> ", 2, LIMIT);
            terminal.type("/provider ok\r");
            terminal.await("ok/m ", LIMIT);
            terminal.type("And doubled?\r");
            terminal.await("Hello from", LIMIT);
            terminal.type("/model claude/c2\r");
            terminal.await("claude/c2", LIMIT);
            terminal.type("And again?\r");
            other.takeRequest(LIMIT);
            other.takeRequest(LIMIT);
            terminal.type(CTRL_D);
        }
        assertThat(fake.onlyRequest().text())
                .contains("What is 2+2?", "four", "And doubled?")
                .doesNotContain("secret thought", "fake-signature");
        assertThat(other.requests().get(1).text())
                .contains("And again?")
                .doesNotContain("secret thought", "fake-signature");
    }

    @Test // D08
    void whatAnotherModelCannotTakeIsNamedBeforeAnythingIsSent() throws IOException {
        Files.writeString(
                home.resolve("providers/small.yaml"),
                "providers: {small: {baseUrl: \"" + other.baseUrl("/v1")
                        + "\", defaultModel: s, models: {s: {context: 1000}}, quirks: {images: false}}}\n");
        byte[] png = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        Path picture = Files.write(home.resolve("dot.png"), png);
        fake.answer(Answer.text("A dot").usage(900, 200));
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("/file " + picture + "\r");
            terminal.await("goes along", LIMIT);
            terminal.type("What is it?\r");
            terminal.await("1100 tokens> ", LIMIT);
            terminal.type("/provider small\r");
            terminal.await("s of small holds 1000", LIMIT);
            terminal.type("And now?\r");
            terminal.await("nothing was sent", LIMIT);
            terminal.type(CTRL_D);
            terminal.end(LIMIT);
            assertThat(terminal.text().replaceAll("\\s+", "")).contains("dot.pngisaPNGimage");
        }
        assertThat(other.connections()).isZero();
    }

    @Test
    void commandsAttachRetryAndSave() throws IOException {
        Files.writeString(home.resolve("notes.txt"), "the notes");
        Files.writeString(home.resolve("more notes.txt"), "more of them");
        fake.enqueue(Answer.text("one"), Answer.text("two"));
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("/file \"" + home.resolve("notes.txt") + "\"\r");
            terminal.await("goes along", LIMIT);
            terminal.type("/file " + home.resolve("more\\ notes.txt") + "\r");
            terminal.await("more notes.txt (text) goes along", LIMIT);
            terminal.type("/file " + home.resolve("missing") + "\r");
            terminal.await("no such file", LIMIT);
            terminal.type("/fiel x\r");
            terminal.await("did you mean /file?", LIMIT);
            terminal.type("Sum up\r");
            terminal.await("one", LIMIT);
            terminal.type("/retry\r");
            terminal.await("two", LIMIT);
            terminal.type("/save " + home.resolve("talk.md") + "\r");
            terminal.await("saved to", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(fake.requests()).hasSize(2);
        assertThat(fake.requests().get(1).text())
                .contains("Sum up", "the notes")
                .doesNotContain("one\"");
        assertThat(Files.readString(home.resolve("talk.md")))
                .contains("Sum up", "notes.txt", "two")
                .doesNotContain("one\n");
    }

    @Test
    void clearBeginsANewTalk() {
        fake.enqueue(Answer.text("four"), Answer.text("seen"));
        try (PseudoTerminal terminal = chat("-p", "ok", "-s", "Be brief.")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("What is 2+2?\r");
            terminal.await("four", LIMIT);
            terminal.awaitCount("> ", 2, LIMIT);
            terminal.type("/clear\r");
            terminal.await("a new talk begins", LIMIT);
            terminal.type("/retry\r");
            terminal.await("nothing was asked yet", LIMIT);
            terminal.type("Another thing\r");
            terminal.await("seen", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
        assertThat(fake.requests().get(1).text())
                .contains("Another thing", "Be brief.")
                .doesNotContain("What is 2+2?");
    }

    @Test
    void tabCompletesCommandsAndProviders() {
        try (PseudoTerminal terminal = chat("-p", "ok")) {
            terminal.await(PROMPT, LIMIT);
            terminal.type("/prov\tcla\t\r");
            terminal.await("claude/c> ", LIMIT);
            terminal.type(CTRL_D);
            assertThat(terminal.end(LIMIT)).isZero();
        }
    }

    private PseudoTerminal chat(String... arguments) {
        List<String> all = new ArrayList<>(List.of("chat"));
        all.addAll(List.of(arguments));
        return PseudoTerminal.patchbay(home, 80, all.toArray(String[]::new));
    }

    private ProcessOutcome piped(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("chat"));
        all.addAll(List.of(arguments));
        return ChildProcess.java(Main.class.getName(), all.toArray(String[]::new))
                .env("PATCHBAY_HOME", home.toString())
                .stdin(input)
                .run(LIMIT);
    }

    private static void signal(PseudoTerminal terminal, String name) throws IOException {
        ProcessHandle shell = terminal.child();
        ProcessHandle java = shell.children().findFirst().orElse(shell);
        new ProcessBuilder("kill", "-" + name, String.valueOf(java.pid())).start();
    }

    private static String line(String drawn, String start) {
        int at = drawn.lastIndexOf(start) + start.length();
        return drawn.substring(at, drawn.indexOf("\r\n", at));
    }

    private static String question(RecordedRequest request) {
        List<?> messages = (List<?>) request.member("messages").orElseThrow();
        Object content = ((Map<?, ?>) messages.get(messages.size() - 1)).get("content");
        return content instanceof String text
                ? text
                : String.valueOf(((Map<?, ?>) ((List<?>) content).get(0)).get("text"));
    }
}
