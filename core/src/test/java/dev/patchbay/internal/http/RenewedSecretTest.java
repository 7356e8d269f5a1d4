package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Location;
import dev.patchbay.internal.config.secret.Secrets;
import dev.patchbay.internal.route.RouteOverrides;
import dev.patchbay.internal.route.RouteResolver;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.provider.SecretValue;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.HttpReply;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that can be had anew is, once, when a provider refuses it. */
final class RenewedSecretTest {

    private final ChatFixture fixture = new ChatFixture();
    private final Numbered secret = new Numbered();
    private final Definition definition =
            fixture.definition().auth(Auth.bearer(secret)).build();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sendsTheRequestAgainWithANewSecret() {
        fixture.fake.enqueue(Answer.error(401, "expired", "token expired"), Answer.text("ok"));

        assertThat(fixture.answer(definition)).isEqualTo("ok");
        assertThat(fixture.fake.requests())
                .extracting(request -> request.header("authorization").orElse(""))
                .containsExactly("Bearer key-1", "Bearer key-2");
        assertThat(fixture.waits).as("this is no retry").isEmpty();
    }

    @Test
    void stopsWhenTheNewSecretIsRefusedToo() {
        fixture.fake.answer(Answer.error(401, "expired", "token expired"));

        ProviderException failure = fixture.failure(definition);
        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.AUTH);
        assertThat(failure.status()).isEqualTo(OptionalInt.of(401));
        assertThat(fixture.fake.requests()).hasSize(2);
    }

    @Test
    void aSecretThatStaysTheSameIsNotSentAgain() {
        fixture.fake.answer(Answer.error(401, "invalid", "no such key"));

        fixture.failure(fixture.definition().build());
        assertThat(fixture.fake.requests()).hasSize(1);
    }

    @Test
    void aKeyThatIsAnotherOneEachTimeIsMaskedAsItWasSent(@TempDir Path folder) throws IOException {
        Path count = Files.writeString(folder.resolve("count"), "");
        SecretValue printed = Secrets.command(
                List.of("sh", "-c", "echo >> \"$0\"; echo printed-key-$(wc -l < \"$0\")", count.toString()),
                Duration.ZERO,
                Duration.ofSeconds(30),
                new Location("test.yaml", 3, 13));
        fixture.fake.answer(exchange -> {
            String sent = exchange.request().header("authorization").orElse("none");
            Answer.error(401, "invalid", "refused: " + sent).send(exchange);
        });

        ProviderException failure =
                fixture.failure(fixture.definition().auth(Auth.bearer(printed)).build());
        assertThat(fixture.fake.requests())
                .extracting(request -> request.header("authorization").orElse(""))
                .containsExactly("Bearer printed-key-1", "Bearer printed-key-2");
        assertThat(ChatFixture.printed(failure)).contains("refused: Bearer ***").doesNotContain("printed-key-");
        assertThat(Files.readAllLines(count))
                .as("the command ran for the requests only")
                .hasSize(2);
    }

    @Test
    void holdsForTheTransportOfPluginsToo() throws Exception {
        fixture.fake.enqueue(Answer.error(401, "expired", "token expired"), Answer.json(200, "{}"));
        HttpCall call = HttpCall.get(fixture.fake.baseUrl("/v1/models"));
        try (HttpReply reply = fixture.providers
                .transport(RouteResolver.resolve(definition, RouteOverrides.none()))
                .send(call)) {
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(fixture.fake.requests()).extracting(RecordedRequest::path).hasSize(2);
    }

    /** Becomes key-2 once key-1 was refused, and so on. */
    private static final class Numbered implements SecretValue {

        private int number = 1;

        @Override
        public SecretRef reference() {
            return new SecretRef("command", "numbers");
        }

        @Override
        public Location location() {
            return new Location("test.yaml", 3, 13);
        }

        @Override
        public Secret resolve() {
            return Secret.of("key-" + number);
        }

        @Override
        public boolean renew(Secret refused) {
            number++;
            return true;
        }
    }
}
