import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionEvent;
import dev.patchbay.spi.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code Patchbay.launch}: the same with a session, its store and a listener. */
public final class Library implements Caller {

    private final Patchbay patchbay;

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
        LaunchRequest.Builder request = LaunchRequest.query("Hello").model("up/" + model);
        for (int i = 0; i < tools; i++) {
            request.tool(Tool.of(Tools.name(i), Tools.DESCRIPTION, Tools.schema()));
        }
        AtomicInteger characters = new AtomicInteger();
        patchbay.launch(request.build(), event -> {
                    if (event instanceof SessionEvent.TextDelta delta
                            && characters.getAndAdd(delta.text().length()) == 0) {
                        first.run();
                    }
                })
                .await()
                .text();
        return characters.get();
    }

    @Override
    public void close() {
        patchbay.close();
    }
}
