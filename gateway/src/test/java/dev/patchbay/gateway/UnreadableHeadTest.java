package dev.patchbay.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said where the head of a provider's answer is not as HTTP has it. */
@Timeout(60)
class UnreadableHeadTest {

    private static final String LENGTH = "Content-Length: 2~";
    private static final GatewayFixture FIXTURE = GatewayFixture.chat();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static void answer(String raw) {
        FIXTURE.fake.answer(Answer.raw(raw.replace("~", "\r\n").getBytes(ISO_8859_1)));
    }

    private static HttpResponse<String> ask() {
        return FIXTURE.post("/v1/messages", GatewayFixture.messages(false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~X-A: a\u0001b~" + LENGTH + "~{} | a header has characters that none may have",
                "HTTP/1.1 200 OK~X-\u00e9: a~" + LENGTH + "~{} | a header has characters that none may have",
                "HTTP/1.1 200 OK~: a~" + LENGTH + "~{} | a header has characters that none may have",
                "HTTP/1.1 abc OK~" + LENGTH + "~{} | its status is no number",
                "HTTP/1.1 200 OK~Content-Length: abc~~{} | its length is no number, or said in two ways",
                "HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 9~~{} | its length is no number, or said in two ways",
                "HTTP/1.1 200 OK~Content-Length: 2~Transfer-Encoding: chunked~~0~~ | its length is no number, or said in two ways"
            })
    void isSaidWithItsReason(String head, String reason) {
        answer(head);

        HttpResponse<String> answer = ask();

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains(
                        FIXTURE.fake.baseUrl().toString(),
                        "answered with a head that is not as HTTP has it: " + reason);
    }

    @ParameterizedTest
    @CsvSource({"SSH-2.0-OpenSSH_9.6~~", "ICY 200 OK~~", "HTTP/2 200~~"})
    void isSaidToBeNoHttp(String head) {
        answer(head);

        assertThat(ask().body()).contains("answered something that is not HTTP", "must begin with https://");
    }

    /** The provider has answered: what it did is not done a second time. */
    @Test
    void isNoReasonToAskAgain() {
        FIXTURE.fake.answer(Answer.text("fine"));
        for (int i = 0; i < 4; i++) {
            ask();
        }
        int before = FIXTURE.fake.requests().size();
        answer("HTTP/1.1 200 OK~X-A: a\u0001b~" + LENGTH + "~{}");

        assertThat(ask().statusCode()).isEqualTo(502);
        assertThat(FIXTURE.fake.requests()).hasSize(before + 1);
    }

    @Test
    void isNoneOfAStatusThatSaysNothing() {
        answer("HTTP/1.1 0 OK~" + LENGTH + "~{}");

        assertThat(ask().body()).contains("the status 0, which says nothing");
    }

    @Test
    void losesNoAnswerByAStatusThatHasNone() {
        FIXTURE.fake.answer(Answer.json(205, "{\"choices\":[{\"message\":{\"content\":\"fine\"}}]}"));

        HttpResponse<String> answer = FIXTURE.post("/v1/chat/completions", GatewayFixture.chat(false));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("fine");
    }
}
