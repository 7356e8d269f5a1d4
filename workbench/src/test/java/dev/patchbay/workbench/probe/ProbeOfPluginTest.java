package dev.patchbay.workbench.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.ProviderContext;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderPlugin;
import dev.patchbay.workbench.probe.StepResult.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins keep to no time-out of ours and may fail in ways of their own. */
final class ProbeOfPluginTest {

    @TempDir
    Path directory;

    @Test
    void clientThatHearsNoInterruptEndsWithTheLimit() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ProbeReport report = test(() -> {
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException deaf) {
                    continue;
                }
            }
            return Optional.empty();
        });
        never.countDown();
        assertThat(ProbeFixture.in(report, State.FAILED)).containsExactly(Step.CHAT);
        assertThat(ProbeFixture.step(report, Step.CHAT).detail()).isEqualTo("there was no end of it within 0.3 s");
        assertThat(ProbeFixture.step(report, Step.AUTH).detail())
                .isEqualTo("not applicable: a plugin speaks the dialect odd");
    }

    @Test
    void clientThatThrowsAnythingIsAFailureOfItsStep() throws Exception {
        ProbeReport report = test(() -> {
            throw new IllegalStateException("odd");
        });
        assertThat(ProbeFixture.step(report, Step.CHAT).detail()).contains("failed with IllegalStateException");
        assertThat(report.isPassed()).isFalse();
    }

    private ProbeReport test(Supplier<Optional<ChatEvent>> next) throws Exception {
        Path file = Files.writeString(
                directory.resolve("odd.yaml"), "providers:\n  odd: {dialect: odd, defaultModel: m}\n");
        try (Patchbay patchbay = Patchbay.builder()
                        .withoutDiscovery()
                        .plugin(new OddPlugin(next))
                        .config(file)
                        .build();
                Probe probe = Probes.of(patchbay)
                        .test(LaunchRequest.query("test").provider("odd").build(), Duration.ofMillis(300))) {
            return probe.run(new Silent());
        }
    }

    private record Silent() implements ProbeListener {

        @Override
        public void began(Step step) {}

        @Override
        public void ended(StepResult result) {}

        @Override
        public void tryingAgain(Step step, String with) {}
    }

    private record OddPlugin(Supplier<Optional<ChatEvent>> next) implements ProviderPlugin {

        @Override
        public String id() {
            return "odd";
        }

        @Override
        public List<Dialect> dialects() {
            return List.of(new OddDialect(next));
        }
    }

    private record OddDialect(Supplier<Optional<ChatEvent>> next) implements Dialect {

        @Override
        public String id() {
            return "odd";
        }

        @Override
        public boolean needsBaseUrl() {
            return false;
        }

        @Override
        public ChatClient connect(ProviderDefinition definition, ProviderContext context) {
            return request -> new ChatStream() {
                @Override
                public Optional<ChatEvent> next() {
                    return next.get();
                }

                @Override
                public void close() {}
            };
        }
    }
}
