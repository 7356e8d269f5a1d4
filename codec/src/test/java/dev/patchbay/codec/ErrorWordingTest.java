package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.spi.ProviderException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** E3 and E4: overflow, throttling and quota told apart by what vendors really say. */
class ErrorWordingTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/error-wordings.csv", delimiter = '|', quoteCharacter = '\u0001', numLinesToSkip = 1)
    void tellsWhatAMessageMeans(String vendor, int status, Kind kind, String message) {
        UpstreamError answered = read(status, message);
        UpstreamError inStream = ErrorReader.readInside(body(message));

        assertThat(answered.kind()).as("%s, HTTP %s", vendor, status).isEqualTo(kind);
        assertThat(answered.message()).isEqualTo(message);
        if (kind == Kind.CONTEXT_LENGTH || kind == Kind.QUOTA || kind == Kind.RATE_LIMIT) {
            assertThat(inStream.kind()).as("%s, in a stream", vendor).isEqualTo(kind);
        }
        if (kind == Kind.CONTEXT_LENGTH) {
            assertThat(answered.status()).isEqualTo(400);
            assertThat(answered.anthropicMessage())
                    .startsWith("prompt is too long")
                    .endsWith(message);
        }
        if (kind == Kind.QUOTA) {
            assertThat(answered.status()).isEqualTo(402);
            assertThat(answered.headers()).containsEntry("x-should-retry", "false");
        }
    }

    @Test
    void namesASourceForEveryRow() {
        assertThat(ErrorWording.ALL)
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(row.source()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "This model's maximum context length is 4096 tokens. However, you requested 4118 tokens (3118 in the messages,"
                        + " 1000 in the completion). Please reduce the length of the messages or completion."
                        + " | 3118 + 1000 > 4096",
                "This endpoint's maximum context length is 32768 tokens. However, you requested about 42832 tokens (10832 of"
                        + " text input, 1000 of tool input, 31000 in the output). | 10832 + 31000 > 32768",
                "This model's maximum context length is 262144 tokens. However, you requested 128000 output tokens and your"
                        + " prompt contains at least 134145 input tokens, for a total of at least 262145 tokens."
                        + " | 134145 + 128000 > 262144",
                "'max_tokens' is too large: 32000. This model's maximum context length is 40960 tokens and your request has"
                        + " 20000 input tokens (32000 > 40960 - 20000). | 20000 + 32000 > 40960",
                "Requested token count exceeds the model's maximum context length of 256000 tokens. You requested a total of"
                        + " 256878 tokens: 31216 tokens from the input messages and 225662 tokens for the completion."
                        + " | 31216 + 225662 > 256000",
                "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 6204 `inputs` tokens and"
                        + " 2047 `max_new_tokens` | 6204 + 2047 > 8192"
            })
    void tellsAgentsToAskForLessWhereThePromptAloneFits(String message, String numbers) {
        if (numbers.equals("10832 + 31000 > 32768")) {
            assertThat(read(400, message).anthropicMessage())
                    .startsWith("prompt is too long: input length and `max_tokens` exceed context limit: " + numbers);
            return;
        }
        assertThat(read(400, message).anthropicMessage())
                .isEqualTo("prompt is too long: input length and `max_tokens` exceed context limit: " + numbers
                        + ", decrease input length or `max_tokens` and try again: " + message);
    }

    @Test
    void tellsNoNumbersWhereThePromptIsTooLongByItself() {
        String message =
                "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens (8000 in the"
                        + " messages, 1000 in the completion).";

        assertThat(read(400, message).anthropicMessage()).isEqualTo("prompt is too long: " + message);
    }

    @Test
    void putsTheWordsInFrontOfAnthropicsOwn() {
        String message =
                "input length and `max_tokens` exceed context limit: 199759 + 8192 > 200000, decrease input length or"
                        + " `max_tokens` and try again";

        assertThat(read(400, message).anthropicMessage()).isEqualTo("prompt is too long: " + message);
    }

    private static UpstreamError read(int status, String message) {
        byte[] bytes = Json.text(body(message)).getBytes(StandardCharsets.UTF_8);
        return ErrorReader.read(status, name -> Optional.empty(), bytes);
    }

    private static JsonNode body(String message) {
        var body = Json.object();
        body.putObject("error").put("message", message);
        return body;
    }
}
