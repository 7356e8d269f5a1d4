package dev.patchbay.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.provider.RetryPolicy;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.ChatStream;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.spi.ProviderException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryingChatStreamTest {

    private static final ChatEvent EVENT = ChatEvent.textDelta(0, "x");
    private static final ProviderException BUSY = new ProviderException(Kind.OVERLOADED, "busy");
    private static final RetryPolicy TWICE =
            new RetryPolicy(2, Set.of(503), true, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(1));

    private final Queue<Object> script = new ArrayDeque<>();
    private final List<Scripted> opened = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void asksAgainUntilAnAnswerBegins() {
        script.addAll(List.of(BUSY, BUSY, EVENT));

        assertThat(stream().next()).contains(EVENT);
        assertThat(heard).containsExactly("2 busy", "3 busy");
        assertThat(opened).hasSize(3);
        assertThat(opened.get(0).closed).isTrue();
        assertThat(opened.get(1).closed).isTrue();
        assertThat(opened.get(2).closed).isFalse();
    }

    @Test
    void givesUpAfterTheLastRetryAndStaysFailed() {
        script.addAll(List.of(BUSY, BUSY, BUSY, EVENT));
        ChatStream stream = stream();

        assertThat(catchThrowableOfType(ProviderException.class, stream::next)).isSameAs(BUSY);
        assertThat(catchThrowableOfType(ProviderException.class, stream::next)).isSameAs(BUSY);
        assertThat(opened).hasSize(3);
    }

    @Test
    void doesNotAskAgainOnceAnEventWasPassedOn() {
        script.addAll(List.of(EVENT, BUSY, EVENT));
        ChatStream stream = stream();
        stream.next();

        assertThat(catchThrowableOfType(ProviderException.class, stream::next)).isSameAs(BUSY);
        assertThat(heard).isEmpty();
    }

    @Test
    void givesUpWhenItsThreadIsInterruptedWhileItWaits() {
        script.addAll(List.of(BUSY, EVENT));
        ChatStream stream = stream();
        Thread.currentThread().interrupt();

        assertThat(catchThrowableOfType(ProviderException.class, stream::next).kind())
                .isEqualTo(Kind.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closesTheAttemptThatIsOpen() {
        script.add(EVENT);
        ChatStream stream = stream();
        stream.next();

        stream.close();

        assertThat(opened.get(0).closed).isTrue();
    }

    private ChatStream stream() {
        RetryListener listener = (attempt, wait, failure) -> heard.add(attempt + " " + failure.getMessage());
        return new RetryingChatClient(request -> open(), TWICE, listener)
                .stream(ChatRequest.builder("m").build());
    }

    private ChatStream open() {
        Scripted stream = new Scripted();
        opened.add(stream);
        return stream;
    }

    private final class Scripted implements ChatStream {

        private boolean closed;

        @Override
        public Optional<ChatEvent> next() {
            Object step = script.remove();
            if (step instanceof ProviderException failure) {
                throw failure;
            }
            return Optional.of((ChatEvent) step);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
