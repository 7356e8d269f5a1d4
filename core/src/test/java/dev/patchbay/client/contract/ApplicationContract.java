package dev.patchbay.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.PatchbayBuilder;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.ManyObjects;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong where an application, its containers and its providers meet. */
@Timeout(120)
public abstract class ApplicationContract {

    @TempDir
    protected Path folder;

    protected final FakeProvider fake = FakeProvider.start();

    /** Makes an object for a model, asks it and drops it. */
    protected abstract String ask(Patchbay patchbay, String model);

    /** Makes an object for an embedding model, asks it and drops it. */
    protected abstract void embed(Patchbay patchbay, String model);

    @AfterEach
    void stopProvider() {
        fake.close();
    }

    /**
     * A provider p at the fake one.
     *
     * @param path of its base URL
     * @param members what its file says beside; with a comma before it
     */
    protected PatchbayBuilder with(String path, String members) throws IOException {
        Path file = folder.resolve("p.yaml");
        Files.writeString(
                file,
                "providers: {p: {baseUrl: \"" + fake.baseUrl(path) + "\", auth: none, defaultModel: m" + members
                        + "}}");
        return Patchbay.builder().withoutDiscovery().environment(Map.of()).config(file);
    }

    /** E07. */
    @Tag("slow")
    @Test
    void aThousandObjectsLeaveNothingBehind() throws Exception {
        leaveNothingBehind(1_000);
    }

    /** E07. */
    @Test
    @Tag("soak")
    @Timeout(600)
    void tenThousandObjectsLeaveNothingBehind() throws Exception {
        leaveNothingBehind(10_000);
    }

    private void leaveNothingBehind(int count) throws Exception {
        ManyObjects.leaveNothingBehind(
                count,
                provider -> Patchbay.builder()
                        .withoutDiscovery()
                        .environment(Map.of())
                        .definition(Definition.builder("ok")
                                .baseUrl(provider)
                                .auth(Auth.NONE)
                                .build())
                        .build(),
                (patchbay, model) -> assertThat(ask(patchbay, "ok/" + model)).isEqualTo(ManyObjects.TEXT));
    }

    /** E09. */
    @Test
    void whatTheProviderWantsWaitedForIsWaitedFor() throws IOException {
        fake.enqueue(Answer.error(429, "rate_limit", "slow down").header("Retry-After", "1"));
        try (Patchbay patchbay = with("/v1", ", http: {retries: {max: 1}}").build()) {
            long begun = System.nanoTime();

            assertThat(ask(patchbay, "p/")).isEqualTo(FakeProvider.DEFAULT_TEXT);

            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
            assertThat(fake.requests()).hasSize(2);
        }
    }

    /** E11. */
    @Test
    void nothingDependsOnTheContextLoader() throws Exception {
        List<ClassLoader> loaders = new ArrayList<>();
        loaders.add(null);
        loaders.add(ClassLoader.getPlatformClassLoader());
        loaders.add(new AnotherJackson());
        try (Patchbay patchbay = with("/v1", "").build()) {
            for (ClassLoader loader : loaders) {
                CompletableFuture<String> answer = new CompletableFuture<>();
                Thread thread = new Thread(() -> {
                    try {
                        answer.complete(ask(patchbay, "p/"));
                    } catch (Throwable failure) {
                        answer.completeExceptionally(failure);
                    }
                });
                thread.setContextClassLoader(loader);
                thread.start();
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(FakeProvider.DEFAULT_TEXT);
            }
        }
    }

    /** That of a container whose Jackson does not fit. */
    private static final class AnotherJackson extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.fasterxml.jackson")) {
                throw new NoSuchMethodError("another version of " + name);
            }
            return super.loadClass(name, resolve);
        }
    }

    /** E12. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/api/paas/v4", "", "/v1/chat/completions"})
    void everyOperationSharesTheBaseUrl(String path) throws IOException {
        fake.answer("/embeddings", Answer.json(200, "{\"data\":[{\"embedding\":[1]}]}"));
        try (Patchbay patchbay = with(path, "").build()) {
            ask(patchbay, "p/");
            embed(patchbay, "p/e");
            assertThat(patchbay.models("p")).isNotEmpty();
        }
        List<String> paths = fake.requests().stream().map(RecordedRequest::path).toList();
        assertThat(paths).hasSize(3);
        assertThat(paths.get(0)).endsWith("/chat/completions").doesNotContain("//");
        assertThat(paths.get(1)).isEqualTo(paths.get(0).replace("/chat/completions", "/embeddings"));
        assertThat(paths.get(2)).isEqualTo(paths.get(0).replace("/chat/completions", "/models"));
    }
}
