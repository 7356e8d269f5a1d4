package dev.patchbay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.catalog.CatalogModel.Ability;
import java.math.BigDecimal;
import java.net.URI;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What becomes of a source. */
final class CatalogTest {

    private static final String MODEL = """
            {"name": "One", "attachment": true, "reasoning": true, "tool_call": true, "structured_output": true, "open_weights": false,
             "release_date": "2026-01-01", "modalities": {"input": ["text", "image", "pdf"], "output": ["text"]},
             "limit": {"context": 128000, "input": 100000, "output": 8192},
             "cost": {"input": 0.5, "output": 2, "cache_read": 0.05}}""";

    @Test
    void readsLimitsPricesAndAbilities() {
        CatalogModel model = read(provider("@ai-sdk/openai-compatible", "https://api.acme.example/v1", MODEL))
                .provider("acme")
                .orElseThrow()
                .models()
                .get("acme/one");
        assertThat(model.name()).isEqualTo("One");
        assertThat(model.context()).hasValue(128_000);
        assertThat(model.maxInput()).hasValue(100_000);
        assertThat(model.maxOutput()).hasValue(8192);
        assertThat(model.inputPrice()).contains(new BigDecimal("0.5"));
        assertThat(model.cacheWritePrice()).isEmpty();
        assertThat(model.input()).containsExactly("text", "image", "pdf");
        assertThat(model.abilities())
                .containsExactlyInAnyOrder(
                        Ability.TOOLS,
                        Ability.IMAGES,
                        Ability.PDF,
                        Ability.REASONING,
                        Ability.STRUCTURED_OUTPUT,
                        Ability.TEXT);
    }

    @Test
    void takesALimitOfZeroForUnknown() {
        String model = MODEL.replace("128000", "0");
        assertThat(read(provider("@ai-sdk/openai-compatible", "https://api.acme.example/v1", model))
                        .provider("acme")
                        .orElseThrow()
                        .models()
                        .get("acme/one")
                        .context())
                .isEqualTo(OptionalInt.empty());
    }

    @Test
    void makesPresetsOnlyOfWhatNeedsNothingButAKey() {
        assertThat(preset("@ai-sdk/openai-compatible", "https://api.acme.example/v1"))
                .isTrue();
        assertThat(preset("@ai-sdk/anthropic", "https://api.acme.example/v1")).isTrue();
        assertThat(preset("@ai-sdk/openai-compatible", "http://127.0.0.1:1234/v1"))
                .isTrue();
        assertThat(preset("@ai-sdk/openai-compatible", "http://api.acme.example/v1"))
                .isFalse();
        assertThat(preset("@ai-sdk/openai-compatible", "https://${ACME_ACCOUNT}.acme.example/v1"))
                .isFalse();
        assertThat(preset("@ai-sdk/cohere", "https://api.acme.example/v1")).isFalse();
    }

    @Test
    void refusesWhatItDoesNotKnowByItsPath() {
        assertThatThrownBy(() -> read(provider("@ai-sdk/new", "https://a.example", MODEL)))
                .hasMessage("providers.acme.npm: unknown client library '@ai-sdk/new'");
        assertThatThrownBy(() -> read(provider(
                        "@ai-sdk/anthropic", "https://a.example", MODEL.replace("\"cache_read\"", "\"cache_readd\""))))
                .hasMessage("providers.acme.models.acme/one.cost.cache_readd: unknown member");
        assertThatThrownBy(() ->
                        read(provider("@ai-sdk/anthropic", "https://a.example", MODEL.replace("\"pdf\"", "\"smell\""))))
                .hasMessage("providers.acme.models.acme/one.modalities.input: unknown 'smell'");
        assertThatThrownBy(
                        () -> read(provider("@ai-sdk/anthropic", "https://a.example", MODEL.replace("128000", "-1"))))
                .hasMessage("providers.acme.models.acme/one.limit.context: a number of tokens is expected");
        assertThatThrownBy(() -> read("[]")).hasMessage("the document: an object is expected");
        assertThatThrownBy(() -> read("{\"providers\"")).hasMessageStartingWith("not JSON: ");
    }

    @Test
    void namesTheLineOfATextThatIsNone() {
        assertThatThrownBy(() -> CatalogText.read("rev\t2026-01-01\n\tacme\tAcme\n"))
                .hasMessage("line 2: 6 fields are expected, there are 2");
        assertThatThrownBy(() -> CatalogText.read("rev\t2026-01-01\nmodel"))
                .hasMessage("line 2: a provider is expected");
        assertThatThrownBy(() -> CatalogText.read("rev\tyesterday\n")).hasMessageStartingWith("line 1: ");
        assertThatThrownBy(() -> CatalogText.read("")).hasMessage("line 1: a revision and a date are expected");
    }

    @Test
    void aNewerEditionBringsFactsAndNeverAnAddressAVariableOrADialect() {
        Catalog old = read(provider("@ai-sdk/openai-compatible", "https://api.acme.example/v1", MODEL));
        Catalog newer = read(provider("@ai-sdk/anthropic", "https://evil.example/v1", MODEL.replace("128000", "256000"))
                .replace("ACME_API_KEY", "AWS_SECRET_ACCESS_KEY"));
        CatalogProvider merged = old.withFactsOf(newer).provider("acme").orElseThrow();
        assertThat(merged.models().get("acme/one").context()).hasValue(256_000);
        assertThat(merged.baseUrl()).contains(URI.create("https://api.acme.example/v1"));
        assertThat(merged.keyVariables()).containsExactly("ACME_API_KEY");
        assertThat(merged.dialect()).contains("openai-chat");
    }

    private static boolean preset(String library, String url) {
        return read(provider(library, url, MODEL))
                .provider("acme")
                .orElseThrow()
                .isPreset();
    }

    private static Catalog read(String json) {
        return ModelsDevReader.read(json);
    }

    private static String provider(String library, String url, String model) {
        return """
                {"source": "https://example.org", "commit": "abc", "date": "2026-07-02", "licence": "MIT", "providers": {"acme": {
                  "name": "Acme", "npm": "%s", "api": "%s", "env": ["ACME_API_KEY"], "doc": "https://acme.example/docs",
                  "models": {"acme/one": %s}}}}""".formatted(library, url, model);
    }
}
