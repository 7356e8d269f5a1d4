package dev.patchbay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.SecretRef;
import java.util.Map;
import java.util.stream.Stream;

/** The contract, for a protocol of its own. */
abstract class LineDialectContract extends DialectContract {

    @Override
    protected DeliveredAnswer<?> answering(String... pieces) {
        Stream<String> lines = Stream.concat(Stream.of(pieces).map(piece -> "say " + piece + "\n"), Stream.of("bye\n"));
        return Answer.status(200).pieces("text/x-lines", lines.toArray(String[]::new));
    }

    @Override
    protected DeliveredAnswer<?> refusing(int status, String message) {
        return Answer.status(status).body("text/plain", message);
    }

    @Override
    protected Map<String, Object> requiredOptions() {
        return Map.of("signingKey", new SecretRef("env", "SIGNING_KEY"));
    }

    @Override
    protected Map<String, OptionCase> optionCases() {
        return Map.of(
                "tone",
                new OptionCase(
                        "loud", request -> assertThat(request.header("X-Tone")).contains("loud")),
                "signingKey",
                new OptionCase(
                        new SecretRef("env", "OTHER_KEY"),
                        request -> assertThat(request.header("X-Signature")).contains("22")));
    }
}
