package dev.patchbay.internal.http;

import static dev.patchbay.internal.http.ChatFixture.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.internal.route.TestSecret;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.Endpoint;
import dev.patchbay.provider.Operation;
import dev.patchbay.provider.Value;
import dev.patchbay.testkit.FakeProvider;
import dev.patchbay.testkit.RecordedRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An endpoint at another origin is sent its own credential and none of the base URL's (provider-files.md, section 4). */
final class ForeignEndpointTest {

    @Test
    void isSentNothingSecretOfTheBase() {
        RecordedRequest sent = ask(Auth.bearer(TestSecret.of("OTHER_KEY", "other-key-1")));
        assertThat(sent.header("authorization")).contains("Bearer other-key-1");
        assertThat(sent.header("x-org")).isEmpty();
        assertThat(sent.header("x-plain")).contains("plain");
        assertThat(sent.query()).isEmpty();
    }

    @Test
    void isSentNoCredentialWhereItNeedsNone() {
        assertThat(ask(Auth.NONE).header("authorization")).isEmpty();
    }

    private static RecordedRequest ask(Auth auth) {
        try (ChatFixture base = new ChatFixture();
                FakeProvider foreign = FakeProvider.start()) {
            Definition definition = base.definition()
                    .headers(Map.of("X-Org", hidden("ORG"), "X-Plain", new Value.Plain("plain")))
                    .query(Map.of("token", hidden("TOKEN")))
                    .endpoints(Map.of(
                            Operation.CHAT,
                            new Endpoint.Absolute(foreign.baseUrl("/other/chat/completions"), Optional.of(auth))))
                    .build();
            assertThat(base.answer(definition)).isEqualTo(FakeProvider.DEFAULT_TEXT);
            assertThat(base.fake.requests()).isEmpty();
            assertThat(foreign.sawAnywhere(CANARY)).isFalse();
            return foreign.onlyRequest();
        }
    }

    private static Value hidden(String name) {
        return new Value.Hidden(TestSecret.of(name, CANARY + name));
    }
}
