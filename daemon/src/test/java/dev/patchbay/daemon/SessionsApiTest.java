package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over REST: launch, look, change, go on, end, delete. */
final class SessionsApiTest {

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
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

    @Test
    void aSessionRunsToItsEndAndIsShown() {
        fake.answer(Answer.text("Hel", "lo"));
        String id;
        try (EventReader events = daemon.events("")) {
            id = daemon.launch(
                    "{\"query\":\"Hi\",\"provider\":\"ok\",\"workingDir\":\"" + home + "\",\"title\":\"T\"}");
            events.untilEnded(id);
        }
        JsonNode session = daemon.get("/sessions/" + id).data();
        assertThat(session.path("status").asText()).isEqualTo("completed");
        assertThat(session.path("provider").asText()).isEqualTo("ok");
        assertThat(session.path("model_id").asText()).isEqualTo("m");
        assertThat(session.path("working_dir").asText()).isEqualTo(home.toString());
        assertThat(session.path("title").asText()).isEqualTo("T");
        JsonNode messages = daemon.get("/sessions/" + id + "/messages").data();
        assertThat(messages).hasSize(2);
        assertThat(messages.get(1).path("content").asText()).isEqualTo("Hello");
        JsonNode list = daemon.get("/sessions").json();
        assertThat(list.path("data")).hasSize(1);
        assertThat(list.path("counts").path("normal").asInt()).isEqualTo(1);
    }

    @Test
    void theStockClientsRequestIsServedByAnAdHocProvider() {
        TestDaemon.Answer launched = daemon.post("/sessions", """
                {"query":"Explain recursion","model":"llama-3.3-70b-versatile","proxy_enabled":true,
                 "proxy_base_url":"%s","proxy_model_override":"llama-3.3-70b-versatile","proxy_api_key":"gsk_TEST"}
                """.formatted(fake.baseUrl("/openai/v1")));
        assertThat(launched.status()).isEqualTo(201);
        assertThat(launched.data().path("run_id").asText()).isNotEmpty();
        assertThat(fake.takeRequest(TestDaemon.LIMIT).header("authorization")).contains("Bearer gsk_TEST");
        String id = launched.data().path("session_id").asText();
        String session = daemon.get("/sessions/" + id).http().body();
        assertThat(session)
                .contains("\"has_api_key\":true", "\"proxy_enabled\":true")
                .doesNotContain("gsk_TEST");
    }

    /** Ours are known in either spelling; what is the provider's own goes as it is written. */
    @Test
    void optionsOfTheProviderKeepTheirNames() {
        TestDaemon.Answer launched = daemon.post(
                "/sessions",
                "{\"query\":\"Hi\",\"provider\":\"ok\",\"options\":{\"topP\":0.5,\"safetySettings\":{\"someThing\":1}}}");
        assertThat(launched.data().path("warnings").path(0).asText())
                .contains("safetySettings")
                .doesNotContain("safety_settings");
        assertThat(fake.takeRequest(TestDaemon.LIMIT).text()).contains("\"top_p\":0.5");
    }

