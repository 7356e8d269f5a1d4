package dev.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import dev.patchbay.registry.RegistrySnapshot;
import dev.patchbay.registry.Reload;
import dev.patchbay.registry.ReloadingRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Provider files changed at random, through the checks of {@code validate} and, a few each second, under a registry that watches its
 * folder: nothing is thrown that no check foresaw, and the watching goes on. Ten seconds in every build, ten minutes with the profile
 * {@code soak}.
 */
@Tag("slow")
@Tag("once")
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
final class ReloadFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20261129);
    private static final String CANARY = "canary-key";
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(150);

    @TempDir
    Path folder;

    private final Queue<Reload> reloads = new ConcurrentLinkedQueue<>();

    @Test
    void filesAreReadWhateverTheyHold() throws Exception {
        meetFor(Duration.ofSeconds(10));
    }

    @Test
    @Tag("soak")
    void filesAreReadWhateverTheyHoldForTenMinutes() throws Exception {
        meetFor(Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 600)));
    }

    private void meetFor(Duration length) throws Exception {
        write("good.yaml", provider("first"));
        Mutations mutations = new Mutations(SEED, Target.PROVIDER_FILES.seeds());
        long checked = 0;
        int written = 0;
        try (ReloadingRegistry registry = ReloadingRegistry.start(
                RegistrySnapshot.builder()
                        .environment(
                                Environment.of(Map.of("CORPUS_KEY", CANARY + "-1", "CORPUS_OTHER_KEY", CANARY + "-2")))
                        .folder(Layer.USER, folder),
                reloads::add)) {
            long end = System.nanoTime() + length.toNanos();
            long nextWrite = System.nanoTime();
            while (System.nanoTime() < end) {
                byte[] input = mutations.next();
                validate(input);
                checked++;
                if (System.nanoTime() >= nextWrite) {
                    String text = new String(FuzzInput.of(input).content(), StandardCharsets.UTF_8);
                    if (!text.contains(CANARY)) {
                        replace(FuzzInput.of(input).content());
                        written++;
                    }
                    nextWrite = System.nanoTime() + BETWEEN_WRITES.toNanos();
                    requireQuiet();
                }
            }
            Files.delete(folder.resolve("fuzz.yaml"));
            write("good.yaml", provider("last"));
            awaitName(registry, "last");
        }
        requireQuiet();
        System.out.println(
                "fuzz of files: " + checked + " checked, " + written + " written under a registry that watches");
    }

    private static void validate(byte[] input) {
        try {
            Target.PROVIDER_FILES.fuzz(input);
        } catch (Throwable broken) {
            throw new AssertionError(
                    broken + "\nfor (Base64) " + Base64.getEncoder().encodeToString(input), broken);
        }
    }

    private void requireQuiet() {
        for (Reload reload = reloads.poll(); reload != null; reload = reloads.poll()) {
            List<Diagnostic> problems = reload.problems();
            assertThat(problems)
                    .extracting(Diagnostic::code)
                    .doesNotContain(Code.RELOAD_FAILED, Code.DEFINITION_FAILED);
            assertThat(reload.summary() + problems).doesNotContain("unexpected java", "Exception", CANARY);
        }
    }

    /** As editors do it. */
    private void replace(byte[] content) throws IOException {
        Path draft = Files.write(folder.resolve("fuzz.yaml.tmp~"), content);
        Files.move(draft, folder.resolve("fuzz.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(String file, String yaml) throws IOException {
        Files.writeString(folder.resolve(file), yaml);
    }

    private static String provider(String name) {
        return "providers: {good: {name: " + name + ", baseUrl: \"https://good.example/v1\", auth: none}}\n";
    }

    private void awaitName(ReloadingRegistry registry, String name) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!registry.get()
                .find("good")
                .flatMap(provider -> provider.definition())
                .flatMap(definition -> definition.name())
                .equals(Optional.of(name))) {
            assertThat(System.nanoTime()).as("the folder is watched still").isLessThan(end);
            requireQuiet();
            Thread.onSpinWait();
        }
    }
}
