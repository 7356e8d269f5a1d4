package dev.patchbay.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey: canary",
                "api_key = canary",
                "  key: 'canary: x'",
                "  token: \"canary\"  # the key",
                "auth: {type: bearer, key: canary}",
                "Authorization: Bearer canary",
                "headers: {X-Api-Key: canary, X-A: b}",
                "secret: canary",
                "password: canary word canary",
                "baseUrl: https://user:canary@api.example/v1",
                "baseUrl: https://api.example/v1?api_key=canary&x=y",
                "name: sk-canary0123",
                "notes: gsk_canaryXYZ",
                "x: canary0123456789012345678901234",
                "x: pk_vq5~canary.canary~canary-canary",
                "x: Zz58Q~canarygd29canary.t3hzuj7pcanary9_-BB",
                "apiKey: canary  # before: canary-canary",
                "apiKey: 'canary' # (canary-canary)",
                "apiKey: $NAME # Zz58Q~canarygd29canary.t3hzuj7pcanary9_-BB",
            })
    void masksWhatLooksLikeAKey(String line) {
        assertThat(new SourceText(line).quote(1)).doesNotContain("canary").hasSameSizeAs(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey: $GROQ_API_KEY",
                "apiKey: ${GROQ_API_KEY}  # from the console",
                "auth: {type: header, header: api-key, key: $AZURE_OPENAI_KEY}",
                "auth: none",
                "auth: bearer  # wrong",
                "keyUrl: https://console.groq.com/keys",
                "  quirks: {maxTokensField: max_completion_tokens}",
                "defaultModel: llama-3.3-70b-versatile",
                "endpoints: {countTokens: /messages/count_tokens}",
                "baseUrl: https://resource.openai.azure.com/openai/deployments",
                "apiKey: {env: GROQ_API_KEY}",
                "Authorization: Bearer $TOKEN",
                "caFile: ~/certificates/of-2026/authority-1.pem",
                "beta: fine-grained-tool-streaming-2025-05-14  # as of 2026",
            })
    void leavesTheRestReadable(String line) {
        assertThat(new SourceText(line).quote(1)).isEqualTo(line);
    }

    @Test
    void masksTheCommentBehindWhatItIsTold() {
        SourceText text = new SourceText("a: canary # was canary-canary");
        text.mask(1, 4, 1, 10);
        assertThat(text.quote(1)).isEqualTo("a: ****** # was *************");
    }

    @Test
    void masksAKeyOnTheLineAfterItsName() {
        assertThat(new SourceText("apiKey:\n  canary").quote(2)).isEqualTo("  ******");
    }

    @Test
    void masksWhatItIsToldOverSeveralLines() {
        SourceText text = new SourceText("a: |\n  one\n  two\nb: c\n");
        text.mask(1, 4, 4, 1);
        assertThat(text.quote(2) + text.quote(3) + text.quote(4)).isEqualTo("  ***  ***b: c");
    }

    @Test
    void knowsEveryLineEndOfYaml() {
        SourceText text = new SourceText("a\r\nb\rc\u0085d\u2028e\n\nf");
        assertThat(text.quote(1) + text.quote(2) + text.quote(3) + text.quote(4) + text.quote(5) + text.quote(7))
                .isEqualTo("abcdef");
        assertThat(text.quote(6) + text.quote(8) + text.quote(0)).isEmpty();
    }

    @Test
    void replacesWhatCouldSteerATerminal() {
        Diagnostic problem = Diagnostic.error(Code.UNKNOWN_KEY, new Location("a", 1, 1), "key \u001b[31m")
                .quoting(new SourceText("\u001b[31m: x"), 3)
                .build();
        assertThat(problem.toString()).doesNotContain("\u001b");
    }
}
