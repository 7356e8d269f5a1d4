package dev.patchbay.langchain4j;

import dev.patchbay.Patchbay;
import dev.patchbay.testkit.FakeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A provider of each dialect, all of them one scripted model. */
final class ContractHost implements AutoCloseable {

    static final List<String> MODELS = List.of("chat/m", "messages/m", "responses/m");

    final FakeProvider fake = FakeProvider.start();
    final Patchbay patchbay;

    ContractHost() {
        fake.answer(new ScriptedModel());
        try {
            Path file = Files.createTempFile("contract", ".yaml");
            Files.writeString(file, """
                    defaultProvider: chat
                    providers:
                      chat: {baseUrl: "%1$s", auth: none, defaultModel: m}
                      messages: {baseUrl: "%1$s", dialect: anthropic-messages, auth: none, defaultModel: m}
                      responses: {baseUrl: "%1$s", dialect: openai-responses, auth: none, defaultModel: m}
                    """.formatted(fake.baseUrl("/v1")));
            this.patchbay = Patchbay.builder()
                    .withoutDiscovery()
                    .environment(Map.of())
                    .config(file)
                    .build();
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        patchbay.close();
        fake.close();
    }
}
