package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The update rules of sessions.md, section 1. */
final class SessionSettingsTest {

    private final SessionSettings before = LaunchRequest.query("q")
            .provider("groq")
            .model("m1")
            .proxyEnabled(true)
            .proxyBaseUrl("https://api.groq.com/openai/v1")
            .proxyApiKey("canary-of-groq")
            .proxyModelOverride("wire-1")
            .build()
            .settings()
            .applyTo(SessionSettings.NONE);

    @Test
    void fieldsThatAreNotNamedKeepTheirValue() {
        SessionSettings after = change(UpdateRequest.builder().model("m2"));
        assertThat(after.model()).contains("m2");
        assertThat(after.provider()).contains("groq");
        assertThat(after.proxyEnabled()).isTrue();
        assertThat(after.proxyBaseUrl()).contains("https://api.groq.com/openai/v1");
        assertThat(after.proxyApiKey()).isPresent();
        assertThat(after.proxyModelOverride()).contains("wire-1");
    }

    @Test
    void nullClears() {
        SessionSettings after =
                change(UpdateRequest.builder().proxyModelOverride(null).model(null));
        assertThat(after.proxyModelOverride()).isEmpty();
        assertThat(after.model()).isEmpty();
    }

    @Test
    void aBaseUrlOnAnotherOriginDropsTheOldKey() {
        assertThat(change(UpdateRequest.builder().proxyBaseUrl("https://api.new-provider.com/v1"))
                        .proxyApiKey())
                .isEmpty();
    }

    @Test
    void aBaseUrlOnTheSameOriginKeepsTheKey() {
        assertThat(change(UpdateRequest.builder().proxyBaseUrl("https://api.groq.com/v2"))
                        .proxyApiKey())
                .isPresent();
    }

    @Test
    void aNewKeyComesWithTheNewBaseUrl() {
        assertThat(change(UpdateRequest.builder()
                                .proxyApiKey("new-key")
                                .proxyBaseUrl("https://api.new-provider.com/v1"))
                        .proxyApiKey())
                .isPresent();
    }

    @Test
    void anotherProviderClearsTheProxyFieldsThatAreNotNamed() {
        SessionSettings after = change(UpdateRequest.builder().provider("openrouter"));
        assertThat(after.provider()).contains("openrouter");
        assertThat(after.proxyEnabled()).isFalse();
        assertThat(after.proxyBaseUrl()).isEmpty();
        assertThat(after.proxyApiKey()).isEmpty();
        assertThat(after.proxyModelOverride()).isEmpty();
    }

    @Test
    void theSameProviderNamedAgainClearsNothing() {
        assertThat(change(UpdateRequest.builder().provider("groq")).proxyApiKey())
                .isPresent();
    }

    @Test
    void aBlankKeyCountsAsNone() {
        assertThat(change(UpdateRequest.builder().proxyApiKey("  ")).proxyApiKey())
                .isEmpty();
    }

    @Test
    void printsNoKey() {
        assertThat(before.toString()).contains("hasApiKey=true").doesNotContain("canary-of-groq");
    }

    private SessionSettings change(UpdateRequest.Builder request) {
        return request.build().settings().applyTo(before);
    }
}
