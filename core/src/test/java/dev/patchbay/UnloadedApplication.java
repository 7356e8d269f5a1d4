package dev.patchbay;

import dev.patchbay.client.ModelStream;
import dev.patchbay.provider.Auth;
import dev.patchbay.provider.Definition;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** What an application server loads and unloads: it uses all that starts threads, closes it, and ends. */
public final class UnloadedApplication {

    private UnloadedApplication() {}

    /**
     * Asks a provider with a client, a session and a stream that is given up, while files are watched.
     *
     * @param baseUrl of a provider of OpenAI's chat dialect
     * @param file a provider file
     */
    public static void use(String baseUrl, String file) {
        try (Patchbay patchbay = Patchbay.builder()
                .environment(Map.of())
                .config(Path.of(file))
                .watch(reload -> {})
                .definition(Definition.builder("a")
                        .baseUrl(URI.create(baseUrl))
                        .auth(Auth.NONE)
                        .defaultModel("m")
                        .build())
                .build()) {
            ChatRequest question =
                    ChatRequest.builder("").message(ChatMessage.user("Hi")).build();
            patchbay.client("a/m").ask(question);
            patchbay.launch(LaunchRequest.query("Hi").model("a/m").build(), event -> {})
                    .await()
                    .text();
            try (ModelStream given = patchbay.client("a/m").stream(question)) {
                given.next();
            }
            patchbay.runtime().answerThreads().execute(() -> {});
        }
    }
}
