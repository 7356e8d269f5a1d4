package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.Patchbay;
import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.FakeProvider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a key among the settings of a request, and what is not. */
final class MisplacedKeyTest {

    private final FakeProvider fake = FakeProvider.start();
    private final Patchbay patchbay = Patchbay.builder()
            .withoutDiscovery()
            .definition(Definition.builder("local")
                    .baseUrl(fake.baseUrl("/v1"))
                    .auth(Auth.NONE)
                    .defaultModel("m")
                    .build())
            .build();

    @AfterEach
    void close() {
        patchbay.close();
        fake.close();
    }

    private static LaunchRequest.Builder query() {
        return LaunchRequest.query("Hi").provider("local");
    }

    /** As Clerk and Anthropic give them, and a hash in Base64. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_2NNEqL2nrIRdJ194ndJqAHwEfxC",
                "container_011CPR5CNjB747bTd36fQLFk",
                "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
            })
    void anIdOfSomebodysOwnIsNoKey(String id) {
        fake.answer(Answer.text("Hello"));
        SessionResult result = patchbay.launch(
                        query().userId(id).more("container", id).build())
                .await();
        assertThat(result.status()).isEqualTo(SessionStatus.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-a1b2c3d4e5f6a1b2c3d4e5f6", "Bearer a1b2c3d4e5f6a1b2c3d4e5f6"})
    void whatBeginsLikeAKeyIsOneWhereverItStands(String key) {
        for (LaunchRequest request : List.of(
                query().userId(key).build(), query().more("container", key).build())) {
            assertThatThrownBy(() -> patchbay.launch(request))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the options hold the key")
                    .hasMessageNotContaining(key);
        }
    }

    /** As the name of an option as well as in its value, however deep. */
    @Test
    void theKeyOfASessionIsNowhereInItsOptions() {
        String key = "qz8kanari~jbw47nrtd.c6yefg2s-End9";
        for (LaunchRequest.Builder request : List.of(
                query().more(key, "x"),
                query().more("x-" + key, "x"),
                query().more("x", Map.of(key, 1)),
                query().more("x", List.of(key)))) {
            LaunchRequest keyed = request.proxyEnabled(true)
                    .proxyBaseUrl(fake.baseUrl("/v1").toString())
                    .proxyApiKey(key)
                    .build();
            assertThatThrownBy(() -> patchbay.launch(keyed))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the options hold the key")
                    .hasMessageNotContaining(key);
        }
        assertThat(fake.requests()).isEmpty();
    }

    /** Nobody can take it out of them any more. */
    @Test
    void aSessionThatIsStoredIsRenamedWhateverItsSettingsHold() {
        ChatRequest settings =
                ChatRequest.builder("").more("access_token", "of old").build();
        patchbay.store()
                .create(
                        SessionRecord.builder("old", "run", "Hi", Instant.EPOCH)
                                .status(SessionStatus.COMPLETED)
                                .resolved("local", "m", "m")
                                .template(RequestTemplate.of(settings))
                                .build(),
                        List.of());
        assertThat(patchbay.update(
                                "old", UpdateRequest.builder().title("Another").build())
                        .title())
                .isEqualTo("Another");
    }
}
