package com.example.modular;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.Patchbay;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** Runs on the module path, without a framework: asks the model that a request names. */
public final class ModularApplication {

    private static final ChatRequest HELLO =
            ChatRequest.builder("").message(ChatMessage.user("Hello")).build();

    private ModularApplication() {}

    /** Serves on a free port of loopback, until it is ended. */
    public static void main(String[] arguments) throws IOException {
        Patchbay patchbay = Patchbay.builder()
                .config(Path.of(System.getProperty("patchbay.config")))
                .pluginDirectory(Path.of(System.getProperty("patchbay.plugin-directory")))
                .strict(Boolean.getBoolean("patchbay.strict"))
                .watch(reload -> System.out.println("providers: " + reload.summary()))
                .build();
        patchbay.plugins().forEach(System.out::println);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(
                "/ask",
                exchange -> answer(
                        exchange, patchbay.client(model(exchange)).ask(HELLO).text()));
        server.createContext(
                "/stream", exchange -> BrowserAnswer.of(exchange).pass(patchbay.client(model(exchange)).stream(HELLO)));
        server.start();
        System.out.println("listening on port " + server.getAddress().getPort());
    }

    private static String model(HttpExchange exchange) {
        return URLDecoder.decode(
                exchange.getRequestURI().getRawQuery().substring("model=".length()), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream browser = exchange.getResponseBody()) {
            browser.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
