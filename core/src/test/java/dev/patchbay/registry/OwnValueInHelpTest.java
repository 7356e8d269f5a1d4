package dev.patchbay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.diagnostic.Diagnostic;
import dev.patchbay.provider.Layer;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Help repeats what the user wrote, in the form that is right, where it can be known. */
final class OwnValueInHelpTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{baseurl: https://x.example/v1}|write baseUrl: https://x.example/v1",
                "{temperature: 0.3}|write body: {default: {temperature: 0.3}}",
                "{default_model: llama-4}|write defaultModel: llama-4",
                "{baseUrl: x.example/v1}|write https://x.example/v1",
                "{baseUrl: ftp://x.example/v1}|write https://x.example/v1",
                "{baseUrl: 'localhost:11434/v1'}|write http://localhost:11434/v1",
                "{baseUrl: 'api.example.com:8443/v1'}|write https://api.example.com:8443/v1",
                "{baseUrl: '192.168.1.5:8080'}|write http://192.168.1.5:8080",
                "{apikey: $MY_KEY}|write apiKey: $MY_KEY",
                "{baseUrl: word}|for instance https://api.example.com/v1",
                "{http: {totalTimeout: 2 minutes}}|write 2m",
                "{http: {totalTimeout: soon}}|for instance 500ms, 30s, 5m or 1h",
                "{models: {m: {context: 128k}}}|write 128000",
                "{models: {m: {context: '131,072'}}}|write 131072",
                "{models: {m: {context: many}}}|write the digits alone, without separators",
                "{models: {m: {price: {input: $3}}}}|write 3",
                "{models: {m: {price: {input: '0,59'}}}}|write 0.59",
                "{apiKey: ACME_KEY}|did you mean $ACME_KEY?",
                "{api_key: sk-0123456789abcdef}|write apiKey: $PROVIDER_API_KEY",
            })
    void isTheOwnValue(String definition, String help) {
        Provider provider = Registries.with(Layer.USER, "a: " + definition)
                .build()
                .find("a")
                .orElseThrow();
        assertThat(provider.problems())
                .extracting(Diagnostic::help)
                .extracting(Optional::orElseThrow)
                .contains(help);
        assertThat(provider.problems().toString()).doesNotContain("0123456789");
    }
}
