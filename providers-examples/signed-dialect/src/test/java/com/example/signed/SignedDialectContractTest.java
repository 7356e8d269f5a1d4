package com.example.signed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.spi.Dialect;
import dev.patchbay.spi.SecretRef;
import dev.patchbay.testkit.Answer;
import dev.patchbay.testkit.DeliveredAnswer;
import dev.patchbay.testkit.DialectContract;
import dev.patchbay.testkit.OptionCase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        Stream<String> lines = Stream.of(pieces).map(piece -> "text=" + piece + "\n");
        return Answer.status(200)
                .pieces(
                        "text/plain",
                        Stream.concat(lines, Stream.of("end=stop\n")).toArray(String[]::new));
    }

    @Override
    protected DeliveredAnswer<?> refusing(int status, String message) {
        return Answer.status(status).body("text/plain", message);
    }
}
