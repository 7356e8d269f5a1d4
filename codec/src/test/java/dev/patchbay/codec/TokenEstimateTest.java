package dev.patchbay.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.codec.messages.TokenCounts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** C1. */
class TokenEstimateTest {

    @Test
    void countsFourAsciiCharactersOrThreeOtherBytesATime() {
        assertThat(TokenEstimate.of("a".repeat(400))).isEqualTo(100);
        assertThat(TokenEstimate.of("漢".repeat(100))).isEqualTo(100);
        assertThat(TokenEstimate.of("🚀".repeat(3))).isEqualTo(4);
        assertThat(TokenEstimate.of("")).isEqualTo(1);
    }

    @Test
    void countsEverythingThatTheModelReads() {
        String text = "x".repeat(4000);
        int plain = count("{'messages':[{'role':'user','content':'hi'}]}");

        assertThat(count("{'messages':[{'role':'user','content':'hi'}],'system':'" + text + "'}") - plain)
                .isEqualTo(1000);
        assertThat(counted("{'type':'thinking','thinking':'" + text + "','signature':'s'}"))
                .isBetween(990, 1020);
        assertThat(counted("{'type':'tool_use','id':'i','name':'n','input':{'a':'" + text + "'}}"))
                .isBetween(990, 1020);
        assertThat(counted(
                        "{'type':'tool_result','tool_use_id':'i','content':[{'type':'text','text':'" + text + "'}]}"))
                .isBetween(990, 1020);
        assertThat(counted("{'type':'document','source':{'type':'text','data':'" + text + "'}}"))
                .isBetween(990, 1020);
        assertThat(counted("{'type':'search_result','title':'t','source':'s','content':[{'type':'text','text':'" + text
                        + "'}]}"))
                .isBetween(990, 1020);
    }

    @Test
    void countsPagesOfPdfsAndNotTheirBase64() {
        String pdf = "%PDF-1.4 /Type /Pages /Kids [] /Type /Page endobj /Type/Page " + "x".repeat(30000);
        String base64 = Base64.getEncoder().encodeToString(pdf.getBytes(StandardCharsets.UTF_8));

        assertThat(counted("{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'"
                        + base64 + "'}}"))
                .isBetween(3000, 3010);
        assertThat(counted("{'type':'document','source':{'type':'url','url':'https://x.example/a.pdf'}}"))
                .isBetween(1500, 1510);
        assertThat(counted("{'type':'image','source':{'type':'base64','media_type':'image/png','data':'"
                        + "A".repeat(40000) + "'}}"))
                .isBetween(1600, 1610);
    }

    private static int counted(String block) {
        return count("{'messages':[{'role':'assistant','content':[" + block + "]}]}");
    }

    private static int count(String body) {
        return TokenCounts.answer(Translate.json(body)).path("input_tokens").asInt();
    }
}
