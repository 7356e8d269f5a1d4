package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.provider.Layer;
import dev.patchbay.spi.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unset, empty and blank key variables name variable, file, line and column, and leave the others alone. */
final class UnsetVariableTest {

    private static final String TWO = """
            groq:
              keyUrl: https://console.groq.example/keys
              baseUrl: https://api.groq.example/openai/v1
              apiKey: $GROQ_API_KEY
            other: {baseUrl: https://other.example, auth: none}
            """;

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {"unset, is not set", "'', is empty", "'  ', is blank"})
    void makesTheProviderUnavailableAndSaysWhy(String value, String words) {
        Registries registries = Registries.with(Layer.USER, TWO);
        if (value != null) {
            registries.variable("GROQ_API_KEY", value);
        }
        RegistrySnapshot snapshot = registries.build();
        Provider groq = snapshot.find("groq").orElseThrow();
        assertThat(groq.state()).isEqualTo(ProviderState.UNAVAILABLE);
        assertThat(groq.reason()).contains("GROQ_API_KEY " + words + " (user.yaml:5:13)");
        assertThat(groq.problems().get(0)).hasToString("""
                user.yaml:5:13: error[E201]: GROQ_API_KEY %s
                        apiKey: $GROQ_API_KEY
                                ^^^^^^^^^^^^^
                help: set GROQ_API_KEY in the environment of this process; a key can be had at https://console.groq.example/keys; \
                nothing was sent to api.groq.example""".formatted(words));
        assertThat(snapshot.find("other").orElseThrow().isReady()).isTrue();
    }

    @Test
    void theSecretItselfFailsTheSameWay() {
        Provider groq = Registries.with(Layer.USER, TWO).build().find("groq").orElseThrow();
        var key = groq.definition().orElseThrow().auth().orElseThrow().key().orElseThrow();
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(ProviderException.class, key::resolve))
                .hasMessage("GROQ_API_KEY is not set (user.yaml:5:13)");
    }

    @Test
    void aHeaderWhoseVariableIsUnsetIsNotMissingAsWell() {
        RegistrySnapshot snapshot =
                Registries.with(Layer.USER, """
                        p:
                          baseUrl: https://api.header.example/v1
                          auth: {type: header, header: $KEY_HEADER, key: $KEY}
                        """).variable("KEY", "canary-key").build();
        assertThat(snapshot.diagnostics()).extracting(Diagnostic::message).containsExactly("KEY_HEADER is not set");
    }

    @Test
    void allMissingNamesAreReportedTogether() {
        RegistrySnapshot snapshot = Registries.with(Layer.USER, """
                        p:
                          baseUrl: https://$REGION.$DOMAIN/v1
                          apiKey: $KEY
                          headers: {X-A: "${ONE:-$TWO}"}
                          http: {idleTimeout: $WAIT}
                          body: {set: {a: [$BODY]}}
                        """).build();
        assertThat(snapshot.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "REGION is not set",
                        "DOMAIN is not set",
                        "KEY is not set",
                        "TWO is not set",
                        "WAIT is not set",
                        "BODY is not set");
        assertThat(snapshot.find("p").orElseThrow().definition()).isEmpty();
    }
}
