package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Code;
import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.internal.config.load.ConfigInput;
import dev.patchbay.internal.config.load.Presets;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.provider.Layer;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReloadingRegistryTest {

    private static final String BUILT_IN = "providers: {groq: {baseUrl: \"https://built-in.example/v1\"}}";

    @TempDir
    Path folder;

    private final BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();
    private @Nullable ReloadingRegistry registry;

    private ReloadingRegistry start(boolean strict) {
        registry = ReloadingRegistry.start(
                RegistrySnapshot.builder()
                        .environment(Environment.of(Map.of("KEY", "canary-key")))
                        .text(Layer.BUILT_IN, "built-in.yaml", BUILT_IN)
                        .folder(Layer.USER, folder)
                        .strict(strict),
                reloads::add);
        return registry;
    }

    @AfterEach
    void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }

    private Reload next() throws InterruptedException {
        Reload reload = reloads.poll(20, TimeUnit.SECONDS);
        assertThat(reload).as("a reload").isNotNull();
        return reload;
    }

    private static String provider(String id, String host) {
        return "providers:\n  " + id + ":\n    baseUrl: https://" + host + "/v1\n    apiKey: $KEY\n";
    }

    private static String host(RegistrySnapshot snapshot, String id) {
        return snapshot.find(id)
                .flatMap(Provider::definition)
                .flatMap(definition -> definition.baseUrl())
                .orElseThrow()
                .getHost();
    }

    @Test
    void readsAFreshFileTwiceAndKeepsTheSnapshotIfNothingChanged() throws Exception {
        Path fresh = write("own.yaml", provider("own", "one.example"));
        // As late as is taken for fresh, so that a slow machine takes it for fresh, too.
        Files.setLastModifiedTime(fresh, FileTime.fromMillis(System.currentTimeMillis() + 900));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch readAgain = new CountDownLatch(1);
        Environment told = name -> {
            if (started.getCount() == 0) {
                readAgain.countDown();
            }
            return Optional.of("canary-key");
        };
        registry = ReloadingRegistry.start(
                RegistrySnapshot.builder().environment(told).folder(Layer.USER, folder), reloads::add);
        RegistrySnapshot first = registry.get();
        started.countDown();

        assertThat(readAgain.await(20, TimeUnit.SECONDS)).isTrue();
        registry.close();
        assertThat(registry.get()).isSameAs(first);
        assertThat(reloads).isEmpty();
    }

    @Test
    void takesFilesThatAreAddedChangedAndRemoved() throws Exception {
        ReloadingRegistry watched = start(false);
        RegistrySnapshot first = watched.get();

        write("own.yaml", provider("own", "one.example"));
        assertThat(next().summary()).isEqualTo("own added");
        assertThat(host(watched.get(), "own")).isEqualTo("one.example");

        write("own.yaml", provider("own", "two.example"));
        Reload changed = next();
        assertThat(changed.summary()).isEqualTo("own changed");
        assertThat(changed.problems()).isEmpty();
        assertThat(host(watched.get(), "own")).isEqualTo("two.example");

        Files.delete(folder.resolve("own.yaml"));
        assertThat(next().summary()).isEqualTo("own removed");
        assertThat(watched.get().find("own")).isEmpty();
        assertThat(first.find("own")).isEmpty();
    }

    @Test
    void aBrokenEditLeavesTheProviderAsItWasAndSaysSo() throws Exception {
        write("own.yaml", provider("own", "one.example"));
        ReloadingRegistry watched = start(false);

        write("own.yaml", provider("own", "two.example").replace("baseUrl", "baseURL"));
        Reload broken = next();
        assertThat(broken.summary()).isEqualTo("own kept as it was");
        assertThat(broken.problems())
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder(Code.UNKNOWN_KEY, Code.LAST_GOOD_KEPT);
        assertThat(broken.problems()).isEqualTo(watched.get().diagnostics());
        assertThat(watched.get().find("own").orElseThrow().isReady()).isTrue();
        assertThat(host(watched.get(), "own")).isEqualTo("one.example");

        write("own.yaml", provider("own", "three.example"));
        Reload mended = next();
        assertThat(mended.summary()).isEqualTo("own changed");
        assertThat(mended.problems()).isEmpty();
        assertThat(host(watched.get(), "own")).isEqualTo("three.example");
    }

    /** Editors empty a file before they write it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing but this\n"})
    void aFileThatIsEmptiedLeavesItsProviderAndSaysSoUntilItIsWrittenOrRemoved(String nothing) throws Exception {
        write("own.yaml", provider("own", "one.example"));
        ReloadingRegistry watched = start(false);

        write("own.yaml", nothing);
        Reload emptied = next();
        assertThat(host(watched.get(), "own")).isEqualTo("one.example");
        assertThat(emptied.problems())
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder(Code.EMPTY_FILE, Code.LAST_GOOD_KEPT);
        assertThat(emptied.problems().toString())
                .contains("own stays as it was before the file was emptied", "to be rid of own, remove the file");

        Files.delete(folder.resolve("own.yaml"));
        assertThat(next().summary()).isEqualTo("own removed");
    }

    @Test
    void aFileThatCannotBeReadLeavesItsProvidersAboveTheBuiltInOnes() throws Exception {
        write("own.yaml", "defaultProvider: groq\n" + provider("groq", "own.example"));
        ReloadingRegistry watched = start(false);

        for (String nothing : List.of("", "providers: [\n", "providers:\n\t- x\n")) {
            write("own.yaml", nothing);
            Reload broken = next();
            assertThat(broken.summary()).as(nothing).isEqualTo("groq kept as it was");
            assertThat(host(watched.get(), "groq")).isEqualTo("own.example");
            assertThat(watched.get().defaultProvider()).isEqualTo("groq");
            assertThat(watched.get().providers())
                    .extracting(Provider::state)
                    .containsExactly(ProviderState.READY, ProviderState.SHADOWED);
        }

        Files.delete(folder.resolve("own.yaml"));
        assertThat(next().summary()).isEqualTo("groq changed");
        assertThat(host(watched.get(), "groq")).isEqualTo("built-in.example");
        assertThat(watched.get().defaultProvider())
                .as("the only one that is ready")
                .isEqualTo("groq");
    }

    @Test
    void aProviderThatLosesItsBaseStays() throws Exception {
        write("base.yaml", provider("base", "base.example"));
        write("derived.yaml", "providers: {derived: {extends: base}}");
        ReloadingRegistry watched = start(false);

        Files.delete(folder.resolve("base.yaml"));
        assertThat(next().summary()).isEqualTo("base removed, derived kept as it was");
        assertThat(host(watched.get(), "derived")).isEqualTo("base.example");
    }

    @Test
    void aVariableThatIsNotSetIsTakenAsItIsWritten() throws Exception {
        write("own.yaml", provider("own", "one.example"));
        ReloadingRegistry watched = start(false);

        write("own.yaml", provider("own", "one.example").replace("$KEY", "$OTHER_KEY"));
        assertThat(next().summary()).isEqualTo("own changed");
        assertThat(watched.get().find("own").orElseThrow().state()).isEqualTo(ProviderState.UNAVAILABLE);
    }

    @Test
    void aFileThatIsWrittenInStepsLosesNoProvider() throws Exception {
        Path file = write("own.yaml", provider("own", "one.example"));
        ReloadingRegistry watched = start(false);
        String whole = provider("own", "two.example") + "  late:\n    baseUrl: https://late.example\n";
        for (int round = 0; round < 20; round++) {
            Files.writeString(file, "");
            for (int from = 0; from < whole.length(); from += 7) {
                String part = whole.substring(from, Math.min(whole.length(), from + 7));
                Files.writeString(file, part, StandardOpenOption.APPEND);
                assertThat(watched.get().find("own").orElseThrow().isReady()).isTrue();
            }
        }
        List<String> summaries = new ArrayList<>();
        Reload reload;
        do {
            reload = next();
            summaries.add(reload.summary());
        } while (reload.snapshot().find("late").isEmpty());
        assertThat(summaries).noneMatch(summary -> summary.contains("removed"));
        assertThat(host(watched.get(), "own")).isEqualTo("two.example");
    }

    @Test
    void aFileThatIsRenamedIntoPlaceIsTaken() throws Exception {
        write("own.yaml", provider("own", "one.example"));
        ReloadingRegistry watched = start(false);

        Path aside = write("_own.new", provider("own", "two.example"));
        Files.move(aside, folder.resolve("own.yaml"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(next().summary()).isEqualTo("own changed");
        assertThat(host(watched.get(), "own")).isEqualTo("two.example");
    }

    /** As Kubernetes publishes config maps: files are links into a folder that is itself a link, which is replaced. */
    @Test
    void linksThatAreTurnedToAnotherFolderAreFollowed() throws Exception {
        Path versions = Files.createDirectory(folder.resolve("..versions"));
        Files.createDirectory(versions.resolve("1"));
        Files.createDirectory(versions.resolve("2"));
        Files.writeString(versions.resolve("1/own.yaml"), provider("own", "one.example"));
        Files.writeString(versions.resolve("2/own.yaml"), provider("own", "two.example"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..versions/1"));
        Files.createSymbolicLink(folder.resolve("own.yaml"), Path.of("..data/own.yaml"));
        ReloadingRegistry watched = start(false);
        assertThat(host(watched.get(), "own")).isEqualTo("one.example");

        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..versions/2"));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(next().summary()).isEqualTo("own changed");
        assertThat(host(watched.get(), "own")).isEqualTo("two.example");
    }

    @Test
    void aChangeThatNeitherSizeNorTimeShowsIsFoundIfItFollowsAtOnce() throws Exception {
        Path file = write("own.yaml", provider("own", "one.example"));
        FileTime time = Files.getLastModifiedTime(file);
        ReloadingRegistry watched = start(false);

        write("own.yaml", provider("own", "two.example"));
        Files.setLastModifiedTime(file, time);
        assertThat(next().summary()).isEqualTo("own changed");
        assertThat(host(watched.get(), "own")).isEqualTo("two.example");
    }

    /** As the help of a literal key in a file for everybody says: chmod 600 is all that is asked. */
    @Test
    void aFileThatIsMadePrivateOrOpenToOthersIsReadAgain() throws Exception {
        Path file =
                write("own.yaml", "providers: {own: {baseUrl: \"https://one.example/v1\", apiKey: canary-literal}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        ReloadingRegistry watched = start(false);
        assertThat(watched.get().find("own").orElseThrow().isReady()).isFalse();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(next().problems()).noneMatch(Diagnostic::isError);
        assertThat(watched.get().find("own").orElseThrow().isReady()).isTrue();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(next().problems()).anyMatch(problem -> problem.isError() && problem.code() == Code.LITERAL_KEY);
    }

    @Test
    void strictLeavesEverythingAsItWasWhileAnythingIsWrong() throws Exception {
        write("own.yaml", provider("own", "one.example"));
        write("other.yaml", provider("other", "one.example"));
        ReloadingRegistry watched = start(true);

        write("other.yaml", provider("other", "two.example"));
        assertThat(next().summary()).isEqualTo("other changed");

        write("own.yaml", "providers: {own: {baseUrl: here}}");
        Reload refused = next();
        assertThat(refused.summary()).isEqualTo("no provider changed");
        assertThat(refused.problems()).extracting(Diagnostic::code).contains(Code.BAD_URL);
        assertThat(host(watched.get(), "own")).isEqualTo("one.example");
    }

    @Test
    void aListenerThatFailsDoesNotEndIt() throws Exception {
        ReloadingRegistry watched =
                ReloadingRegistry.start(RegistrySnapshot.builder().folder(Layer.USER, folder), reload -> {
                    reloads.add(reload);
                    throw new IllegalStateException("of the listener");
                });
        registry = watched;
        write("one.yaml", provider("one", "one.example"));
        assertThat(next().summary()).isEqualTo("one added");
        write("two.yaml", provider("two", "two.example"));
        assertThat(next().summary()).isEqualTo("two added");
    }

    @Test
    void aListenerThatWaitsHoldsNothingUpAndHearsOfEverythingAfterwards() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ReloadingRegistry watched =
                ReloadingRegistry.start(RegistrySnapshot.builder().folder(Layer.USER, folder), reload -> {
                    reloads.add(reload);
                    entered.countDown();
                    awaitUninterruptibly(release);
                });
        registry = watched;
        write("one.yaml", provider("one", "one.example"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        write("two.yaml", provider("two", "two.example"));
        awaitProvider(watched, "two");
        write("three.yaml", provider("three", "three.example"));
        awaitProvider(watched, "three");
        release.countDown();

        assertThat(next().summary()).isEqualTo("one added");
        assertThat(next().summary()).isEqualTo("three added, two added");
    }

    @Test
    void closingDoesNotWaitForAListenerThatWaitsForEver() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ReloadingRegistry watched =
                ReloadingRegistry.start(RegistrySnapshot.builder().folder(Layer.USER, folder), reload -> {
                    entered.countDown();
                    awaitUninterruptibly(release);
                });
        write("one.yaml", provider("one", "one.example"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        long started = System.nanoTime();

        watched.close();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        release.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "overflow", "death", "interrupt", "silent"})
    void nothingThatIsThrownWhileFilesAreReadEndsIt(String kind) throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Presets presets = new Presets() {
            @Override
            public Set<String> ids() {
                return Set.of("base");
            }

            @Override
            public Optional<ConfigInput.InMemory> file(String id) {
                if (broken.get()) {
                    sneak(thrown(kind));
                }
                byte[] yaml = "providers: {base: {baseUrl: https://base.example}}".getBytes(StandardCharsets.UTF_8);
                return Optional.of(new ConfigInput.InMemory(Layer.PRESET, "base.yaml", yaml));
            }
        };
        write("own.yaml", extending("one.example"));
        registry = ReloadingRegistry.start(
                RegistrySnapshot.builder().presets(presets).folder(Layer.USER, folder), reloads::add);
        ReloadingRegistry watched = registry;

        broken.set(true);
        write("own.yaml", extending("two.example"));
        Reload failed = next();
        assertThat(failed.problems()).extracting(Diagnostic::code).contains(Code.RELOAD_FAILED);
        assertThat(failed.problems().toString()).doesNotContain("sk-secret");
        assertThat(host(watched.get(), "own")).isEqualTo("one.example");

        broken.set(false);
        assertThat(next().summary()).as("tried again although no file changed").isEqualTo("own changed");
        assertThat(host(watched.get(), "own")).isEqualTo("two.example");
    }

    @Test
    void takesAKeyFileThatComesLater() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("keys"));
        Path settled =
                write("own.yaml", "providers: {own: {baseUrl: https://one.example/v1, apiKey: {file: keys/late.key}}}");
        Files.setLastModifiedTime(settled, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
        ReloadingRegistry watched = start(false);
        assertThat(watched.get().find("own").orElseThrow().state()).isEqualTo(ProviderState.UNAVAILABLE);

        Path key = Files.createFile(
                elsewhere.resolve("late.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, "canary-key-late");

        assertThat(next().summary()).isEqualTo("own changed");
        assertThat(watched.get().find("own").orElseThrow().isReady()).isTrue();
    }

    private static String extending(String host) {
        return "providers: {own: {extends: \"preset:base\", baseUrl: \"https://" + host + "/v1\"}}";
    }

    private static Throwable thrown(String kind) {
        return switch (kind) {
            case "overflow" -> new StackOverflowError("sk-secret");
            case "death" -> new ThreadDeath();
            case "interrupt" -> new InterruptedException("sk-secret");
            case "silent" ->
                new RuntimeException() {
                    @Override
                    public String getMessage() {
                        throw new Error("sk-secret");
                    }
                };
            default -> new Error("sk-secret");
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static void awaitProvider(ReloadingRegistry watched, String id) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (watched.get().find(id).isEmpty()) {
            assertThat(new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(System.nanoTime()).as("still no " + id).isLessThan(end);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // A listener as stubborn as they come.
            }
        }
    }

    @Test
    void aThousandReloadsKeepOneSnapshot() throws Exception {
        ReferenceQueue<RegistrySnapshot> gone = new ReferenceQueue<>();
        Set<PhantomReference<RegistrySnapshot>> references = new HashSet<>();
        write("kept.yaml", provider("kept", "one.example"));
        RegistryBuilder sources = RegistrySnapshot.builder()
                .environment(Environment.of(Map.of("KEY", "k")))
                .folder(Layer.USER, folder);
        RegistrySnapshot current = sources.build();
        write("kept.yaml", "providers: {kept: {baseUrl: here}}");
        for (int i = 0; i < 1_000; i++) {
            references.add(new PhantomReference<>(current, gone));
            current = LastGood.kept(current, sources.build());
        }
        assertThat(host(current, "kept")).isEqualTo("one.example");
        assertThat(current.find("kept").orElseThrow().problems()).hasSizeLessThan(5);
        int released = 0;
        for (int i = 0; i < 100 && released < 1_000; i++) {
            System.gc();
            while (gone.remove(50) != null) {
                released++;
            }
        }
        assertThat(released).isEqualTo(references.size());
    }

    @Test
    void closingEndsItsThread() throws Exception {
        ReloadingRegistry watched = start(false);
        assertThat(threads()).hasSize(1);
        watched.close();
        watched.close();
        assertThat(threads()).isEmpty();
        assertThat(watched.get().find("groq")).isPresent();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("patchbay-reload"))
                .toList();
    }
}