    @Test
    void whateverStartsASessionIsToldWhatItsProviderIsNotTold() {
        String options = "\"provider\":\"ok\",\"options\":{\"effort\":\"high\",\"top_k\":3}}";
        String warning = "left out of the request to ok: effort, top_k;";
        String id;
        try (EventReader events = daemon.events("")) {
            TestDaemon.Answer launched = daemon.post("/sessions", "{\"query\":\"Hi\"," + options);
            assertThat(launched.data().path("warnings").path(0).asText()).startsWith(warning);
            id = launched.data().path("session_id").asText();
            events.untilEnded(id);
        }
        TestDaemon.Answer more = daemon.post("/sessions/" + id + "/continue", "{\"query\":\"And?\"}");
        assertThat(more.data().path("warnings").path(0).asText()).startsWith(warning);
        String draft = daemon.launch("{\"draft\":true,\"query\":\"Hi\"," + options);
        TestDaemon.Answer drafted = daemon.post("/sessions/" + draft + "/launch", "{\"prompt\":\"Hi\"}");
        assertThat(drafted.data().path("warnings").path(0).asText()).startsWith(warning);
        assertThat(daemon.get("/sessions/" + draft).data().has("warnings")).isFalse();
        assertThat(daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\"}")
                        .data()
                        .has("warnings"))
                .isFalse();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        TestDaemon.Answer refused = daemon.post(
                "/sessions",
                "{\"query\":\" \",\"model\":7,\"agent\":\"claude\",\"max_turns\":3,\"working_dir\":\".\",\"temperature\":9}");
        assertThat(refused.status()).isEqualTo(422);
        List<String> fields = new ArrayList<>();
        refused.error().path("fields").fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactlyInAnyOrder("query", "model", "agent", "max_turns", "working_dir", "temperature");
        assertThat(refused.error().path("fields").path("agent").asText()).isEqualTo("is not supported yet");
        TestDaemon.Answer twice =
                daemon.post("/sessions", "{\"query\":\"Hi\",\"proxyEnabled\":true,\"proxy_enabled\":true}");
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.error().path("fields").has("proxy_enabled")).isTrue();
        TestDaemon.Answer missing =
                daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"mine\",\"proxy_enabled\":true}");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.error().path("fields").has("proxy_base_url")).isTrue();
        assertThat(missing.error().path("fields").has("proxy_api_key")).isTrue();
        assertThat(missing.error().path("fields").has("proxy_model_override")).isTrue();
        TestDaemon.Answer unknown = daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"okk\"}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.error().path("fields").has("provider")).isTrue();
        assertThat(unknown.error().path("message").asText()).contains("did you mean ok?");
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void anInterruptEndsTheCallAndASessionGoesOnAfterwards() {
        fake.enqueue(Answer.text("a", "b").holdBefore("\"b\"", Gate.closed()), Answer.text("more"));
        try (EventReader events = daemon.events("?eventTypes=session_status_changed,conversation_delta")) {
            String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}");
            events.until(frame -> frame.type().equals("conversation_delta"));
            assertThat(daemon.delete("/sessions/" + id).status()).isEqualTo(409);
            assertThat(daemon.post("/sessions/" + id + "/continue", "{\"query\":\"x\"}")
                            .status())
                    .isEqualTo(409);
            TestDaemon.Answer interrupted = daemon.post("/sessions/" + id + "/interrupt", "");
            assertThat(interrupted.status()).isEqualTo(200);
            assertThat(interrupted.data().path("status").asText()).isEqualTo("interrupting");
            fake.awaitClientGone(TestDaemon.LIMIT);
            List<EventReader.Frame> frames = events.untilEnded(id);
            assertThat(frames.get(frames.size() - 1).data().path("new_status").asText())
                    .isEqualTo("interrupted");
            assertThat(daemon.post("/sessions/" + id + "/interrupt", "").status())
                    .isEqualTo(409);

            TestDaemon.Answer child = daemon.post("/sessions/" + id + "/continue", "{\"query\":\"Go on\"}");
            assertThat(child.status()).isEqualTo(201);
            assertThat(child.data().path("parent_session_id").asText()).isEqualTo(id);
            assertThat(child.data().path("claude_session_id").asText()).isEmpty();
            String childId = child.data().path("session_id").asText();
            events.untilEnded(childId);
            assertThat(daemon.get("/sessions/" + childId + "/messages").data().toString())
                    .contains("\"content\":\"Hi\"", "\"content\":\"a\"", "Go on", "more");
            assertThat(daemon.get("/sessions").data()).hasSize(1);
            assertThat(daemon.get("/sessions?leavesOnly=false").data()).hasSize(2);
            assertThat(daemon.delete("/sessions/" + childId).status()).isEqualTo(204);
            assertThat(daemon.get("/sessions/" + childId).status()).isEqualTo(404);
        }
    }

    @Test
    void anUpdateChangesTheNextCallAndDropsAKeyOfAnotherOrigin() {
        String id = daemon.launch("""
                {"query":"Hi","provider":"mine","proxy_enabled":true,"proxy_base_url":"%s",
                 "proxy_model_override":"one","proxy_api_key":"key-1"}
                """.formatted(fake.baseUrl("/v1")));
        fake.takeRequest(TestDaemon.LIMIT);
        TestDaemon.Answer updated =
                daemon.patch("/sessions/" + id, "{\"proxyModelOverride\":\"two\",\"title\":\"New\",\"archived\":true}");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.data().path("proxy_model_override").asText()).isEqualTo("two");
        assertThat(updated.data().path("title").asText()).isEqualTo("New");
        assertThat(updated.data().path("archived").asBoolean()).isTrue();
        assertThat(daemon.get("/sessions")
                        .json()
                        .path("counts")
                        .path("archived")
                        .asInt())
                .isEqualTo(1);
        assertThat(daemon.get("/sessions?filter=archived").data()).hasSize(1);
        daemon.patch("/sessions/" + id, "{\"proxy_base_url\":\"https://other.example/v1\"}");
        try (EventReader events = daemon.events("?lastEventId=0&sessionId=" + id)) {
            events.untilEnded(id);
        }
        TestDaemon.Answer refused = daemon.post("/sessions/" + id + "/continue", "{\"query\":\"Go on\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.error().path("fields").has("proxy_api_key")).isTrue();
    }

    @Test
    void aListGoesOnWhereAPageEnded() {
        fake.answer(Answer.text("x"));
        try (EventReader events = daemon.events("")) {
            for (int i = 0; i < 5; i++) {
                events.untilEnded(daemon.launch("{\"query\":\"Q" + i + "\",\"provider\":\"ok\"}"));
            }
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode list = daemon.get("/sessions?limit=2" + cursor).json();
            list.path("data").forEach(session -> seen.add(session.path("query").asText()));
            cursor = "&cursor=" + list.path("next_cursor").asText();
        }
        assertThat(seen).containsExactly("Q4", "Q3", "Q2", "Q1", "Q0");
        assertThat(daemon.get("/sessions?limit=0").status()).isEqualTo(400);
        assertThat(daemon.get("/sessions?cursor=nonsense").status()).isEqualTo(400);
        assertThat(daemon.get("/sessions?filter=all").status()).isEqualTo(400);
        assertThat(daemon.get("/sessions?leavesOnly=perhaps").status()).isEqualTo(400);
    }
}
