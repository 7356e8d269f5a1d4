package dev.patchbay.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drafts, search, archive, usage, attachments, repeated requests, keys, providers, the address of a session. */
final class MoreOfTheApiTest {

    private static final String CANARY = "canary-key-Q7XzK-0123456789";

    @TempDir
    Path home;

    private final FakeProvider fake = FakeProvider.start();
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        fake.answer(Answer.text("Hello"));
        daemon = TestDaemon.start(home, fake);
    }

    @AfterEach
    void close() {
        daemon.close();
        fake.close();
    }

    private String ended(String id) {
        try (EventReader events = daemon.events("?lastEventId=0&sessionId=" + id)) {
            events.untilEnded(id);
        }
        return id;
    }

    @Test
    void aDraftWaitsIsChangedAndLaunchedOnce() {
        String id = daemon.launch(
                "{\"query\":\"first thought\",\"provider\":\"nobody\",\"draft\":true,\"system_prompt\":\"Be brief\"}");
        assertThat(daemon.get("/sessions/" + id).data().path("status").asText()).isEqualTo("draft");
        assertThat(daemon.get("/sessions").data()).isEmpty();
        assertThat(daemon.get("/sessions?filter=draft").data()).hasSize(1);
        assertThat(daemon.post("/sessions/" + id + "/interrupt", "").status()).isEqualTo(409);
        assertThat(daemon.post("/sessions/" + id + "/continue", "{\"query\":\"x\"}")
                        .status())
                .isEqualTo(409);
        TestDaemon.Answer refused = daemon.post("/sessions/" + id + "/launch", "{\"prompt\":\"now\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(fake.requests()).isEmpty();
        assertThat(daemon.post("/sessions/" + id + "/launch", "{\"prompt\":\" \"}")
                        .status())
                .isEqualTo(422);

        daemon.patch("/sessions/" + id, "{\"provider\":\"ok\"}");
        TestDaemon.Answer launched = daemon.post("/sessions/" + id + "/launch", "{\"prompt\":\"now\"}");
        assertThat(launched.status()).as(launched.http().body()).isEqualTo(200);
        assertThat(launched.data().path("id").asText()).isEqualTo(id);
        ended(id);
        assertThat(fake.onlyRequest().text()).contains("Be brief", "now").doesNotContain("first thought");
        JsonNode session = daemon.get("/sessions/" + id).data();
        assertThat(session.path("status").asText()).isEqualTo("completed");
        assertThat(session.path("query").asText()).isEqualTo("now");
        assertThat(daemon.post("/sessions/" + id + "/launch", "{\"prompt\":\"now\"}")
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"query\":\"q\",\"title\":\"%s\"} | 1001 characters, at most 1000",
                "{\"query\":\"\"} | must not be blank",
                "{\"query\":\" \"} | must not be blank",
                "{\"query\":7} | must be a text",
                "{\"query\":\"q\",\"draft\":1} | must be true or false",
                "{\"query\":\"q\",\"temperature\":2.5} | must be a number from 0 to 2",
                "{\"query\":\"q\",\"max_tokens\":0} | must be a whole number from 1",
                "{\"query\":\"q\",\"attachments\":{}} | must be a list",
                "{} | must not be blank"
            })
    void whatABodyMustBeIsSaidInOneLanguage(String body, String words) {
        TestDaemon.Answer refused = daemon.post("/sessions", body.formatted("x".repeat(1001)));
        assertThat(refused.http().body())
                .contains(words)
                .doesNotContain("Instance", "String is", "pattern", "Array has", "greater than", "less than");
    }

    @Test
    void aDraftThatWasThrownAwayComesBack() {
        String id = daemon.launch("{\"query\":\"q\",\"provider\":\"ok\",\"draft\":true}");
        assertThat(daemon.delete("/sessions/" + id + "/launch").status()).isEqualTo(204);
        assertThat(daemon.get("/sessions/" + id).data().path("status").asText()).isEqualTo("discarded");
        assertThat(daemon.delete("/sessions/" + id + "/launch").status()).isEqualTo(409);
        assertThat(daemon.post("/sessions/restore", "{\"sessionIds\":[\"" + id + "\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(daemon.post("/sessions/" + id + "/launch", "{\"prompt\":\"now\"}")
                        .status())
                .isEqualTo(200);
        ended(id);
    }

    @Test
    void anArchiveTakesWhatItCan() {
        String id = ended(daemon.launch("{\"query\":\"q\",\"provider\":\"ok\"}"));
        TestDaemon.Answer some =
                daemon.post("/sessions/archive", "{\"session_ids\":[\"" + id + "\",\"none\"],\"archived\":true}");
        assertThat(some.status()).isEqualTo(207);
        assertThat(some.data().path("failed_sessions").get(0).asText()).isEqualTo("none");
        assertThat(daemon.get("/sessions?filter=archived").data()).hasSize(1);
        assertThat(daemon.post("/sessions/restore", "{\"session_ids\":[\"" + id + "\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(daemon.get("/sessions").data()).hasSize(1);
        for (String body : List.of("{}", "{\"session_ids\":[]}", "{\"session_ids\":\"x\"}", "{\"session_ids\":[1]}")) {
            assertThat(daemon.post("/sessions/archive", body).status()).isEqualTo(400);
        }
    }

    @Test
    void wordsAreFoundAsTheyStand() {
        List<String> words =
                List.of("it's", "a/b.c", "multi-agent", "user@host", "C++", "50%", "\"q\"", "NEAR(", "*", "-x", "[a]");
        ended(daemon.launch(
                "{\"query\":\"" + String.join(" ", words).replace("\"", "\\\"") + "\",\"provider\":\"ok\"}"));
        for (String word : words) {
            TestDaemon.Answer found = daemon.get("/sessions/search?query=" + URLEncoder.encode(word, UTF_8));
            assertThat(found.status()).isEqualTo(200);
            assertThat(found.data()).as(word).hasSize(1);
        }
        assertThat(daemon.get("/sessions/search?query=elsewhere").data()).isEmpty();
        assertThat(daemon.get("/sessions/search?query=%20").status()).isEqualTo(422);
        assertThat(daemon.get("/sessions/search").status()).isEqualTo(422);
    }

    @Test
    void usageIsSummedForATime() {
        ended(daemon.launch("{\"query\":\"q\",\"provider\":\"ok\"}"));
        JsonNode line = daemon.get("/usage?by=provider&from=2020-01-01").data().get(0);
        assertThat(line.path("provider").asText()).isEqualTo("ok");
        assertThat(line.path("calls").asInt()).isEqualTo(1);
        assertThat(daemon.get("/usage?to=2020-01-01").data()).isEmpty();
        assertThat(daemon.get("/usage?from=yesterday").status()).isEqualTo(400);
        assertThat(daemon.get("/usage?by=colour").status()).isEqualTo(400);
    }

    @Test
    void aBlankSettingIsRefusedAndTheSessionStaysAsItIs() {
        String id = ended(daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\"}"));
        String before = daemon.get("/sessions/" + id).data().toString();
        for (String field : List.of("provider", "model", "proxy_base_url", "proxy_model_override", "proxy_api_key")) {
            for (String blank : List.of("", " ")) {
                String member = "\"" + field + "\":\"" + blank + "\"";
                for (TestDaemon.Answer answer : List.of(
                        daemon.patch("/sessions/" + id, "{" + member + "}"),
                        daemon.post("/sessions/" + id + "/continue", "{\"query\":\"More\"," + member + "}"),
                        daemon.post("/sessions", "{\"query\":\"Hi\"," + member + "}"))) {
                    assertThat(answer.status()).as(member).isEqualTo(422);
                    assertThat(answer.error().path("fields").path(field).asText())
                            .isEqualTo("must not be blank");
                }
            }
        }
        assertThat(daemon.get("/sessions/" + id).data()).hasToString(before);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void whoeverNamesOrArchivesASessionIsNotActiveInIt() {
        String first = ended(daemon.launch("{\"query\":\"one\",\"provider\":\"ok\"}"));
        String second = ended(daemon.launch("{\"query\":\"two\",\"provider\":\"ok\"}"));

        daemon.patch("/sessions/" + first, "{\"title\":\"Named\"}");
        daemon.post("/sessions/archive", "{\"session_ids\":[\"" + first + "\"]}");
        daemon.post("/sessions/restore", "{\"session_ids\":[\"" + first + "\"]}");

        assertThat(daemon.get("/sessions").data())
                .extracting(session -> session.path("id").asText())
                .containsExactly(second, first);
    }

    @Test
    void anAttachmentThatIsNoBase64IsRefused() {
        TestDaemon.Answer answer = daemon.post(
                "/sessions",
                "{\"query\":\"Hi\",\"provider\":\"ok\",\"attachments\":[{\"name\":\"a.txt\",\"data\":\"a%%b\"}]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.error().path("message").asText()).contains("the data of 'a.txt' is no Base64");
    }

    @Test
    void attachmentsAreWhatTheirContentIs() {
        String png = Base64.getEncoder()
                .encodeToString("\u0089PNG\r\n\u001a\nrest".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        String text = Base64.getEncoder().encodeToString("<svg/>".getBytes(UTF_8));
        ended(daemon.launch("""
                {"query":"What is this?","provider":"ok","attachments":[
                 {"name":"a.jpg","mediaType":"image/jpeg","data":"%s"},{"name":"b.svg","media_type":"image/svg","data":"%s"}]}
                """.formatted(png, text)));
        assertThat(fake.onlyRequest().text()).contains("data:image/png;base64," + png, "<svg/>", "What is this?");
        for (String bad : List.of(
                "{\"name\":\"x\"}", "{\"name\":\"x\",\"data\":\"AAEC\"}", "7", "{\"name\":\"x\",\"data\":\"\"}")) {
            TestDaemon.Answer refused =
                    daemon.post("/sessions", "{\"query\":\"q\",\"provider\":\"ok\",\"attachments\":[" + bad + "]}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.error().path("fields").has("attachments")).isTrue();
        }
    }

    @Test
    void aRepeatedRequestIsDoneOnceAlsoAfterARestart() {
        String body = "{\"query\":\"q\",\"provider\":\"ok\"}";
        TestDaemon.Answer first = repeated("/sessions", body);
        ended(first.data().path("session_id").asText());
        TestDaemon.Answer second = repeated("/sessions", body);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        daemon = daemon.restart();
        assertThat(repeated("/sessions", body).json()).isEqualTo(first.json());
        assertThat(repeated("/sessions", "{\"query\":\"other\",\"provider\":\"ok\"}")
                        .status())
                .isEqualTo(409);
        assertThat(repeated("/sessions/archive", body).status()).isEqualTo(409);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void whatNamesARequestIsNotStoredAsItStands() throws Exception {
        String body = "{\"query\":\"q\",\"provider\":\"ok\"}";
        TestDaemon.Answer first = repeated("/sessions", body, CANARY);
        ended(first.data().path("session_id").asText());
        assertThat(repeated("/sessions", body, CANARY).json()).isEqualTo(first.json());
        assertNowhere(CANARY);
    }

    private TestDaemon.Answer repeated(String path, String body) {
        return repeated(path, body, "once");
    }

    private TestDaemon.Answer repeated(String path, String body, String key) {
        return daemon.send(daemon.request(path)
                .header("content-type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aKeyLastsSealedAndIsToldToNobody() throws Exception {
        String first = CANARY + "-1";
        String second = CANARY + "-2";
        String id = ended(daemon.launch("""
                {"query":"Hi","provider":"mine","proxy_enabled":true,"proxy_base_url":"%s",
                 "proxy_model_override":"m","proxy_api_key":"%s"}
                """.formatted(fake.baseUrl("/v1"), first)));
        assertThat(fake.requests().get(0).header("authorization")).contains("Bearer " + first);
        daemon = daemon.restart();
        String child = goOn(id);
        assertThat(fake.requests().get(1).header("authorization")).contains("Bearer " + first);
        daemon.patch("/sessions/" + child, "{\"proxyApiKey\":\"" + second + "\"}");
        daemon = daemon.restart();
        String grandchild = goOn(child);
        assertThat(fake.requests().get(2).header("authorization")).contains("Bearer " + second);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("patchbay.db.key"))))
                .isEqualTo("rw-------");
        assertNowhere(CANARY);
        for (String path : List.of(
                "/sessions?leavesOnly=false",
                "/sessions/" + id,
                "/sessions/" + child + "/messages",
                "/sessions/search?query=Hi")) {
            assertThat(daemon.get(path).http().body()).doesNotContain(CANARY);
        }
        try (EventReader events = daemon.events("", "Last-Event-ID", "0")) {
            assertThat(events.untilEnded(grandchild).toString()).doesNotContain(CANARY);
        }
        assertThat(daemon.delete("/sessions/" + child).status()).isEqualTo(204);
        daemon = daemon.restart();
        assertThat(daemon.post(
                                "/sessions/" + id + "/continue",
                                "{\"query\":\"again\",\"proxy_api_key\":\"" + second + "\"}")
                        .status())
                .isEqualTo(201);
        assertNowhere(CANARY);
    }

    /** It would be stored in the open, and shown with every session. */
    @Test
    void aKeyInAFieldThatIsShownIsRefusedAndNotRepeated() throws Exception {
        String key = ",\"proxy_enabled\":true,\"proxy_base_url\":\"" + fake.baseUrl("/v1") + "\",\"proxy_api_key\":\""
                + CANARY + "\"";
        String id = ended(daemon.launch("{\"query\":\"Hi\",\"provider\":\"mine\",\"model\":\"m\"" + key + "}"));
        for (String field : List.of("provider", "model", "proxy_model_override", "title", "working_dir")) {
            String folder = Files.createDirectories(home.resolve(CANARY)).toString();
            String typed = ",\"" + field + "\":\"" + (field.equals("working_dir") ? folder : CANARY) + "\"";
            assertMisplaced(field, daemon.post("/sessions", "{\"query\":\"Hi\"" + key + typed + "}"));
            assertMisplaced(field, daemon.post("/sessions", "{\"query\":\"Hi\",\"draft\":true" + key + typed + "}"));
            if (!field.equals("provider")) {
                assertMisplaced(field, daemon.post("/sessions/" + id + "/continue", "{\"query\":\"Hi\"" + typed + "}"));
            }
            if (!field.equals("provider") && !field.equals("working_dir")) {
                assertMisplaced(field, daemon.patch("/sessions/" + id, "{" + typed.substring(1) + "}"));
            }
        }
        assertNowhere(CANARY);
    }

    /** Whose key it is, nobody knows: it looks like one. */
    @Test
    void whatLooksLikeAKeyIsNoModel() throws Exception {
        String typed = "gsk_Q7XzK0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ";
        for (String field : List.of("provider", "model", "proxy_model_override")) {
            assertMisplaced(
                    field, daemon.post("/sessions", "{\"query\":\"Hi\",\"" + field + "\":\"" + typed + "\"}"), typed);
        }
        assertThat(daemon.post(
                                "/sessions",
                                "{\"query\":\"Hi\",\"provider\":\"ok\",\"model\":\"hf-llama-3.1-70b-instruct\"}")
                        .status())
                .isEqualTo(201);
        assertNowhere(typed);
    }

    private static void assertMisplaced(String field, TestDaemon.Answer answer, String... typed) {
        assertThat(answer.status()).as(field + ": " + answer.http().body()).isEqualTo(422);
        assertThat(answer.error().path("fields").has(field)).as(field).isTrue();
        assertThat(answer.http().body()).doesNotContain(CANARY).doesNotContain(typed.length == 0 ? CANARY : typed[0]);
    }

    private String goOn(String id) {
        TestDaemon.Answer child = daemon.post("/sessions/" + id + "/continue", "{\"query\":\"Go on\"}");
        assertThat(child.status()).as(child.http().body()).isEqualTo(201);
        return ended(child.data().path("session_id").asText());
    }

    private void assertNowhere(String canary) throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(canary);
            }
        }
    }

    @Test
    void aMissingKeyFileLosesTheKeysAndNothingElse() throws Exception {
        String id = ended(daemon.launch("""
                {"query":"Hi","provider":"mine","proxy_enabled":true,"proxy_base_url":"%s",
                 "proxy_model_override":"m","proxy_api_key":"%s"}
                """.formatted(fake.baseUrl("/v1"), CANARY)));
        daemon.close();
        Files.delete(home.resolve("patchbay.db.key"));
        daemon = daemon.restart();
        assertThat(daemon.get("/sessions/" + id).status()).isEqualTo(200);
        TestDaemon.Answer refused = daemon.post("/sessions/" + id + "/continue", "{\"query\":\"Go on\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error().path("message").asText()).contains("give proxy_api_key anew");
    }

    @Test
    void providersAreShownWithTheirStateAndWithoutTheirKeys() throws Exception {
        Files.writeString(home.resolve("providers/q.yaml"), """
                providers:
                  keyless: {baseUrl: "https://api.example.com/v1", apiKey: $NOT_SET_ANYWHERE, defaultModel: m}
                """);
        JsonNode list = daemon.post("/providers/reload", "").json();
        assertThat(list.path("data").toString()).contains("\"id\":\"ok\",\"state\":\"READY\"", "\"id\":\"keyless\"");
        JsonNode keyless = daemon.get("/providers/keyless").data();
        assertThat(keyless.path("state").asText()).isEqualTo("UNAVAILABLE");
        assertThat(keyless.path("reason").asText()).contains("NOT_SET_ANYWHERE", "in the daemon's environment of ");
        assertThat(daemon.get("/providers/okk").error().path("message").asText())
                .contains("did you mean ok?");
        TestDaemon.Answer test = daemon.post("/providers/ok/test", "{}");
        assertThat(test.status()).as(test.http().body()).isEqualTo(200);
        assertThat(test.data().path("steps")).isNotEmpty();
        assertThat(daemon.get("/openapi.yaml").http().body())
                .startsWith("# The contract")
                .contains("openapi: 3.1.0");
    }

    @Test
    void theAddressOfASessionLeadsToItsProviderAndModel() {
        String id = ended(daemon.launch("""
                {"query":"Hi","provider":"mine","proxy_enabled":true,"proxy_base_url":"%s",
                 "proxy_model_override":"its-model","proxy_api_key":"its-key"}
                """.formatted(fake.baseUrl("/v1"))));
        for (String path : List.of("/sessions/" + id + "/llm/v1/messages", "/anthropic_proxy/" + id + "/v1/messages")) {
            TestDaemon.Answer answer = daemon.post(path, """
                    {"model":"claude-opus-4-1","max_tokens":9,"messages":[{"role":"user","content":"Through"}]}
                    """);
            assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
            assertThat(answer.json().path("content").get(0).path("text").asText())
                    .isEqualTo("Hello");
        }
        assertThat(fake.requests()).hasSize(3);
        assertThat(fake.requests().get(2).text())
                .contains("its-model", "Through")
                .doesNotContain("opus");
        assertThat(fake.requests().get(2).header("authorization")).contains("Bearer its-key");
        assertThat(daemon.get("/sessions/" + id + "/llm/v1/models").http().body())
                .contains("its-model");
        assertThat(daemon.post("/sessions/none/llm/v1/messages", "{\"model\":\"x\",\"max_tokens\":9,\"messages\":[]}")
                        .status())
                .isEqualTo(404);
        assertThat(daemon.send(java.net.http.HttpRequest.newBuilder(daemon.url("/sessions/" + id + "/llm/v1/models")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theTraceOfALaunchGoesOnToTheProvider() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        for (String parent : List.of(trace, "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")) {
            TestDaemon.Answer launched = daemon.send(daemon.request("/sessions")
                    .header("content-type", "application/json")
                    .header("traceparent", parent)
                    .header("tracestate", "vendor=x")
                    .POST(BodyPublishers.ofString("{\"query\":\"Hi\",\"provider\":\"ok\"}")));
            String id = ended(launched.data().path("session_id").asText());
            ended(daemon.post("/sessions/" + id + "/continue", "{\"query\":\"more\"}")
                    .data()
                    .path("session_id")
                    .asText());
        }
        assertThat(fake.requests())
                .extracting(request -> request.header("traceparent").orElse("none"))
                .containsExactly(trace, "none", "none", "none");
        assertThat(fake.requests().get(0).header("tracestate")).hasValue("vendor=x");
    }

    @Test
    void theTraceOfALaunchedDraftIsThatOfItsLaunch() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        String id = daemon.launch("{\"query\":\"Hi\",\"provider\":\"ok\",\"draft\":true}");

        TestDaemon.Answer launched = daemon.send(daemon.request("/sessions/" + id + "/launch")
                .header("content-type", "application/json")
                .header("traceparent", trace)
                .header("tracestate", "vendor=x")
                .POST(BodyPublishers.ofString("{\"prompt\":\"Hi\"}")));

        assertThat(launched.status()).isEqualTo(200);
        ended(id);
        assertThat(fake.requests().get(0).header("traceparent")).hasValue(trace);
        assertThat(fake.requests().get(0).header("tracestate")).hasValue("vendor=x");
    }
}
