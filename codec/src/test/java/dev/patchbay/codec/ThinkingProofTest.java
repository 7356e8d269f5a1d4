package dev.patchbay.codec;

import static dev.patchbay.codec.Translate.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.messages.MessagesDialect;
import dev.patchbay.codec.messages.MessagesPassthrough;
import dev.patchbay.codec.messages.MessagesRequestReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1.10 and A2: a proof comes back to who can read it, and reaches nobody else. */
class ThinkingProofTest {

    private static final String SEALED = ThinkingProof.seal("other", json("{'a':1}"));

    @Test
    void opensWhatWasSealedForTheSameDialect() {
        assertThat(ThinkingProof.open("other", SEALED)).contains(json("{'a':1}"));
        assertThat(ThinkingProof.open("another", SEALED)).isEmpty();
        assertThat(ThinkingProof.isSealed(SEALED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "EqQBCgIYAhIk", "gAAAAABo", "patchbay.other.", "patchbay.other.%%", "patchbay.other.bm8"})
    void opensNothingElse(String text) {
        assertThat(ThinkingProof.open("other", text)).isEmpty();
    }

    @Test
    void keepsTheProofOfAnotherDialectFromAnthropic() {
        ObjectNode body =
                json("{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'q'},{'role':'assistant',"
                        + "'content':[{'type':'thinking','thinking':'t','signature':'" + SEALED
                        + "'},{'type':'text','text':'a'}]},"
                        + "{'role':'user','content':'r'}]}");

        assertThat(new MessagesDialect()
                        .encode(MessagesRequestReader.read(body), Quirks.none())
                        .toString())
                .doesNotContain("patchbay.");
        MessagesPassthrough.prepare(body, "m");
        assertThat(body.toString()).doesNotContain("patchbay.").contains("\"text\":\"a\"");
    }
}
