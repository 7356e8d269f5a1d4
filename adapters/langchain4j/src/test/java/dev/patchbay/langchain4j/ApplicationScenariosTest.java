package dev.patchbay.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.internal.RetryUtils;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.patchbay.Patchbay;
import dev.patchbay.client.contract.ApplicationContract;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Model;
import dev.patchbay.provider.ProviderCatalog;
import dev.patchbay.testkit.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An application that asks through LangChain4j. */
final class ApplicationScenariosTest extends ApplicationContract {

    @Override
    protected String ask(Patchbay patchbay, String model) {
        return PatchbayChatModel.of(patchbay, model).chat("Hello");
    }

    @Override
    protected void embed(Patchbay patchbay, String model) {
        PatchbayEmbeddingModel.of(patchbay, model).embed("one");
    }

    /** E09. */
    @Test
    void retriesOfTheFrameworkComeOnTopAndSeeOneAttemptEach() throws IOException {
        fake.answer(Answer.error(503, "unavailable", "not now"));
        RetryUtils.RetryPolicy twice =
                RetryUtils.retryPolicyBuilder().maxRetries(1).delayMillis(1).build();
        AtomicInteger attempts = new AtomicInteger();
        String once = ", http: {retries: {max: 1, backoff: {initial: 1ms, max: 1ms}}}";
        try (Patchbay patchbay = with("/v1", once).build()) {
            assertThatThrownBy(() -> twice.withRetry(() -> {
                        attempts.incrementAndGet();
                        return ask(patchbay, "p/");
                    }))
                    .isInstanceOf(InternalServerException.class);

            assertThat(attempts).hasValue(2);
            assertThat(fake.requests()).hasSize(2 * attempts.get());
        }
    }

    /** E13. */
    @Test
    void theCatalogListsWhatTheFileNamesWithContextAndPrice() throws IOException {
        String named = ", models: {priced: {context: 1000, price: {input: 2, output: 10}}, usual: {}}";
        try (Patchbay patchbay = with("/v1", named).build()) {
            List<ModelDescription> models =
                    PatchbayModelCatalog.of(patchbay, "p").listModels();

            assertThat(models).extracting(ModelDescription::name).containsExactly("priced", "usual");
            assertThat(models.get(0).maxInputTokens()).isEqualTo(1_000);
            assertThat(models.get(0).description()).contains("input 2", "output 10");
            assertThat(fake.requests()).isEmpty();
        }
    }

    /** E13: beside the default model, which is usable whether it is listed or not. */
    @Test
    void elseTheCatalogListsWhatTheProviderLists() throws IOException {
        fake.answer("/models", Answer.json(200, "{\"data\":[{\"id\":\"new one: today\"},{\"id\":\"a/b:free\"}]}"));
        try (Patchbay patchbay = with("/v1", "").build()) {
            assertThat(PatchbayModelCatalog.of(patchbay, "p").listModels())
                    .extracting(ModelDescription::name)
                    .containsExactlyInAnyOrder("m", "new one: today", "a/b:free");
        }
    }

    /** E13. */
    @Test
    void whereTheProviderTellsNoneTheCatalogListsWhatIsKnownOfIt() throws IOException {
        fake.answer("/models", Answer.error(404, "not_found", "no such page"));
        try (Patchbay patchbay = with("/v1", "").catalog(new OneModel()).build()) {
            assertThat(PatchbayModelCatalog.of(patchbay, "p").listModels())
                    .extracting(ModelDescription::name)
                    .contains("known of old");
        }
    }

    private static final class OneModel implements ProviderCatalog {

        @Override
        public String source() {
            return "a test";
        }

        @Override
        public Optional<String> entry(Definition provider) {
            return Optional.of("entry of the same origin");
        }

        @Override
        public List<Model> models(Definition provider) {
            return List.of(Model.named("known of old"));
        }

        @Override
        public Set<String> presets() {
            return Set.of();
        }

        @Override
        public Optional<String> preset(String id) {
            return Optional.empty();
        }

        @Override
        public Set<String> keyVariables() {
            return Set.of();
        }
    }
}
