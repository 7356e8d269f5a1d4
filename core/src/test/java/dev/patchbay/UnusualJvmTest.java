package dev.patchbay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.ChildProcess;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ProcessOutcome;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications whose JVM or machine is set up unlike a developer's. */
@Tag("process")
@Tag("newest")
@Timeout(180)
final class UnusualJvmTest {

    private static final String ANSWER = "Grüße zurück, ığdır";

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();

    @AfterEach
    void close() {
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=tr -Duser.country=TR",
                "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab",
                "-Dfile.encoding=US-ASCII",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Duser.home=/proc/none",
                "-Duser.home=",
                "-Djava.net.preferIPv6Addresses=true",
                "-Djava.net.preferIPv4Stack=true",
                "-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=1 -Dhttp.nonProxyHosts=",
                "-DsocksProxyHost=127.0.0.1 -DsocksProxyPort=1 -DsocksNonProxyHosts=none",
                "-Djavax.net.ssl.trustStore=/proc/none",
                "-Djava.security.manager=disallow"
            })
    void asksAsEverywhere(String options) throws IOException {
        fake.answer(Answer.text(ANSWER).usage(1_234, 0, 5));
        Path file = Files.writeString(
                folder.resolve("a.yaml"), """
                defaultProvider: a
                providers:
                  a:
                    baseUrl: "%s"
                    auth: none
                    headers: {X-TITLE: "%%49"}
                    aliases: {QUICK: i-model}
                    fallback: [{to: b, when: [contextLength, timeout, rateLimit]}]
                    models: {i-model: {price: {input: 1.5, output: 2.25}}}
                  b: {baseUrl: "%s", auth: none, dialect: anthropic-messages}
                """.formatted(fake.baseUrl("/v1"), fake.baseUrl("/v1")), UTF_8);

        ProcessOutcome outcome = run(List.of(options.split(" ")), file);

        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        String answer = Base64.getEncoder().encodeToString(ANSWER.getBytes(UTF_8));
        assertThat(outcome.stdout())
                .as(outcome.stderr())
                .contains("client=" + answer, "session=" + answer, "problems=0");
        for (RecordedRequest request : fake.requests()) {
            assertThat(request.member("model")).hasValue("i-model");
            assertThat(request.text()).contains("Grüße, İstanbul");
        }
    }

    private static ProcessOutcome run(List<String> options, Path file) {
        List<String> command = new ArrayList<>(List.of("env", "-u", "HOME"));
        command.addAll(ChildProcess.javaWords());
        command.addAll(options);
        command.add(AskingApplication.class.getName());
        command.add(file.toString());
        return ChildProcess.of(command).env("LC_ALL", "C").run(Duration.ofMinutes(2));
    }
}
