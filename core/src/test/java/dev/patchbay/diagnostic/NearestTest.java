package dev.patchbay.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {

    private static final List<String> KNOWN = List.of("baseUrl", "apiKey", "models", "aliases", "groq", "query");

    @Test
    void findsOtherSpellingsAndSlips() {
        assertThat(Nearest.to("base_url", KNOWN)).contains("baseUrl");
        assertThat(Nearest.to("BASEURL", KNOWN)).contains("baseUrl");
        assertThat(Nearest.to("mdoels", KNOWN)).contains("models");
        assertThat(Nearest.to("gorq", KNOWN)).contains("groq");
    }

    @Test
    void findsNothingFarAway() {
        assertThat(Nearest.to("temperature", KNOWN)).isEmpty();
        assertThat(Nearest.question("x", KNOWN)).isEmpty();
    }
}
