package dev.patchbay.benchmarks;

import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.RegistrySnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reads, substitutes and merges 1 000 definitions: a folder of 10 files with 100 each, every second one extends another. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class RegistryBenchmark {

    private static final int FILES = 10;
    private static final int DEFINITIONS_A_FILE = 100;

    private final Environment environment =
            Environment.of(Map.of("BENCH_HOST", "api.example.com", "BENCH_KEY", "a-key-that-opens-nothing"));
    private Path folder = Path.of("");

    @Setup
    public void write() throws IOException {
        folder = Files.createTempDirectory("patchbay-benchmark");
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder("providers:\n");
            for (int i = 0; i < DEFINITIONS_A_FILE; i++) {
                text.append(i % 2 == 0 ? definition(file, i) : extension(file, i));
            }
            Files.writeString(folder.resolve("file-" + file + ".yaml"), text);
        }
    }

    @TearDown
    public void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(RegistryBenchmark::delete);
        }
    }

    @Benchmark
    public RegistrySnapshot load() {
        RegistrySnapshot snapshot = RegistrySnapshot.builder()
                .environment(environment)
                .folder(Layer.USER, folder)
                .build();
        if (snapshot.providers().size() != FILES * DEFINITIONS_A_FILE
                || !snapshot.diagnostics().isEmpty()) {
            throw new IllegalStateException("not what was written: " + snapshot.diagnostics());
        }
        return snapshot;
    }

    private static String definition(int file, int i) {
        return """
                  p%d-%d:
                    baseUrl: https://${BENCH_HOST}/v%d/openai
                    apiKey: $BENCH_KEY
                    defaultModel: model-a
                    aliases: {sonnet: model-a, haiku: model-b}
                """.formatted(file, i, i).indent(2);
    }

    private static String extension(int file, int i) {
        return """
                  p%d-%d:
                    extends: p%d-%d
                    headers: {X-Team: team-%d}
                """.formatted(file, i, file, i - 1, i).indent(2);
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
