package dev.patchbay.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.InternalApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Finds out what answers at an address that somebody else has. */
@InternalApi
public final class PortOwner {

    private static final int WAIT_MILLIS = 1_000;
    private static final int MOST_BYTES = 10_000;

    private PortOwner() {}

    /** What to add to a message, such as {@code (a Patchbay 0.1.0 answers there)}; empty if nothing is known. */
    public static String of(URI address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) address.resolve("/health").toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(WAIT_MILLIS);
            connection.setReadTimeout(WAIT_MILLIS);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                try (InputStream body = connection.getInputStream()) {
                    String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                    JsonNode health = Json.tryParse(text).orElse(Json.object());
                    if (health.path("status").asText().equals("ok") && health.has("version")) {
                        return " (a Patchbay answers there, version "
                                + health.path("version").asText() + ": a daemon, or a gateway)";
                    }
                }
            }
            String server = connection.getHeaderField("server");
            return " (a web server answers there" + (server == null ? "" : ", " + server.split("\\v", 2)[0]) + ")";
        } catch (IOException | IllegalArgumentException | ClassCastException unknown) {
            return "";
        }
    }
}
