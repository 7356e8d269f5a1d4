package dev.patchbay.internal.config.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that a command prints (provider-files.md, section 2, secret forms). */
@DisabledOnOs(OS.WINDOWS)
final class CommandSecretTest {

    private static final Location PLACE = new Location("a.yaml", 3, 13);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void isWhatTheCommandPrintsWithoutTheLineEnd() {
        assertThat(shell("echo ' canary-key '").resolve().reveal()).isEqualTo("canary-key");
    }

    @Test
    void argumentsReachTheCommandAsTheyAre() {
        SecretValue secret = Secrets.command(List.of("echo", "$HOME;*"), LONG, LONG, PLACE);
        assertThat(secret.resolve().reveal()).isEqualTo("$HOME;*");
    }

    @Test
    void aFailureTellsTheLastLinesOfItsStandardErrorWithoutTheKey() {
        SecretValue secret = shell("echo canary-key-1234; for i in 1 2 3 4; do echo line $i >&2; done;"
                + " echo token=hidden-5678 canary-key-1234 >&2; exit 3");
        assertThat(catchThrowableOfType(ProviderException.class, secret::resolve))
                .hasMessageContaining("exited with status 3")
                .hasMessageContaining("line 3 / line 4 / token=")
                .hasMessageNotContaining("line 2")
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining("5678");
    }

    @Test
    void aCommandThatWritesMuchToItsStandardErrorIsNotHeldUp() {
        SecretValue secret = shell("head -c 300000 /dev/zero | tr '\\0' x >&2; echo canary-key");
        assertThat(secret.resolve().reveal()).isEqualTo("canary-key");
    }

    @Test
    void tenThatAskAtOnceRunItOnce() throws Exception {
        SecretValue secret = counting("sleep 0.2; ");
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Future<Secret>> asked = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                asked.add(threads.submit(secret::resolve));
            }
            for (Future<Secret> answer : asked) {
                assertThat(answer.get().reveal()).isEqualTo("key-1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(secret.resolve().reveal()).isEqualTo("key-1");
    }

    @Test
    void runsAgainOnceItsTimeIsOver() {
        SecretValue secret = Secrets.command(List.of("sh", "-c", count("")), Duration.ZERO, LONG, PLACE);
        assertThat(secret.resolve().reveal()).isEqualTo("key-1");
        assertThat(secret.resolve().reveal()).isEqualTo("key-2");
    }

    @Test
    void runsAgainOnceForASecretThatWasRefused() {
        SecretValue secret = counting("");
        Secret first = secret.resolve();
        assertThat(secret.renew(first)).isTrue();
        assertThat(secret.resolve().reveal()).isEqualTo("key-2");
        assertThat(secret.renew(first)).isTrue();
        assertThat(secret.resolve().reveal())
                .as("the refused one is gone already")
                .isEqualTo("key-2");
    }

    @Test
    void endsACommandThatTakesTooLongWithAllThatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        SecretValue secret = Secrets.command(
                List.of("sh", "-c", "sleep 60 & echo $! > " + pid + "; wait"), LONG, Duration.ofMillis(400), PLACE);
        assertThat(failure(secret)).hasMessage("the command sh was not done after 400 ms and was ended (a.yaml:3:13)");
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElse(null);
        if (child != null) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void doesNotWaitForWhatTheCommandLeavesBehind() {
        assertThat(shell("sleep 2 & echo key").resolve().reveal()).isEqualTo("key");
    }

    @Test
    void saysWhatIsWrongAndNothingOfWhatWasPrinted() {
        assertThat(failure(shell("echo canary; echo canary >&2; exit 3")))
                .hasMessage("the command sh exited with status 3, saying: *** (a.yaml:3:13)");
        assertThat(failure(shell("echo '  '"))).hasMessage("the command sh printed nothing (a.yaml:3:13)");
        assertThat(failure(shell("echo canary; echo canary")))
                .hasMessage("the command sh printed more than one line (a.yaml:3:13)");
        assertThat(failure(shell("echo changeme")))
                .hasMessage("the command sh printed a key that is the placeholder of an example (a.yaml:3:13)");
        assertThat(failure(Secrets.command(List.of("no-such-program", "canary"), LONG, LONG, PLACE)))
                .hasMessage("the command no-such-program cannot be started (a.yaml:3:13)");
        assertThat(shell("echo canary")).hasToString("secret command:sh at a.yaml:3:13");
    }

    @Test
    void aFailureIsNotKept() throws IOException {
        Path key = folder.resolve("key");
        SecretValue secret = shell("cat " + key);
        assertThat(failure(secret)).hasMessageContaining("exited with status");
        Files.writeString(key, "canary\n");
        assertThat(secret.resolve().reveal()).isEqualTo("canary");
    }

    private static SecretValue shell(String script) {
        return Secrets.command(List.of("sh", "-c", script), LONG, LONG, PLACE);
    }

    /** Prints key-1, then key-2, and so on. */
    private SecretValue counting(String before) {
        return shell(count(before));
    }

    private String count(String before) {
        Path runs = folder.resolve("runs");
        return before + "echo x >> " + runs + "; echo key-$(($(wc -l < " + runs + ")))";
    }

    private static ProviderException failure(SecretValue secret) {
        ProviderException failure = catchThrowableOfType(ProviderException.class, secret::resolve);
        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.AUTH);
        assertThat(failure.help()).isPresent();
        return failure;
    }
}
