package dev.patchbay.internal.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTailTest {

    private static final String PAD = "x".repeat(100_000);
    private static final String LONG = "data: {\"pad\":\"" + PAD + "\",\"choices\":[{\"finish_reason\":\"stop\"}]}";

    private final EventTail tail = new EventTail();

    /** Where an event is cut into pieces hangs on how its bytes come: also amid the reason, or so that its line ends are a piece. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 15, 30})
    void knowsHowALongEventEndsWhereverItIsCut(int before) {
        int cut = LONG.length() - before;
        tail.add(Buffer.buffer(LONG.substring(0, 70_000)), false);
        tail.add(Buffer.buffer(LONG.substring(70_000, cut)), false);
        tail.add(Buffer.buffer(LONG.substring(cut) + "\n\n"), true);

        assertThat(tail.text(Buffer.buffer())).startsWith("data: {").contains("\"finish_reason\":\"stop\"}]}");
    }

    @Test
    void takesAnEventThatIsHalfForNone() {
        tail.add(Buffer.buffer(LONG.substring(0, 70_000)), false);
        tail.add(Buffer.buffer(LONG.substring(70_000, LONG.length() - 1)), false);
        tail.add(Buffer.buffer("\n\n"), true);

        assertThat(tail.text(Buffer.buffer())).isEmpty();
    }
}
