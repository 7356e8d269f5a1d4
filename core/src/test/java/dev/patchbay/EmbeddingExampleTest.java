package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.patchbay.guice.PatchbayModule;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionStore;
import dev.patchbay.testkit.FakeProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the design of sessions shows to an embedder, run against a server. */
final class EmbeddingExampleTest {

    @TempDir
    Path folder;

    private final FakeProvider fake = FakeProvider.start();
    private final Environment environment = Environment.of(Map.of("GROQ_API_KEY", "key-of-groq"));

    @BeforeEach
    void writeProviderFile() throws Exception {
        Files.writeString(folder.resolve("groq.yaml"), """
                providers:
                  groq:
                    baseUrl: %s
                    apiKey: $GROQ_API_KEY
                """.formatted(fake.baseUrl("/openai/v1")));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void launchesASessionFromAFolderOfProviderFiles() {
        try (Patchbay patchbay =
                Patchbay.builder().environment(environment).config(folder).build()) {
            Session session = patchbay.launch(LaunchRequest.query("Explain recursion")
                    .provider("groq")
                    .model("llama-3.3-70b-versatile")
                    .build());
            session.onEvent(event -> assertThat(event.toString()).doesNotContain("key-of-groq"));
            String answer = session.await().text();
            assertThat(answer).isEqualTo(FakeProvider.DEFAULT_TEXT);
        }
        assertThat(fake.onlyRequest().target()).isEqualTo("/openai/v1/chat/completions");
    }

    @Test
    void guiceBindsOnePatchbayAndItsStore() {
        Injector injector = Guice.createInjector(
                new PatchbayModule(patchbay -> patchbay.environment(environment).config(folder)));
        try (Patchbay patchbay = injector.getInstance(Patchbay.class)) {
            assertThat(injector.getInstance(Patchbay.class)).isSameAs(patchbay);
            Session session = patchbay.launch(
                    LaunchRequest.query("Hi").provider("groq").model("m").build());
            session.await();
            assertThat(injector.getInstance(SessionStore.class).find(session.id()))
                    .isPresent();
        }
    }
}
