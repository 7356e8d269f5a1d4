package com.example.lines;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.StopReason;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.DeliveredAnswer;
import dev.patchbay.testkit.DialectContract;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a host expects of any dialect; the two methods below say how a provider of this one answers. */
class LineDialectContractTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new LineDialect();
    }

    @Override
    protected DeliveredAnswer<?> answering(String... pieces) {
        Stream<String> lines = Stream.of(pieces).map(piece -> "say " + piece + "\n");
        return Answer.status(200)
                .pieces(
                        "text/x-lines",
                        Stream.concat(lines, Stream.of("used 3 5\n", "bye\n")).toArray(String[]::new));
    }

    @Override
    protected Optional<DeliveredAnswer<?>> ending(StopReason reason, long inputTokens, long outputTokens) {
        String bye = reason.equals(StopReason.MAX_TOKENS) ? "bye length\n" : "bye\n";
        return Optional.of(Answer.status(200)
                .body("text/x-lines", "say fine\nused " + inputTokens + " " + outputTokens + "\n" + bye));
    }

    @Override
    protected DeliveredAnswer<?> refusing(int status, String message) {
        return Answer.status(status).body("text/plain", message);
    }
}
