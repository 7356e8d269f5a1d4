package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launches as processes of their own on one store: killed while they stream, cut off by their reader, two at once. */
@Tag("process")
@Tag("newest")
final class KilledLaunchTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void whatWasPrintedAsAWholeIsInTheStoreAfterAKill() throws IOException {
        kill(2);
    }

    @Test
    @Tag("soak")
    void whatWasPrintedAsAWholeIsInTheStoreAfterFiftyKills() throws IOException {
        kill(50);
    }

    /** The thought is finished when the text begins: it was an event, and is to be there. */
    private void kill(int times) throws IOException {
        for (int round = 0; round < times; round++) {
            fake.enqueue(Answer.thinking("Thought " + round)
                    .thenText("first " + round + " ", "second")
                    .holdBefore("second", Gate.closed()));
            try (RunningProcess launch = launch("Question " + round).start()) {
                launch.awaitStdout("first " + round, LIMIT);
                launch.signal("KILL");
                launch.await(LIMIT);
            }
            JsonNode newest =
                    run("sessions", "list", "--all", "--json").path("data").path(0);
            assertThat(newest.path("query").textValue()).isEqualTo("Question " + round);
            JsonNode messages = run("sessions", "export", newest.path("id").textValue(), "--json")
                    .path("messages");
            assertThat(messages.path(0).path("content").textValue()).isEqualTo("Question " + round);
            assertThat(messages.path(1).path("content").textValue()).isEqualTo("Thought " + round);
        }
        fake.answer(Answer.text("done"));
        ProcessOutcome next = launch("After all").run(LIMIT);
        assertThat(next.exitCode()).as(next.stderr()).isZero();
        assertThat(next.stderr()).isEmpty();
    }

    /** What a lock kept from the file for longer than anybody waits is written at the end, once the lock is gone. */
    @Test
    @Tag("slow")
    void anAnswerThatALockKeptFromTheFileForAWhileIsStoredAndNothingElseIsSaid() throws Exception {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("first ", "second").holdBefore("second", gate));
        try (RunningProcess launch = launch("Question").start()) {
            launch.awaitStdout("first", LIMIT);
            try (Connection lock = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("patchbay.db"));
                    Statement statement = lock.createStatement()) {
                statement.executeUpdate("BEGIN IMMEDIATE");
                gate.open();
                launch.awaitStdout("second\n", LIMIT);
            }
            ProcessOutcome outcome = launch.await(LIMIT);
            assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
            assertThat(outcome.stderr()).isEmpty();
        }
        JsonNode session = run("sessions", "list", "--json").path("data").path(0);
        assertThat(session.path("status").textValue()).isEqualTo("completed");
        assertThat(run("sessions", "export", session.path("id").textValue(), "--json")
                        .path("messages")
                        .path(1)
                        .path("content")
                        .textValue())
                .isEqualTo("first second");
    }

    @Test
    void aReaderThatHasEnoughLeavesAnInterruptedSessionWithWhatHadCome() throws IOException {
        fake.answer(Answer.endless(1_000_000));
        CliHarness harness = new CliHarness(home);
        RunningProcess launch = launch("Hello").start();
        try (launch) {
            launch.awaitStdout("on and on", LIMIT);
            launch.signal("INT");
            assertThat(launch.await(LIMIT).exitCode()).isEqualTo(130);
        }
        JsonNode session = new JsonMapper()
                .readTree(harness.run("sessions", "list", "--json").out())
                .path("data")
                .path(0);
        assertThat(session.path("status").textValue()).isEqualTo("interrupted");
        assertThat(harness.run("sessions", "show", session.path("id").textValue())
                        .out())
                .contains("on and on");
    }

    @Test
    void twoLaunchesAndAListShareOneStore() throws IOException {
        Gate gate = Gate.closed();
        fake.answer(Answer.text("first ", "second").holdBefore("second", gate));
        try (RunningProcess one = launch("One").start();
                RunningProcess two = launch("Two").start()) {
            one.awaitStdout("first", LIMIT);
            two.awaitStdout("first", LIMIT);
            assertThat(run("sessions", "list", "--json")
                            .path("counts")
                            .path("normal")
                            .intValue())
                    .isBetween(0, 2);
            gate.open();
            for (RunningProcess launch : new RunningProcess[] {one, two}) {
                ProcessOutcome outcome = launch.await(LIMIT);
                assertThat(outcome.exitCode()).isZero();
                assertThat(outcome.stderr()).isEmpty();
                assertThat(outcome.stdout()).isEqualTo("first second\n");
            }
        }
        assertThat(run("sessions", "list", "--json").path("data"))
                .hasSize(2)
                .allSatisfy(session ->
                        assertThat(session.path("status").textValue()).isEqualTo("completed"));
    }

    private JsonNode run(String... arguments) throws IOException {
        CliHarness.Result result = new CliHarness(home).run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new JsonMapper().readTree(result.out());
    }

    private ChildProcess launch(String query) {
        return ChildProcess.java(
                        Main.class.getName(),
                        "launch",
                        query,
                        "--base-url",
                        fake.baseUrl("/v1").toString(),
                        "--model",
                        "m")
                .env("PATCHBAY_HOME", home.toString());
    }
}
