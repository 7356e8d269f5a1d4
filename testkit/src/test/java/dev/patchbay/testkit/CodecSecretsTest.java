package dev.patchbay.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.DialectCodec;
import dev.patchbay.spi.HttpCall;
import dev.patchbay.spi.ProviderDefinition;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.Secret;
import dev.patchbay.spi.SecretRef;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How often the host is asked for a secret that a codec needs. */
class CodecSecretsTest {

    private static final SecretRef KEY = new SecretRef("vault", "key");

    @Test
    void asksForASecretOnceACallHoweverOftenTheCodecUsesIt() {
        try (FakeProvider provider = FakeProvider.start()) {
            provider.answer(Answer.status(500).body("text/plain", "no"));
            TestContext context = TestContext.of(provider.baseUrl()).secret(KEY, "s3cret");
            Dialect dialect = new TwiceDialect();
            try (ChatClient client = dialect.connect(TestDefinition.of(dialect, provider.baseUrl()), context)) {
                ChatRequest request =
                        ChatRequest.builder("m").message(ChatMessage.user("q")).build();
                Streams.failure(client, request);
                assertThat(context.secretsAsked()).isEqualTo(1);
                Streams.failure(client, request);
                assertThat(context.secretsAsked()).isEqualTo(2);
            }
            assertThat(provider.requests().get(0).header("X-Second")).contains("s3cret");
        }
    }

    private static final class TwiceDialect implements Dialect {

        @Override
        public String id() {
            return "twice";
        }

        @Override
        public Optional<DialectCodec> codec(ProviderDefinition definition) {
            return Optional.of(new DialectCodec() {
                @Override
                public HttpCall encode(ChatRequest request, Function<SecretRef, Secret> secrets) {
                    return HttpCall.post(definition.baseUrl().orElseThrow(), new byte[0])
                            .header("X-First", secrets.apply(KEY).reveal())
                            .header("X-Second", secrets.apply(KEY).reveal());
                }

                @Override
                public AnswerDecoder decoder(ChatRequest request, HttpHead reply) {
                    throw new AssertionError("nothing is answered");
                }

                @Override
                public ProviderException failure(HttpHead reply, byte[] body) {
                    return ProviderException.builder(
                                    ProviderException.Kind.ofStatus(reply.status()), new String(body, UTF_8))
                            .build();
                }
            });
        }
    }
}
