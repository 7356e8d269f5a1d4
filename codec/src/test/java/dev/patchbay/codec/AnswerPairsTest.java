package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an answer of one dialect is to the clients of the others, whole and streamed alike: no text is lost, doubled or reordered,
 * and it ends as it did (dialects.md, Q7, R6, R7, VR1, P4). {@link SampleAnswer} and {@link ClientAnswer} say what the signs mean.
 */
class AnswerPairsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A.         |             | A. stop                | [A.] end_turn",
                "A. B.      |             | A.B. stop              | [A.B.] end_turn",
                "A. / B.    |             | A.\\n\\nB. stop        | [A.] [\\n\\nB.] end_turn",
                "A. # B.    |             | A.\\n\\nB. stop        | [A.] [\\n\\nB.] end_turn",
                "<A. / >B.      |         | A.\\n\\nB. stop        | [A.] [\\n\\nB.] end_turn",
                "<Done. / >Done. |        | Done. stop             | [Done.] end_turn",
                "<Do. / >Done.   |        | Do.\\n\\nDone. stop    | [Do.] [\\n\\nDone.] end_turn",
                "<Done. / >Do    |        | Done.\\n\\nDo stop      | [Done.] [\\n\\nDo] end_turn",
                "<Done. ~hm >Done. |      | Done. ~hm stop         | [Done.] ~hm end_turn",
                "<Do. @c >Done.  |        | Do.\\n\\nDone. @c tool_calls | [Do.] @c [Done.] tool_use",
                "Done. / Done.   |        | Done.\\n\\nDone. stop   | [Done.] [\\n\\nDone.] end_turn",
                "A. ~hm B.  |             | A.\\n\\nB. ~hm stop    | [A.] ~hm [B.] end_turn",
                "~hm ~ho A. |             | A. ~hm\\n\\nho stop    | ~hm ~ho [A.] end_turn",
                "A. @c      |             | A. @c tool_calls       | [A.] @c tool_use",
                "@c @d      |             | @c @d tool_calls       | @c @d tool_use",
                "A. @c B.   |             | A.\\n\\nB. @c tool_calls | [A.] @c [B.] tool_use",
                "!No.       |             | !No. stop              | [No.] refusal",
                "A. !No.    |             | A. !No. stop           | [A.] [No.] refusal",
                "!No. A.    |             | A. !No. stop           | [No.] [A.] refusal",
                "A. !No. B. |             | A.\\n\\nB. !No. stop   | [A.] [No.] [B.] refusal",
                "A. / !No.  |             | A. !No. stop           | [A.] [No.] refusal",
                "!No. / !Oh |             | !No.\\n\\nOh stop      | [No.] [\\n\\nOh] refusal",
                "~hm !No.   |             | !No. ~hm stop          | ~hm [No.] refusal",
                "!No. @c    |             | !No. @c tool_calls     | [No.] @c refusal",
                "A.         | content_filter    | A. content_filter | [A.] refusal",
                "A.         | max_output_tokens | A. length         | [A.] max_tokens",
                "!No.       | max_output_tokens | !No. length       | [No.] max_tokens",
            })
    void ofAResponsesUpstream(String signs, String end, String chat, String messages) {
        ClientAnswer answer = answer("openai-responses", signs, end);

        assertThat(answer.chat()).isEqualTo(chat);
        assertThat(answer.messages()).isEqualTo(messages);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A.           |            | A. stop                  | >[A.] completed",
                "A. B.        |            | A.B. stop                | >[A.B.] completed",
                "A. # B.      |            | A.\\n\\nB. stop          | >[A.\\n\\nB.] completed",
                "A. # B. C.   |            | A.\\n\\nB.C. stop        | >[A.\\n\\nB.C.] completed",
                "# A.         |            | A. stop                  | >[A.] completed",
                "A. ~hm B.    |            | A.\\n\\nB. ~hm stop      | [A.] ~hm >[B.] completed",
                "~hm A. B.    |            | A.B. ~hm stop            | ~hm >[A.B.] completed",
                "~hm # ~ho A. |            | A. ~hm\\n\\nho stop      | ~hm ~ho >[A.] completed",
                "A. B. @c     |            | A.B. @c tool_calls       | <[A.B.] @c completed",
                "A. @c B.     |            | A.\\n\\nB. @c tool_calls | <[A.] @c [B.] completed",
                "@c # B.      |            | B. @c tool_calls         | @c [B.] completed",
                "-            | refusal    | content_filter           | content_filter",
                "A. B.        | refusal    | A.B. content_filter      | …[A.B.] content_filter",
                "A. @c        | refusal    | A. @c content_filter     | <[A.] …@c content_filter",
                "A. B.        | max_tokens | A.B. length              | …[A.B.] max_output_tokens",
                "A. #         | pause_turn | A. stop                  | [A.] completed",
                "A.           | stop_sequence | A. stop               | >[A.] completed",
                "A.           | model_context_window_exceeded | A. length | …[A.] max_output_tokens",
            })
    void ofAMessagesUpstream(String signs, String end, String chat, String responses) {
        ClientAnswer answer = answer("anthropic-messages", signs, end);

        assertThat(answer.chat()).isEqualTo(chat);
        assertThat(answer.responses(false)).isEqualTo(responses);
        assertThat(answer.responses(true)).isEqualTo(responses);
    }

    /** A filter's explanation reaches people, and the answer stays one that a filter cut. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!Why.    | !Why. content_filter    | …[Why.] content_filter          | …[!Why.] content_filter     | [Why.] refusal",
                "A. !Why. | A. !Why. content_filter | …[A.\\n\\nWhy.] content_filter | …[A.][!Why.] content_filter | [A.] [Why.] refusal",
            })
    void ofAMessagesUpstreamWhoseFilterSaysWhy(
            String signs, String chat, String responses, String bySchema, String messages) {
        ClientAnswer answer = answer("anthropic-messages", signs, "refusal");

        assertThat(answer.chat()).isEqualTo(chat);
        assertThat(answer.responses(false)).isEqualTo(responses);
        assertThat(answer.responses(true)).isEqualTo(bySchema);
        assertThat(answer.messages()).isEqualTo(messages);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A.          |                | [A.] end_turn        | >[A.] completed | >[A.] completed",
                "~hm A.      |                | ~hm [A.] end_turn    | ~hm >[A.] completed | ~hm >[A.] completed",
                "A. @c @d    |                | [A.] @c @d tool_use  | <[A.] @c @d completed | <[A.] @c @d completed",
                "!No.        |                | [No.] refusal        | …[No.] content_filter  | >[!No.] completed",
                "A. !No.     |                | [A.] [No.] refusal   | …[A.\\n\\nNo.] content_filter | >[A.][!No.] completed",
                "~hm !No. @c |                | ~hm [No.] @c refusal | ~hm <[No.] …@c content_filter | ~hm <[!No.] @c completed",
                "-           | content_filter | refusal              | content_filter         | content_filter",
                "A.          | content_filter | [A.] refusal         | …[A.] content_filter   | …[A.] content_filter",
                "A.          | length         | [A.] max_tokens      | …[A.] max_output_tokens | …[A.] max_output_tokens",
            })
    void ofAChatUpstream(String signs, String end, String messages, String responses, String bySchema) {
        ClientAnswer answer = answer("openai-chat", signs, end);

        assertThat(answer.messages()).isEqualTo(messages);
        assertThat(answer.responses(false)).isEqualTo(responses);
        assertThat(answer.responses(true)).isEqualTo(bySchema);
    }

    /** Whatever comes in whatever order: each text reaches each client once, in its order, whole and streamed alike. */
    @ParameterizedTest
    @ValueSource(strings = {"openai-responses", "anthropic-messages"})
    void ofAnyShape(String upstream) {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> signs = new ArrayList<>();
            for (int at = 0; at < 1 + random.nextInt(7); at++) {
                String sign = List.of("T%d.", "!N%d.", "~h%d", "@c%d", "#", "/").get(random.nextInt(6));
                boolean known = upstream.equals("openai-responses") || !sign.startsWith("!") && !sign.equals("/");
                signs.add((known ? sign : "T%d.").formatted(at));
            }
            ClientAnswer answer = new ClientAnswer(upstream, new SampleAnswer(signs, ""));
            String texts = signs.stream().filter(sign -> sign.startsWith("T")).collect(Collectors.joining());
            String said = signs.stream()
                    .filter(sign -> sign.startsWith("T") || sign.startsWith("!"))
                    .map(sign -> sign.replace("!", ""))
                    .collect(Collectors.joining());

            assertThat(letters(answer.chat().replaceFirst("[!~@].*", ""), "T"))
                    .as("%s", signs)
                    .isEqualTo(texts);
            assertThat(letters(answer.messages(), "TN")).as("%s", signs).isEqualTo(said);
            assertThat(letters(answer.responses(false), "TN")).as("%s", signs).isEqualTo(said);
            assertThat(letters(answer.responses(true), "TN")).as("%s", signs).isEqualTo(said);
        }
    }

    private static String letters(String told, String first) {
        return Pattern.compile("[" + first + "]\\d\\.")
                .matcher(told)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining());
    }

    private static ClientAnswer answer(String upstream, String signs, String end) {
        return new ClientAnswer(upstream, SampleAnswer.of(signs, end == null ? "" : end));
    }
}
