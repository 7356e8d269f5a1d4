package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Fallback;
import dev.patchbay.spi.ProviderException.Kind;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.HttpAnswer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that a command prints anew after a provider refused one (provider-files.md, section 2, secret forms). */
@Timeout(60)
class KeyRenewalTest {

    private static final HttpAnswer EXPIRED =
            Answer.json(401, "{\"error\":{\"message\":\"expired\",  \"type\":\"t\",\"code\":\"c\"}}");

    private final GatewayFixture fixture = new GatewayFixture();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A provider whose command prints key-1, then key-2, and so on. */
    private Definition.Builder counting() {
        return printing("echo run >> \"$0\"; printf key-; wc -l < \"$0\" | tr -d ' '");
    }

    private Definition.Builder printing(String script) {
        List<String> command =
                List.of("sh", "-c", script, folder.resolve("runs").toString());
        return fixture.chatProvider()
                .auth(Auth.bearer(
                        Secrets.command(command, Duration.ofHours(1), Duration.ofSeconds(20), Location.of("test"))));
    }

    private HttpResponse<String> ask(String path, boolean stream) {
        return fixture.post(
                path, path.endsWith("messages") ? GatewayFixture.messages(stream) : GatewayFixture.chat(stream));
    }

    private List<String> keys() {
        return fixture.fake.requests().stream()
                .map(request -> request.header("authorization").orElse(""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void asksOnceMoreWithANewKey(String path) {
        fixture.start(counting().build(), gateway -> gateway.provider("chat"));
        fixture.fake.enqueue(EXPIRED);

        HttpResponse<String> renewed = ask(path, true);
        HttpResponse<String> after = ask(path, false);

        assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(keys()).containsExactly("Bearer key-1", "Bearer key-2", "Bearer key-2");
        assertThat(fixture.record().failedBefore()).isEmpty();
    }

    @Test
    void passesTheRefusalOfTheNewKey() {
        fixture.start(counting().build(), gateway -> gateway.provider("chat"));
        fixture.fake.answer(EXPIRED);

        HttpResponse<String> answer = ask("/v1/chat/completions", false);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"expired\",  \"type\"");
        assertThat(keys()).containsExactly("Bearer key-1", "Bearer key-2");
    }

    @Test
    void doesNotAskAgainWithAKeyThatStaysTheSame() {
        fixture.start(fixture.chatProvider().build(), gateway -> gateway.provider("chat"));
        fixture.fake.answer(EXPIRED);

        assertThat(ask("/v1/messages", true).statusCode()).isEqualTo(401);
        assertThat(fixture.fake.requests()).hasSize(1);
    }

    @Test
    void saysThatThereIsNoNewKey() {
        fixture.start(
                printing("test ! -e \"$0\" && touch \"$0\" && echo key-1").build(),
                gateway -> gateway.provider("chat"));
        fixture.fake.answer(EXPIRED);

        HttpResponse<String> answer = ask("/v1/messages", true);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("authentication_error", "the command sh")
                .doesNotContain("key-1");
        assertThat(fixture.fake.requests()).hasSize(1);
    }

    /** It may name hosts, accounts and files of whoever runs the gateway. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void tellsClientsNothingOfWhatACommandWrites(String path) {
        fixture.start(printing("echo canary-of-a-vault >&2; exit 3").build(), gateway -> gateway.provider("chat"));

        HttpResponse<String> answer = ask(path, true);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("the command sh exited with status 3 (test)", "run it by hand")
                .doesNotContain("canary-of-a-vault");
        assertThat(fixture.record().toString()).contains("exited with status 3, saying: canary-of-a-vault");
    }

    @Test
    void tellsClientsNothingOfWhatACommandWritesThatPrintsTheSecondKey() {
        fixture.start(
                printing(
                                "test ! -e \"$0\" && touch \"$0\" && echo canary-key-1 && exit 0; echo canary-key-1 >&2; exit 3")
                        .build(),
                gateway -> gateway.provider("chat"));
        fixture.fake.answer(EXPIRED);

        assertThat(ask("/v1/messages", true).body())
                .contains("exited with status 3")
                .doesNotContain("saying", "canary");
    }

    @Test
    void tellsClientsNothingOfWhatACommandWritesWhereModelsAreAskedFor() {
        fixture.start(printing("echo canary-of-a-vault >&2; exit 3").build(), gateway -> gateway);

        HttpResponse<String> answer =
                fixture.post("/v1/chat/completions", GatewayFixture.chat(false).replace("gpt-x", "some/model"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("exited with status 3").doesNotContain("canary-of-a-vault");
    }

    @Test
    void fallsBackWhenTheNewKeyIsRefusedToo() {
        fixture.start(
                List.of(
                        counting()
                                .fallback(List.of(new Fallback("claude", Set.of(Kind.AUTH))))
                                .build(),
                        fixture.claudeProvider().defaultModel("m").build()),
                gateway -> gateway.provider("chat"));
        fixture.fake.answer("/chat/completions", EXPIRED);

        HttpResponse<String> answer = ask("/v1/chat/completions", false);

        assertThat(answer.headers().firstValue("x-patchbay-provider")).contains("claude");
        assertThat(fixture.fake.requests()).hasSize(3);
    }
}
