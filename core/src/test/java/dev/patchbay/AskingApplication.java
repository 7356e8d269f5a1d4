package dev.patchbay;

import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ChatMessage;
import dev.patchbay.spi.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;

/** An application that asks the provider {@code a} of a file with a client and in a session, and prints both answers in Base64. */
final class AskingApplication {

    private AskingApplication() {}

    public static void main(String[] arguments) {
        try (Patchbay patchbay =
                Patchbay.builder().config(Path.of(arguments[0])).build()) {
            String question = "Grüße, İstanbul";
            ChatRequest request =
                    ChatRequest.builder("").message(ChatMessage.user(question)).build();
            System.out.println(
                    "client=" + encoded(patchbay.client("a/QUICK").ask(request).text()));
            LaunchRequest launch =
                    LaunchRequest.query(question).model("a/QUICK").build();
            System.out.println(
                    "session=" + encoded(patchbay.launch(launch).await().text()));
            System.out.println("problems=" + patchbay.registry().diagnostics().size());
            System.out.println("locale=" + Locale.getDefault());
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
