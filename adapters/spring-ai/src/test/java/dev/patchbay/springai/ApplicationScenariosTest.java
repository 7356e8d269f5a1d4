package dev.patchbay.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.client.contract.ApplicationContract;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionRecord;
import dev.patchbay.testkit.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import tools.jackson.databind.json.JsonMapper;

/** An application that asks through Spring AI. */
final class ApplicationScenariosTest extends ApplicationContract {

    @Override
    protected String ask(Patchbay patchbay, String model) {
        return PatchbayChatModel.of(patchbay, model).call("Hello");
    }

    @Override
    protected void embed(Patchbay patchbay, String model) {
        PatchbayEmbeddingModel.of(patchbay, model).embed("one");
    }

    /** E09. */
    @Test
    void retriesOfTheFrameworkComeOnTopAndSeeOneAttemptEach() throws IOException {
        fake.answer(Answer.error(503, "unavailable", "not now"));
        RetryTemplate twice = new RetryTemplate(RetryPolicy.builder()
                .maxRetries(1)
                .delay(Duration.ofMillis(1))
                .includes(TransientAiException.class)
                .build());
        AtomicInteger attempts = new AtomicInteger();
        String once = ", http: {retries: {max: 1, backoff: {initial: 1ms, max: 1ms}}}";
        try (Patchbay patchbay = with("/v1", once).build()) {
            assertThatThrownBy(() -> twice.execute(() -> {
                        attempts.incrementAndGet();
                        return ask(patchbay, "p/");
                    }))
                    .isInstanceOf(RetryException.class)
                    .hasCauseInstanceOf(TransientAiException.class);

            assertThat(attempts).hasValue(2);
            assertThat(fake.requests()).hasSize(2 * attempts.get());
        }
    }

    /** E11: Spring brings Jackson 3. */
    @Test
    void recordsAreWrittenByTheJacksonOfTheApplication() throws IOException {
        try (Patchbay patchbay = with("/v1", "").build()) {
            SessionRecord session = patchbay.launch(
                            LaunchRequest.query("Hi").provider("p").build())
                    .await()
                    .session();

            String json = JsonMapper.builder().build().writeValueAsString(session);

            assertThat(json).contains("\"status\":\"completed\"", "\"provider\":\"p\"", "\"query\":\"Hi\"");
        }
    }
}
