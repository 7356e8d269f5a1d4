package dev.patchbay.client;

import dev.patchbay.Patchbay;
import dev.patchbay.client.contract.ApplicationContract;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.util.List;

/** An application that asks with clients. */
final class ApplicationScenariosTest extends ApplicationContract {

    @Override
    protected String ask(Patchbay patchbay, String model) {
        ChatRequest request =
                ChatRequest.builder("m").message(ChatMessage.user("Hello")).build();
        return patchbay.client(model).ask(request).text();
    }

    @Override
    protected void embed(Patchbay patchbay, String model) {
        patchbay.client(model).embed(EmbeddingRequest.of(List.of("one")));
    }
}
