package dev.patchbay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.ProcessOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the shells themselves make of the completion scripts. */
@Tag("process")
final class CompletionTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static final String FILE = """
            providers:
              local:
                baseUrl: http://127.0.0.1:1/v1
                auth: none
                models: ["qwen3:8b", "qwen3:32b", "Vendor/Model@2025", "it's", "two words", "m$(touch ran)", "m`touch ran`"]
                aliases: {quick: "qwen3:8b"}
            """;

    @TempDir
    Path home;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patchbay launch Hi -m local/qwen3:3      | patchbay launch Hi -m local/qwen3:32b",
                "patchbay launch Hi --model local/Vendor/Model@2 | patchbay launch Hi --model local/Vendor/Model@2025",
                "patchbay launch Hi --model=local/qwen3:3 | patchbay launch Hi --model=local/qwen3:32b",
                "patchbay launch Hi --provider=loca       | patchbay launch Hi --provider=local",
                "patchbay sessions update 1b2c3d4e -m local/qui | patchbay sessions update 1b2c3d4e -m local/quick",
                "patchbay providers show loca             | patchbay providers show local",
                "patchbay providers test loca             | patchbay providers test local",
                "patchbay models loca                     | patchbay models local",
                "patchbay default local/qui               | patchbay default local/quick",
                "patchbay run claud                       | patchbay run claude",
                "patchbay run -p loca                     | patchbay run -p local",
                "patchbay --home a providers expl         | patchbay --home a providers explain",
                "patchbay help valid                      | patchbay help validate",
                "patchbay help provid                     | patchbay help providers",
                "patchbay completion --shell zs           | patchbay completion --shell zsh",
                "patchbay launch Hi -f attach             | patchbay launch Hi -f attached.txt",
                "patchbay providers validate attach       | patchbay providers validate attached.txt",
                "patchbay launch Hi --no-sto              | patchbay launch Hi --no-store",
                "patchbay run -p local -- ./att           | patchbay run -p local -- ./attached.txt",
            })
    void bashCompletes(String typed, String completed) throws Exception {
        assertThat(onTerminal("bash", List.of("bash", "--norc", "--noprofile", "-i"), "", typed.strip()))
                .isEqualTo(completed.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patchbay launch Hi -m local/qwen3:3      | patchbay launch Hi -m local/qwen3:32b",
                "patchbay launch Hi --model=local/qwen3:3 | patchbay launch Hi --model=local/qwen3:32b",
                "patchbay providers show loca             | patchbay providers show local",
                "patchbay run claud                       | patchbay run claude",
                "patchbay launch Hi -f attach             | patchbay launch Hi -f attached.txt",
                "patchbay launch Hi --no-sto              | patchbay launch Hi --no-store",
            })
    void zshCompletes(String typed, String completed) throws Exception {
        assertThat(onTerminal("zsh", List.of("zsh", "-f", "-i"), "ZSH_COMPDUMP='" + folder + "/dump';", typed.strip()))
                .isEqualTo(completed.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "patchbay launch Hi -m local/qwen3:3      | local/qwen3:32b",
                "patchbay launch Hi --provider=loca       | --provider=local",
                "patchbay providers show loca             | local",
                "patchbay default local/qui               | local/quick",
                "patchbay run claud                       | claude",
                "patchbay launch Hi -f attach             | attached.txt",
                "patchbay providers validate attach       | attached.txt",
                "patchbay launch Hi --no-sto              | --no-store",
            })
    void fishCompletes(String typed, String completed) throws Exception {
        requireShell("fish");
        Path script = script("--shell", "fish");
        ProcessOutcome outcome = ChildProcess.of(
                        "fish", "--no-config", "-c", "source " + script + "; complete -C '" + typed.strip() + "'")
                .env("HOME", folder.toString())
                .in(folder)
                .run(LIMIT);
        assertThat(outcome.stdout().lines().map(line -> line.split("\t", 2)[0]))
                .as(outcome.stderr())
                .containsExactly(completed.strip());
    }

    /** What a provider calls its models is nothing that a shell may run. */
    @Test
    void namesOfModelsAreNeverRunByAShell() throws Exception {
        Path script = script();
        ProcessOutcome bash = ChildProcess.of(
                        "bash",
                        "-c",
                        "source '" + script + "'; COMP_WORDS=(patchbay launch -m local/); COMP_CWORD=3;"
                                + " COMP_LINE='patchbay launch -m local/'; COMP_POINT=25; _complete_patchbay;"
                                + " printf '%s\\n' \"${COMPREPLY[@]}\"")
                .in(folder)
                .run(LIMIT);
        assertThat(bash.stdout().lines())
                .as(bash.stderr())
                .contains("local/quick")
                .noneMatch(line -> line.contains("touch"));
        if (isThere("fish")) {
            ChildProcess.of(
                            "fish",
                            "--no-config",
                            "-c",
                            "source " + script("--shell", "fish") + "; complete -C 'patchbay launch -m local/'")
                    .env("HOME", folder.toString())
                    .in(folder)
                    .run(LIMIT);
        }
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    /** One after the other, a hundred providers that are away would hold a shell for minutes. */
    @Test
    void providersAreAskedForTheirModelsAtTheSameTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.countDown();
            try {
                asked.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] list = "{\"data\": [{\"id\": \"listed\"}]}".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            Files.createDirectories(home.resolve("providers"));
            Files.writeString(
                    home.resolve("providers/two.yaml"),
                    "providers: {one: {baseUrl: \"" + url + "/1/v1\", auth: none}, two: {baseUrl: \"" + url
                            + "/2/v1\", auth: none}}");
            assertThat(new CliHarness(home).run("completion").out()).contains("one/listed", "two/listed");
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** Types a line and a tab into a shell with the script, and returns the line as the shell then has it. */
    private String onTerminal(String shell, List<String> command, String before, String line) throws Exception {
        requireShell(shell);
        Path script = script("--shell", shell);
        try (PseudoTerminal terminal =
                PseudoTerminal.of(200, Map.of("HOME", folder.toString(), "HISTFILE", "/dev/null"), command)) {
            // Printed by the command itself: the line as it is drawn has colours and corrections.
            terminal.type(
                    before + "patchbay() { printf '\\n<'; printf ' %s' patchbay \"$@\"; printf '>%s\\n' E''ND; }; cd '"
                            + folder + "'; source '" + script + "'; printf 'rea%s\\n' dy\n");
            terminal.await("ready", LIMIT);
            terminal.type(line + "\t\n");
            terminal.await(">END", LIMIT);
            String screen = terminal.screen();
            int end = screen.lastIndexOf(">END");
            int start = screen.lastIndexOf("< ", end) + 2;
            return screen.substring(start, end);
        }
    }

    private Path script(String... options) throws IOException {
        Files.createDirectories(home.resolve("providers"));
        Files.writeString(home.resolve("providers/local.yaml"), FILE);
        Files.writeString(folder.resolve("attached.txt"), "text");
        List<String> words = new ArrayList<>(List.of("completion"));
        words.addAll(List.of(options));
        CliHarness.Result result = new CliHarness(home).run(words.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        return Files.writeString(home.resolve("script"), result.out());
    }

    private static void requireShell(String shell) {
        boolean found = isThere(shell);
        assertThat(found || !"required".equals(System.getenv("PATCHBAY_EXTERNAL")))
                .as(shell + " must be there where PATCHBAY_EXTERNAL=required")
                .isTrue();
        assumeTrue(found, shell + " is not installed");
    }

    private static boolean isThere(String shell) {
        try {
            return ChildProcess.of("sh", "-c", "command -v " + shell).run(LIMIT).exitCode() == 0;
        } catch (IllegalStateException missing) {
            return false;
        }
    }
}
