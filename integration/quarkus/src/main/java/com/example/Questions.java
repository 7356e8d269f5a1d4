package com.example;

import dev.patchbay.Patchbay;
import dev.patchbay.client.ModelStream;
import dev.patchbay.spi.ChatEvent;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** Asks the model that a request names. */
@Path("/")
public class Questions {

    private static final ChatRequest HELLO =
            ChatRequest.builder("").message(ChatMessage.user("Hello")).build();

    @Inject
    Patchbay patchbay;

    /** The whole answer. */
    @GET
    @Path("ask")
    @Produces(MediaType.TEXT_PLAIN)
    @Blocking
    public String ask(@RestQuery String model) {
        return patchbay.client(model).ask(HELLO).text();
    }

    /** The answer as it comes; a browser that leaves ends the call. */
    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> stream(@RestQuery String model) {
        return Multi.createFrom()
                .<String>emitter(browser -> pass(model, browser))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private void pass(String model, MultiEmitter<? super String> browser) {
        try (ModelStream stream = patchbay.client(model).stream(HELLO)) {
            browser.onTermination(stream::close);
            for (Optional<ChatEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                if (event.get() instanceof ChatEvent.TextDelta delta) {
                    browser.emit(delta.text());
                }
            }
            browser.complete();
        } catch (RuntimeException failure) {
            browser.fail(failure);
        }
    }
}
