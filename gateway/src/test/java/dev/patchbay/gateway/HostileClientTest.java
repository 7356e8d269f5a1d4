package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.HostileClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of testkit for clients that misbehave, at the gateway. */
@Timeout(60)
class HostileClientTest {

    private static final GatewayFixture FIXTURE = new GatewayFixture();
    private static final GatewayFixture HASTY = new GatewayFixture();

    @BeforeAll
    static void start() {
        FIXTURE.start(FIXTURE.chatProvider().defaultModel("m").build(), builder -> builder.provider("chat"));
        FIXTURE.fake.answer(Answer.text("Hello"));
        Duration soon = Duration.ofMillis(400);
        HASTY.start(
                HASTY.chatProvider().build(),
                builder -> builder.provider("chat")
                        .headTimeout(soon)
                        .clientTimeout(soon)
                        .bodySilence(soon)
                        .bodyTimeout(Duration.ofSeconds(1)));
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
        HASTY.close();
    }

    static List<HostileClient> all() {
        return HostileClient.all();
    }

    static List<HostileClient> stalling() {
        return HostileClient.stalling();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAnswered(HostileClient client) throws Exception {
        check(FIXTURE, client, Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @MethodSource("stalling")
    void isNotWaitedForForEver(HostileClient client) throws Exception {
        check(HASTY, client, Duration.ofSeconds(4));
    }

    private static void check(GatewayFixture fixture, HostileClient client, Duration limit) throws Exception {
        HostileClient.Outcome outcome = client.meet(fixture.gateway().port(), limit);

        assertThat(client.verdict(outcome))
                .as(client.name() + ": " + outcome.text())
                .isEmpty();
        assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
    }
}
