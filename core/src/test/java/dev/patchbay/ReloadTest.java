package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.registry.Reload;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provider files that change under a Patchbay that runs. */
final class ReloadTest {

    @TempDir
    Path folder;

    private final BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();

    private void pointTo(FakeProvider fake) throws IOException {
        Files.writeString(
                folder.resolve("fake.yaml"),
                "providers: {fake: {baseUrl: \"" + fake.baseUrl("/v1") + "\", auth: none, defaultModel: m}}");
    }

    @Test
    void aSessionThatRunsKeepsItsRouteAndTheNextLaunchTakesTheNewOne() throws Exception {
        Gate gate = Gate.closed();
        try (FakeProvider old = FakeProvider.start();
                FakeProvider now = FakeProvider.start()) {
            pointTo(old);
            old.answer(Answer.text("held").holdHead(gate));
            try (Patchbay patchbay = Patchbay.builder()
                    .withoutDiscovery()
                    .config(folder)
                    .watch(reloads::add)
                    .build()) {
                Session running = patchbay.launch(
                        LaunchRequest.query("Hi").provider("fake").build());
                gate.awaitReached(Duration.ofSeconds(20));
                pointTo(now);
                Reload reload = reloads.poll(20, TimeUnit.SECONDS);
                assertThat(reload).isNotNull();
                assertThat(reload.summary()).isEqualTo("fake changed");
                gate.open();
                assertThat(running.await().text()).isEqualTo("held");
                assertThat(now.requests()).isEmpty();

                patchbay.launch(LaunchRequest.query("Hi").provider("fake").build())
                        .await()
                        .text();
                assertThat(now.requests()).hasSize(1);
                assertThat(old.requests()).hasSize(1);
            }
        }
    }
}
