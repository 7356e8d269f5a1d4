package dev.patchbay.workbench.probe;

import dev.patchbay.Patchbay;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.workbench.probe.StepResult.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tests of a fake provider that a file defines. */
final class ProbeFixture implements AutoCloseable {

    static final String CANARY = "canary-7f3a91-key";

    final FakeProvider fake = FakeProvider.start();
    final List<String> trials = new ArrayList<>();
    private final Path file;

    ProbeFixture(Path directory) {
        this.file = directory.resolve("mine.yaml");
        fake.answer(new Endpoint().answer());
        fake.answer("/models", Answer.text());
    }

    /** The usual provider, with more lines. */
    ProbeReport test(String... lines) {
        return testAt(fake.baseUrl("/v1").toString(), lines);
    }

    ProbeReport testAt(String baseUrl, String... lines) {
        return testFile(definition(baseUrl, lines));
    }

    static String definition(String baseUrl, String... lines) {
        StringBuilder text = new StringBuilder("providers:\n  mine:\n    baseUrl: " + baseUrl + "\n");
        if (List.of(lines).stream().noneMatch(line -> line.startsWith("apiKey") || line.startsWith("auth"))) {
            text.append("    apiKey: $MY_KEY\n");
        }
        if (List.of(lines).stream().noneMatch(line -> line.startsWith("defaultModel"))) {
            text.append("    defaultModel: fake-model\n");
        }
        List.of(lines).forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }

    ProbeReport testFile(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Patchbay patchbay = patchbay(file);
                Probe probe = Probes.of(patchbay)
                        .test(LaunchRequest.query("test").provider("mine").build(), Duration.ofSeconds(20))) {
            ProbeReport report = probe.run(listener());
            if (fake.requests().size() > probe.mostCalls()) {
                throw new AssertionError(
                        fake.requests().size() + " calls, announced were at most " + probe.mostCalls());
            }
            return report;
        }
    }

    static Patchbay patchbay(Path file) {
        return Patchbay.builder()
                .environment(Environment.of(Map.of("MY_KEY", CANARY)))
                .withoutDiscovery()
                .config(file)
                .build();
    }

    private ProbeListener listener() {
        return new ProbeListener() {
            @Override
            public void began(Step step) {}

            @Override
            public void ended(StepResult result) {}

            @Override
            public void tryingAgain(Step step, String with) {
                trials.add(step.label() + ": " + with);
            }
        };
    }

    static StepResult step(ProbeReport report, Step step) {
        return report.steps().stream()
                .filter(result -> result.step() == step)
                .findFirst()
                .orElseThrow();
    }

    static List<Step> in(ProbeReport report, State state) {
        return report.steps().stream()
                .filter(result -> result.state() == state)
                .map(StepResult::step)
                .toList();
    }

    @Override
    public void close() {
        fake.close();
    }
}
