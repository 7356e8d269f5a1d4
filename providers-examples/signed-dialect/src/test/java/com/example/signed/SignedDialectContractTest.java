package com.example.signed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.spi.StopReason;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.DeliveredAnswer;
import dev.patchbay.testkit.DialectContract;
import dev.patchbay.testkit.OptionCase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a host expects of any dialect, with one case for each option of this one. */
class SignedDialectContractTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new SignedDialect();
    }

    @Override
    protected Map<String, Object> requiredOptions() {
        return Map.of("tenantToken", new SecretRef("env", "ACME_TENANT_TOKEN"));
    }

    @Override
    protected Map<String, OptionCase> optionCases() {
        return Map.of(
                "region",
                new OptionCase(
                        "us",
                        request -> assertThat(request.queryParameter("region")).contains("us")),
                "tenantToken",
                new OptionCase(
                        new SecretRef("env", "OTHER_TENANT_TOKEN"),
                        request -> assertThat(request.header("X-Acme-Tenant")).contains(CANARY)),
                "labels",
                new OptionCase(
                        List.of("one", "two"),
                        request -> assertThat(request.header("X-Acme-Labels")).contains("one,two")),
                "maxWait",
                new OptionCase(
                        Duration.ofMinutes(2),
                        request -> assertThat(request.header("X-Acme-Max-Wait")).contains("120")));
    }

    @Override
    protected DeliveredAnswer<?> answering(String... pieces) {
        Stream<String> lines = Stream.of(pieces).map(piece -> "{\"text\":\"" + piece + "\"}\n");
        return Answer.status(200)
                .pieces(
                        "application/x-ndjson",
                        Stream.concat(lines, Stream.of("{\"end\":\"stop\",\"used\":[3,5]}\n"))
                                .toArray(String[]::new));
    }

    @Override
    protected Optional<DeliveredAnswer<?>> ending(StopReason reason, long inputTokens, long outputTokens) {
        String end = reason.equals(StopReason.MAX_TOKENS) ? "length" : "stop";
        return Optional.of(lines(
                "{\"text\":\"fine\"}",
                "{\"end\":\"" + end + "\",\"used\":[" + inputTokens + "," + outputTokens + "]}"));
    }

    @Override
    protected Optional<DeliveredAnswer<?>> callingTwoTools() {
        return Optional.of(lines(
                "{\"call\":\"a\",\"name\":\"first\",\"input\":{\"n\":1}}",
                "{\"call\":\"b\",\"name\":\"second\",\"input\":{\"n\":2}}",
                "{\"end\":\"calls\"}"));
    }

    @Override
    protected Optional<DeliveredAnswer<?>> thinking() {
        return Optional.of(lines(
                "{\"thought\":\"let me \"}", "{\"thought\":\"see\"}", "{\"text\":\"done\"}", "{\"end\":\"stop\"}"));
    }

    @Override
    protected Optional<DeliveredAnswer<?>> refusal() {
        return Optional.of(lines("{\"text\":\"I will not answer that.\"}", "{\"end\":\"refused\"}"));
    }

    private static DeliveredAnswer<?> lines(String... lines) {
        return Answer.status(200).body("application/x-ndjson", String.join("\n", lines) + "\n");
    }

    @Override
    protected DeliveredAnswer<?> refusing(int status, String message) {
        return Answer.status(status).body("text/plain", message);
    }
}
