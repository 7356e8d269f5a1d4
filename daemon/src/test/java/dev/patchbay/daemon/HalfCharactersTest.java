package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.json.Json;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half of a surrogate pair and a zero, which JSON can say and UTF-8 and SQLite cannot: no reply is broken by them, whatever they stand in. */
final class HalfCharactersTest {

    private static final String HALF = "a\\ud800b\\u0000c";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start().answer(Answer.text("Hello"));
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = TestDaemon.start(home, fake);
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query",
                "title",
                "system_prompt",
                "append_system_prompt",
                "provider",
                "model",
                "working_dir",
                "proxy_base_url",
                "proxy_api_key",
                "proxy_model_override"
            })
    void aLaunchIsRefusedOrKeptAndShown(String field) throws Exception {
        String query = field.equals("query") ? "" : "\"query\":\"Hi\",";
        String provider = field.equals("provider") ? "" : "\"provider\":\"ok\",";
        String proxy = field.startsWith("proxy") ? "\"proxy_enabled\":true," : "";
        check(daemon.post("/sessions", "{" + query + provider + proxy + "\"" + field + "\":\"" + HALF + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"options\":{\"user\":\"%s\"}",
                "\"options\":{\"%s\":1}",
                "\"options\":{\"stop\":[\"%s\"]}",
                "\"output_schema\":{\"type\":\"object\",\"title\":\"%s\"}",
                "\"attachments\":[{\"name\":\"%s.txt\",\"media_type\":\"text/plain\",\"data\":\"SGk=\"}]",
                "\"attachments\":[{\"name\":\"a.txt\",\"media_type\":\"%s\",\"data\":\"SGk=\"}]",
                "\"draft\":true,\"title\":\"%s\"",
                "\"%s\":1"
            })
    void whatIsDeeperIsRefusedOrKeptAndShown(String member) throws Exception {
        check(daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\"," + member.formatted(HALF) + "}"));
    }

    @Test
    void aSessionIsChangedContinuedAndArchivedWithThem() throws Exception {
        String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        try (EventReader events = daemon.events("", "Last-Event-ID", "0")) {
            events.untilEnded(id);
        }
        for (String field : List.of("title", "model", "provider", "proxy_base_url", "proxy_api_key")) {
            check(daemon.patch("/sessions/" + id, "{\"" + field + "\":\"" + HALF + "\"}"));
        }
        check(daemon.post("/sessions/" + id + "/continue", "{\"query\":\"" + HALF + "\"}"));
        check(daemon.post("/sessions/archive", "{\"session_ids\":[\"" + HALF + "\"]}"));
        check(daemon.post("/sessions/" + id + "/launch", "{\"prompt\":\"" + HALF + "\"}"));
    }

    @Test
    void whatAModelSaysIsKeptAndShown() throws Exception {
        fake.answer(Answer.json(
                200,
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"" + HALF
                        + "\"},\"finish_reason\":\"stop\"}]}"));
        check(daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\"}"));
    }

    @Test
    void aSearchForThemIsAnswered() throws Exception {
        for (String words : List.of("%00", "a%00b", "%ED%A0%80", "%ED%A0%80%00x", "%FF", "%F0%9F")) {
            assertThat(daemon.get("/sessions/search?query=" + words).status())
                    .as(words)
                    .isIn(200, 400, 422);
        }
        assertThat(daemon.get("/sessions/search?query=" + URLEncoder.encode("\0", StandardCharsets.UTF_8))
                        .status())
                .isIn(200, 422);
    }

    /** Refused in the one shape, or there wherever it is shown. */
    private void check(TestDaemon.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.http().body()).isIn(200, 201, 207, 400, 409, 422);
        if (answer.status() >= 400) {
            assertThat(answer.error().path("message").asText()).isNotBlank();
        }
        if (answer.status() == 201) {
            String id = answer.data().path("session_id").asText();
            if (daemon.get("/sessions/" + id).data().path("status").asText().equals("draft")) {
                return;
            }
            try (EventReader events = daemon.events("?sessionId=" + id, "Last-Event-ID", "0")) {
                events.untilEnded(id);
            }
            assertThat(daemon.get("/sessions/" + id).data().path("status").asText())
                    .isIn("completed", "failed");
            requireJson("/sessions/" + id);
            requireJson("/sessions/" + id + "/messages");
        }
        requireJson("/sessions");
        requireJson("/sessions/search?query=Hi");
    }

    private void requireJson(String path) throws Exception {
        byte[] body = HttpClient.newHttpClient()
                .send(daemon.request(path).build(), BodyHandlers.ofByteArray())
                .body();
        String text = text(body);
        assertThat(Json.tryParse(text)).as(text).isPresent();
        assertThat(text).as("an answer of 200").contains("\"data\"");
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new AssertionError("the reply is no UTF-8", broken);
        }
    }
}
