package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the default provider is what a launch does that names none. */
final class DefaultProviderTest {

    private static final String LAUNCH = "{\"query\":\"Hi\"}";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start().answer(Answer.text("Hello"));

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void whereNobodyChoseThereIsNone() {
        try (TestDaemon daemon = TestDaemon.start(home, fake)) {
            TestDaemon.Answer launch = daemon.post("/sessions", LAUNCH);
            assertThat(launch.status()).isEqualTo(422);
            assertThat(launch.error().path("message").asText())
                    .contains("no provider is named, and there is no default: ok, other are ready");
            JsonNode providers = daemon.get("/providers").json();
            assertThat(providers.path("default_provider").isNull())
                    .as(providers.path("default_provider").toString())
                    .isTrue();
        }
    }

    @Test
    void theOneThatAFileNamesAnswers() throws Exception {
        try (TestDaemon daemon = TestDaemon.start(home, fake)) {
            Files.writeString(home.resolve("providers/default.yaml"), "defaultProvider: other\n");
            assertThat(daemon.post("/providers/reload", "")
                            .json()
                            .path("default_provider")
                            .asText())
                    .isEqualTo("other");
            String id = daemon.launch(LAUNCH);
            assertThat(daemon.get("/sessions/" + id).data().path("provider").asText())
                    .isEqualTo("other");
        }
    }

    @Test
    void theOnlyOneThatIsReadyAnswers() throws Exception {
        try (TestDaemon daemon = TestDaemon.start(home, fake)) {
            Files.writeString(
                    home.resolve("providers/p.yaml"),
                    "providers:\n  only: {auth: none, baseUrl: \"" + fake.baseUrl("/v1") + "\", defaultModel: m}\n");
            assertThat(daemon.post("/providers/reload", "")
                            .json()
                            .path("default_provider")
                            .asText())
                    .isEqualTo("only");
            String id = daemon.launch(LAUNCH);
            assertThat(daemon.get("/sessions/" + id).data().path("provider").asText())
                    .isEqualTo("only");
        }
    }
}
