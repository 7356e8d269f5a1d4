package dev.patchbay.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is checked of a setting at launch is checked where it is changed, before anything is stored. */
final class SessionUpdateApiTest {

    private static final String CANARY = "CANARY-of-a-url";

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
    void aUrlThatHoldsAKeyIsRefusedWhereverItIsGivenAndStoredNowhere() throws IOException {
        String id = ended("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        for (String url : List.of(
                "http://u:" + CANARY + "@127.0.0.1:18501/v1",
                "http://127.0.0.1:18501/v1?key=" + CANARY,
                "http://127.0.0.1:18501/v1#" + CANARY)) {
            String member = "\"proxy_base_url\":\"" + url + "\"";
            for (String more : List.of("", ",\"proxy_enabled\":true")) {
                assertRefused("proxy_base_url", daemon.patch("/sessions/" + id, "{" + member + more + "}"));
                assertRefused(
                        "proxy_base_url",
                        daemon.post("/sessions/" + id + "/continue", "{\"query\":\"More\"," + member + more + "}"));
                String launch = "{\"query\":\"Hi\",\"provider\":\"ok\"," + member + more;
                assertRefused("proxy_base_url", daemon.post("/sessions", launch + "}"));
                assertRefused("proxy_base_url", daemon.post("/sessions", launch + ",\"draft\":true}"));
            }
        }
        assertNowhere(CANARY);
    }

    @Test
    void whatCannotBeUsedIsRefusedByMemberAndTheSessionStaysAsItIs() {
        String id = ended("{\"query\":\"Hi\",\"provider\":\"ok\"}");
        String before = daemon.get("/sessions/" + id).data().toString();
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("{\"provider\":\"nobody\"}", "provider");
        refused.put("{\"provider\":\"nobody\",\"proxy_enabled\":true,\"model\":\"m\"}", "proxy_base_url");
        refused.put("{\"proxy_base_url\":\"ftp://x\"}", "proxy_base_url");
        refused.put("{\"proxy_base_url\":\"http://127.0.0.1:99999/v1\"}", "proxy_base_url");
        refused.put("{\"proxy_base_url\":\"http://127.0.0.1:0/v1\"}", "proxy_base_url");
        refused.put("{\"title\":\"\"}", "title");
        refused.put("{\"title\":\" \"}", "title");
        refused.put("{\"title\":\"" + "x".repeat(1_001) + "\"}", "title");
        refused.put("{\"proxy_api_key\":\"key-of-a-test\\n\"}", "proxy_api_key");
        refused.put("{\"proxy_api_key\":\"key-of-a-t\u00e9st\"}", "proxy_api_key");
        refused.forEach((body, field) -> assertRefused(field, daemon.patch("/sessions/" + id, body)));
        assertThat(daemon.get("/sessions/" + id).data()).hasToString(before);
    }

    @Test
    void whatCannotBeUsedIsRefusedAtLaunchToo() {
        String launch = "{\"query\":\"Hi\",\"provider\":\"ok\",";
        assertRefused("title", daemon.post("/sessions", launch + "\"title\":\" \"}"));
        assertRefused("options.effort", daemon.post("/sessions", launch + "\"options\":{\"effort\":\"bogus\"}}"));
        assertRefused("options.effort", daemon.post("/sessions", launch + "\"options\":{\"effort\":\"HIGH\"}}"));
        String deep = "{\"a\":".repeat(450) + "1" + "}".repeat(450);
        assertRefused("output_schema", daemon.post("/sessions", launch + "\"output_schema\":" + deep + "}"));
        assertRefused("options.x", daemon.post("/sessions", launch + "\"options\":{\"x\":" + deep + "}}"));
        for (int port : new int[] {0, 99_999}) {
            assertRefused(
                    "proxy_base_url",
                    daemon.post(
                            "/sessions",
                            launch + "\"proxy_enabled\":true,\"proxy_base_url\":\"http://127.0.0.1:" + port
                                    + "/v1\"}"));
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void aKeyThatNoHeaderCanHoldIsRefusedAtLaunch() {
        for (String key : List.of("key-of\\r\\na-test", "key-of-a-t\u00e9st")) {
            assertRefused("proxy_api_key", daemon.post("/sessions", """
                    {"query":"Hi","provider":"mine","model":"m","proxy_enabled":true,"proxy_base_url":"%s","proxy_api_key":"%s"}
                    """.formatted(fake.baseUrl("/v1"), key)));
        }
        assertThat(fake.requests()).isEmpty();
    }

    /** In whatever order they come: with the key, before it, after it. */
    @Test
    void aSessionsOwnKeyIsRefusedInWhateverElseIsStored() throws IOException {
        String key = "key-of-the-session-" + "8f3a9cAnd9C";
        String proxy = "\"proxy_enabled\":true,\"proxy_base_url\":\"" + fake.baseUrl("/v1") + "\",";
        String launch = "{\"provider\":\"mine\",\"model\":\"m\"," + proxy;
        String given = "\"proxy_api_key\":\"" + key + "\"";
        String file = Base64.getEncoder().encodeToString("text".getBytes(StandardCharsets.UTF_8));
        String held = Base64.getEncoder().encodeToString(("a " + key).getBytes(StandardCharsets.UTF_8));
        Map<String, String> members = new LinkedHashMap<>();
        members.put("title", "\"title\":\"my " + key + "\"");
        members.put("system_prompt", "\"system_prompt\":\"Use " + key + "\"");
        members.put("append_system_prompt", "\"append_system_prompt\":\"Use " + key + "\"");
        members.put("output_schema", "\"output_schema\":{\"type\":\"object\",\"title\":\"" + key + "\"}");
        members.put("options.user", "\"options\":{\"user\":\"" + key + "\"}");
        members.put("options.stop", "\"options\":{\"stop\":[\"" + key + "\"]}");
        members.put("options.name", "\"options\":{\"" + key + "\":1}");
        members.put("options.metadata", "\"options\":{\"metadata\":{\"a\":[\"" + key + "\"]}}");
        members.put("attachments.name", "\"attachments\":[{\"name\":\"" + key + ".txt\",\"data\":\"" + file + "\"}]");
        members.put("attachments.data", "\"attachments\":[{\"name\":\"a.txt\",\"data\":\"" + held + "\"}]");
        members.forEach((name, member) -> {
            String field = name.split("\\.")[0];
            String asked = "\"query\":\"Hi\"," + member + "}";
            assertRefused(field, daemon.post("/sessions", launch + given + "," + asked));
            assertRefused(field, daemon.post("/sessions", launch + given + ",\"draft\":true," + asked));
            String before = ended(launch + asked);
            assertRefused(field, daemon.patch("/sessions/" + before, "{" + given + "}"));
            assertThat(hasKey(daemon.get("/sessions/" + before))).isFalse();
            assertThat(daemon.delete("/sessions/" + before).status()).isEqualTo(204);
        });
        assertRefused("query", daemon.post("/sessions", launch + given + ",\"query\":\"Is it " + key + "?\"}"));
        String keyed = ended(launch + given + ",\"query\":\"Hi\"}");
        assertRefused("title", daemon.patch("/sessions/" + keyed, "{" + members.get("title") + "}"));
        String another = ",\"proxy_api_key\":\"another-key-998877\"}";
        assertRefused("title", daemon.patch("/sessions/" + keyed, "{" + members.get("title") + another));
        String elsewhere = "{\"proxy_base_url\":\"http://127.0.0.1:1/?k=" + key + "\"";
        assertRefused("proxy_base_url", daemon.patch("/sessions/" + keyed, elsewhere + "}"));
        assertRefused("proxy_base_url", daemon.patch("/sessions/" + keyed, elsewhere + another));
        assertRefused("provider", daemon.patch("/sessions/" + keyed, "{\"provider\":\"" + key + "\"}"));
        assertRefused(
                "options",
                daemon.post(
                        "/sessions/" + keyed + "/continue",
                        "{\"query\":\"More\"," + members.get("options.user") + "}"));
        assertNowhere(key);
    }

    @Test
    void aSettingThatIsAKeyByItsNameOrItsLooksIsRefused() throws IOException {
        String key = "sk-" + "a1b2c3d4e5f6a1b2c3d4e5f6";
        for (String options : List.of(
                "{\"api_key\":\"opens-something\"}",
                "{\"authorization\":\"opens-something\"}",
                "{\"extra\":{\"list\":[\"" + key + "\"]}}",
                "{\"" + key + "\":1}",
                "{\"user\":\"" + key + "\"}")) {
            String launch = "{\"query\":\"Hi\",\"provider\":\"ok\",\"options\":" + options;
            assertRefused("options", daemon.post("/sessions", launch + "}"));
            assertRefused("options", daemon.post("/sessions", launch + ",\"draft\":true}"));
        }
        assertThat(fake.requests()).isEmpty();
        assertNowhere(key);
        assertNowhere("opens-something");
        ended("{\"query\":\"Hi\",\"provider\":\"ok\",\"options\":{\"user\":\"token of the house\",\"logprobs\":true}}");
    }

    private void assertNowhere(String secret) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void aDraftMayLackWhatItsLaunchNeeds() {
        String draft = daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\",\"draft\":true}")
                .data()
                .path("session_id")
                .asText();
        assertThat(daemon.patch("/sessions/" + draft, "{\"provider\":\"mine\"}").status())
                .isEqualTo(200);
        assertRefused("proxy_base_url", daemon.patch("/sessions/" + draft, "{\"proxy_base_url\":\"ftp://x\"}"));
    }

    @Test
    void aSessionSaysWhetherItHasAKeyOfItsOwn() throws IOException {
        Files.writeString(
                Files.createFile(
                        home.resolve("key"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                "key-of-the-file");
        Files.writeString(
                home.resolve("providers/keyed.yaml"),
                "providers:\n  keyed: {baseUrl: \"" + fake.baseUrl("/v1") + "\", apiKey: {file: \""
                        + home.resolve("key") + "\"}, defaultModel: m}\n");
        daemon = daemon.restart();
        String without = ended("{\"query\":\"Hi\",\"provider\":\"keyed\"}");
        assertThat(fake.onlyRequest().header("authorization")).contains("Bearer key-of-the-file");
        assertThat(hasKey(daemon.get("/sessions/" + without))).isFalse();

        String own = """
                {"query":"Hi","provider":"mine","model":"m","proxy_enabled":true,"proxy_base_url":"%s","proxy_api_key":"key-1"}
                """.formatted(fake.baseUrl("/v1"));
        String id = ended(own);
        assertThat(hasKey(daemon.get("/sessions/" + id))).isTrue();
        assertThat(hasKey(daemon.patch("/sessions/" + id, "{\"proxy_api_key\":null}")))
                .isFalse();
        String moved = ended(own);
        assertThat(hasKey(daemon.patch("/sessions/" + moved, "{\"proxy_base_url\":\"https://other.example/v1\"}")))
                .isFalse();
    }

    @Test
    void whatIsShownAfterAProviderWasClearedIsWhatIsAskedNext() throws IOException {
        String id = ended("{\"query\":\"Hi\",\"provider\":\"ok\",\"model\":\"x\"}");
        assertRefused("provider", daemon.patch("/sessions/" + id, "{\"provider\":null,\"model\":null}"));
        Files.writeString(home.resolve("providers/default.yaml"), "defaultProvider: other\n");
        daemon = daemon.restart();
        JsonNode cleared = daemon.patch("/sessions/" + id, "{\"provider\":null,\"model\":null}")
                .data();
        assertThat(cleared.path("provider").asText()).isEqualTo("other");
        assertThat(cleared.path("model").asText()).isEqualTo("m2");
        JsonNode next = daemon.post("/sessions/" + id + "/continue", "{\"query\":\"More\"}")
                .data();
        JsonNode child =
                daemon.get("/sessions/" + next.path("session_id").asText()).data();
        assertThat(child.path("provider").asText()).isEqualTo("other");
        assertThat(child.path("model").asText()).isEqualTo("m2");
    }

    @Test
    void aRefusalNamesTheMemberThatItIsAbout() throws IOException {
        Files.writeString(home.resolve("providers/keyed.yaml"), """
                providers:
                  unset: {baseUrl: "https://api.example.com/v1", apiKey: $NOT_SET, defaultModel: m}
                  written: {baseUrl: "https://api.example.com/v1", apiKey: sk-0123456789abcdef0123, defaultModel: m}
                """);
        daemon = daemon.restart();
        assertRefused("provider", daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"unset\"}"));
        assertRefused("provider", daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"written\"}"));
        assertRefused("proxy_api_key", daemon.post("/sessions", """
                {"query":"Hi","provider":"unset","proxy_enabled":true,"proxy_base_url":"https://other.example/v1"}
                """));
        assertRefused(
                "options.temperature",
                daemon.post("/sessions", "{\"query\":\"Hi\",\"provider\":\"ok\",\"options\":{\"temperature\":9}}"));
    }

    private static boolean hasKey(TestDaemon.Answer answer) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        return answer.data().path("has_api_key").booleanValue();
    }

    private static void assertRefused(String field, TestDaemon.Answer answer) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(422);
        assertThat(answer.error().path("fields").has(field))
                .as(answer.http().body())
                .isTrue();
        assertThat(answer.http().body()).doesNotContain(CANARY);
    }

    private String ended(String body) {
        try (EventReader events = daemon.events("")) {
            String id = daemon.launch(body);
            events.untilEnded(id);
            return id;
        }
    }
}
