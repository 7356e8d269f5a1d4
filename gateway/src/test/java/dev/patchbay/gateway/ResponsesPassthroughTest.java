package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.testkit.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of OpenAI Responses at a provider whose file names the operation. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class ResponsesPassthroughTest {

    private static final String FAILED = "event: response.failed";

    private static final String TEXT =
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}";

    private static final String REQUEST = "{\"model\":\"gpt-x\",\"stream\":true,\"input\":\"Hi\"}";

    private final GatewayFixture fixture = new GatewayFixture();

    @BeforeEach
    void start() {
        fixture.start(
                fixture.chatProvider()
                        .endpoints(Map.of(Operation.RESPONSES, new Endpoint.Path("/responses")))
                        .build(),
                builder -> builder.provider("chat"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String stream() {
        return fixture.post("/v1/responses", REQUEST).body();
    }

    private String broken() {
        return fixture.postBroken("/v1/responses", REQUEST);
    }

    @Test
    void passesWhatOnlyTheProviderUnderstands() {
        String body = "{\"model\": \"gpt-x\", \"previous_response_id\": \"resp_1\", \"input\": ["
                + "{\"type\": \"reasoning\", \"encrypted_content\": \"gAAA\\u0042\"}], \"tools\": [{\"type\": \"web_search\"}]}";
        fixture.fake.answer(Answer.json(200, "{ \"id\" : \"resp_2\" }"));

        String answer = fixture.post("/v1/responses", body).body();

        assertThat(answer).isEqualTo("{ \"id\" : \"resp_2\" }");
        assertThat(fixture.fake.onlyRequest().text()).isEqualTo(body);
        assertThat(fixture.fake.onlyRequest().path()).isEqualTo("/v1/responses");
        assertThat(fixture.fake.onlyRequest().header("authorization")).contains("Bearer " + GatewayFixture.KEY);
        assertThat(fixture.fake.sawAnywhere(GatewayFixture.CLIENT_KEY)).isFalse();
    }

    @Test
    void passesAStream() {
        fixture.fake.answer(Answer.text("a", "b"));

        assertThat(stream()).contains("event: response.completed").doesNotContain(FAILED);
    }

    @Test
    void endsAStreamThatBreaksWithAFailureAndNoSecondBeginning() {
        fixture.fake.answer(Answer.text("a", "b", "c").cutAfter(3));

        assertThat(broken()).containsOnlyOnce("event: response.created").containsOnlyOnce(FAILED);
    }

    /** P5: a client that orders events by their number, or keeps answers by their id, must take the failure for the end of this one. */
    @Test
    void goesOnFromTheLastEventOfAStreamThatBreaks() {
        String instructions = "x".repeat(9_000);
        fixture.fake.answer(Answer.sse(
                "event: response.created",
                "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_up\",\"created_at\":17,\"model\":\"gpt-up\",\"instructions\":\""
                        + instructions + "\"},\"sequence_number\":0}",
                "",
                "event: response.output_text.delta",
                "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":8,\"delta\":\"of \\\"sequence_number\\\":99\"}",
                ""));

        String sent = broken();

        JsonNode failed = Json.parse(after("event: response.failed\ndata: ", sent));
        assertThat(failed.path("sequence_number").asInt()).isEqualTo(9);
        assertThat(failed.path("response").path("id").asText()).isEqualTo("resp_up");
        assertThat(failed.path("response").path("created_at").asInt()).isEqualTo(17);
        assertThat(failed.path("response").path("model").asText()).isEqualTo("gpt-up");
        JsonNode error = Json.parse(after("event: error\ndata: ", sent));
        assertThat(error.path("sequence_number").asInt()).isEqualTo(10);
    }

    @Test
    void namesTheModelOfAStreamThatDidNotNameItBeforeItBroke() {
        fixture.fake.answer(Answer.sse(
                "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\",\"sequence_number\":3}", ""));

        JsonNode failed = Json.parse(after("event: response.failed\ndata: ", broken()));

        assertThat(failed.path("response").path("model").asText()).isEqualTo("gpt-x");
        assertThat(failed.path("sequence_number").asInt()).isEqualTo(4);
    }

    private static String after(String begin, String sent) {
        return sent.substring(sent.indexOf(begin) + begin.length())
                .lines()
                .findFirst()
                .orElseThrow();
    }

    /** 1.11: another name of the end (decolua/9router#2142). */
    @Test
    void knowsTheEndByItsOtherName() {
        String end = "data: {\"type\":\"response.done\",\"response\":{\"status\":\"completed\"}}";
        fixture.fake.answer(Answer.sse("event: response.done", end, ""));

        assertThat(stream()).endsWith(end + "\n\n").doesNotContain(FAILED);
    }

    @Test
    void takesATextAboutTheEndForNoEnd() {
        fixture.fake.answer(Answer.sse(
                "event: response.output_text.delta",
                "data: {\"type\":\"response.output_text.delta\",\"delta\":\"an error, \\\"type\\\":\\\"response.completed\\\"\"}",
                ""));

        assertThat(broken()).contains(FAILED);
    }

    /** The name of an event ends nothing before its data is whole, however long that is and wherever it is cut. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20_000, 100_000})
    void takesAnEndThatIsCutForNoEnd(int length) {
        String data = "data: {\"type\":\"response.completed\",\"response\":{\"output\":[{\"a\":{\"text\":\""
                + "A".repeat(length) + "\"}}],\"usage\":{\"output_tokens\":3}}}";
        for (int cut :
                new int[] {0, 6, 50, data.indexOf("AAA") + length / 2, data.indexOf("}}]") + 2, data.length() - 1}) {
            fixture.fake.answer(Answer.sse(TEXT, "", "event: response.completed", data.substring(0, cut), ""));
            assertThat(broken()).as("cut after %s", cut).contains(FAILED, "event: error");

            fixture.fake.answer(Answer.sse(TEXT, "", "event: response.completed", data.substring(0, cut)));
            assertThat(broken()).as("cut after %s", cut).contains(FAILED, "event: error");
        }
        fixture.fake.answer(Answer.sse(TEXT, "", "event: response.completed", data));
        assertThat(stream()).contains(data + "\n\n").doesNotContain(FAILED);
    }

    @Test
    void tellsAFailureThatIsCut() {
        fixture.fake.answer(
                Answer.sse(TEXT, "", "event: response.failed", "data: {\"type\":\"response.failed\",\"response\":{"));

        assertThat(broken()).contains("event: error");
    }

    @Test
    void knowsAnEndThatIsLongerThanWhatIsHeld() {
        String image = "A".repeat(3 << 20);
        fixture.fake.answer(Answer.sse(
                "event: response.completed",
                "data: {\"type\":\"response.completed\",\"image\":\"" + image + "\"}",
                ""));

        assertThat(stream()).endsWith("\"}\n\n").contains(image).doesNotContain(FAILED);
    }
}
