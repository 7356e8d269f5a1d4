import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelClient;
import dev.patchbay.client.ModelStream;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import dev.patchbay.spi.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** {@code Patchbay.client}, with retries, redaction and all else that it does. */
public final class Library implements Caller {

    private final Patchbay patchbay;
    private final Map<String, ModelClient> clients = new ConcurrentHashMap<>();

    public Library(String baseUrl) throws IOException {
        Path file = Files.createTempFile("providers", ".yaml");
        Files.writeString(file, "providers: {up: {baseUrl: \"" + baseUrl + "\", apiKey: $KEY}}");
        patchbay = Patchbay.builder()
                .withoutDiscovery()
                .environment(Map.of("KEY", "key"))
                .config(file)
                .build();
        Files.delete(file);
    }

    @Override
    public int stream(String model, int tools, Runnable first) {
        ModelClient client = clients.computeIfAbsent(model, name -> patchbay.client("up/" + name));
        ChatRequest.Builder request = ChatRequest.builder(model).message(ChatMessage.user("Hello"));
        for (int i = 0; i < tools; i++) {
            request.tool(Tool.of(Tools.name(i), Tools.DESCRIPTION, Tools.schema()));
        }
        int characters = 0;
        try (ModelStream stream = client.stream(request.build())) {
            for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                if (event.get() instanceof ChatEvent.TextDelta delta) {
                    if (characters == 0) {
                        first.run();
                    }
                    characters += delta.text().length();
                }
            }
        }
        return characters;
    }

    @Override
    public void close() {
        patchbay.close();
    }
}
