package dev.patchbay.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PluginGuardTest {

    private static final ChatRequest REQUEST = ChatRequest.builder("m").build();

    private final PluginGuard guard =
            new PluginGuard("acme", "acme", getClass().getClassLoader(), new TimeLimit(TimeLimit.DEFAULT, line -> {}));

    @Test
    void anythingThatIsThrownComesOutAsAFaultOfThePlugin() {
        assertThat(failure(() -> {
                    throw new IllegalStateException("no luck\nat all");
                }))
                .hasMessage("plugin acme: X failed with IllegalStateException: no luck at all")
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(ProviderException.Kind.SERVER);
                    assertThat(e.isRetryable()).isFalse();
                    assertThat(e.help())
                            .hasValueSatisfying(help -> assertThat(help).contains("a fault in the plugin acme"));
                    assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
                });
        assertThat(failure(() -> endless(1))).hasMessage("plugin acme: X failed with StackOverflowError");
        assertThat(failure(() -> {
                    throw new NoClassDefFoundError("acme/Gone");
                }))
                .hasMessage("plugin acme: X failed with NoClassDefFoundError: acme/Gone");
        assertThat(failure(() -> null)).hasMessage("plugin acme: X returned null");
    }

    @Test
    void anExceptionThatCannotEvenSayItsMessageDoesNoHarm() {
        assertThat(failure(() -> {
                            throw new RuntimeException() {
                                @Override
                                public String getMessage() {
                                    throw new IllegalStateException("again");
                                }
                            };
                        })
                        .getMessage())
                .startsWith("plugin acme: X failed with");
    }

    @Test
    void aProviderExceptionPassesAsItIs() {
        ProviderException own = new ProviderException(ProviderException.Kind.RATE_LIMIT, "slow down");

        assertThat(failure(() -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void anInterruptionIsACancellationAndStaysVisible() {
        ProviderException failure = failure(() -> {
            throw new InterruptedException();
        });

        assertThat(failure.kind()).isEqualTo(ProviderException.Kind.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStreamThatFailsWhenItIsClosedDoesNotFailTheAnswer() {
        ChatClient client = new GuardedClient(
                request -> new ChatStream() {
                    @Override
                    public Optional<ChatEvent> next() {
                        throw new IllegalArgumentException("bad");
                    }

                    @Override
                    public void close() {
                        throw new IllegalStateException("cannot close");
                    }
                },
                guard);
        ChatStream stream = client.stream(REQUEST);

        assertThatThrownBy(stream::next)
                .isInstanceOf(ProviderException.class)
                .hasMessage("plugin acme: ChatStream.next failed with IllegalArgumentException: bad");
        assertThatCode(stream::close).doesNotThrowAnyException();
        assertThatCode(client::close).doesNotThrowAnyException();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aClientThatGivesNoStreamIsAFault() {
        ChatClient client = new GuardedClient(request -> null, guard);

        assertThatThrownBy(() -> client.stream(REQUEST))
                .isInstanceOf(ProviderException.class)
                .hasMessage("plugin acme: ChatClient.stream returned null");
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    @SuppressWarnings("NullAway")
    private ProviderException failure(Callable<@Nullable Object> code) {
        return catchThrowableOfType(ProviderException.class, () -> guard.call("X", code));
    }
}
