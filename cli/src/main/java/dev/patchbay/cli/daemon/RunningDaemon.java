package dev.patchbay.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.codec.json.Json;
import dev.patchbay.daemon.DaemonException;
import dev.patchbay.daemon.DaemonFile;
import dev.patchbay.gateway.TokenFile;
import dev.patchbay.spi.PatchbayException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The daemon of a home, which has answered with the id that its file names: only then is it asked for anything, and given the token.
 * What a file says of a process is not believed.
 */
public final class RunningDaemon {

    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final String DATA = "data: ";
    private static final int MOST_HEALTH_BYTES = 10_000;

    private final Path home;
    private final DaemonFile.Content content;

    private RunningDaemon(Path home, DaemonFile.Content content) {
        this.home = home;
        this.content = content;
    }

    /** Empty if none runs that belongs to this home. */
    public static Optional<RunningDaemon> find(Path home) {
        return DaemonFile.in(home)
                .read()
                .map(content -> new RunningDaemon(home, content))
                .filter(RunningDaemon::isIt);
    }

    /** What its file says. */
    public DaemonFile.Content content() {
        return content;
    }

    private boolean isIt() {
        try {
            HttpURLConnection connection = connect("/health", PATIENCE);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return false;
            }
            try (InputStream body = connection.getInputStream()) {
                String text = new String(body.readNBytes(MOST_HEALTH_BYTES), StandardCharsets.UTF_8);
                return Json.tryParse(text)
                        .map(health -> health.path("id").asText())
                        .filter(content.id()::equals)
                        .isPresent();
            }
        } catch (IOException | IllegalArgumentException | ClassCastException nobody) {
            return false;
        }
    }

    /**
     * Asks for something.
     *
     * @param path behind {@code /api/v1}
     * @return the answer's JSON; an empty object where it has none
     * @throws PatchbayException if the answer is an error, as {@link DaemonRefusal} tells it, or there is none
     */
    public JsonNode ask(String method, String path, Optional<ObjectNode> body) {
        return send(method, "/api/v1" + path, body);
    }

    /**
     * The address at which a browser logs in, good for one login within a minute.
     *
     * @throws PatchbayException if the answer is an error, as {@link DaemonRefusal} tells it, or there is none
     */
    public String loginAddress() {
        String code = send("POST", "/login/code", Optional.empty()).path("code").asText();
        return content.url() + "/login?code=" + code;
    }

    private JsonNode send(String method, String path, Optional<ObjectNode> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(content.url().resolve(path))
                .timeout(ANSWER)
                .header("authorization", bearer())
                .header("content-type", "application/json")
                .method(
                        method,
                        body.<BodyPublisher>map(json -> BodyPublishers.ofByteArray(Json.bytes(json)))
                                .orElseGet(BodyPublishers::noBody));
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build()
                    .send(request.build(), BodyHandlers.ofString());
            JsonNode json = Json.tryParse(response.body()).orElse(Json.object());
            if (response.statusCode() < 400) {
                return json;
            }
            throw DaemonRefusal.of(response.statusCode(), json, response.body());
        } catch (IOException failure) {
            throw DaemonException.of("the daemon does not answer: " + failure.getMessage(), failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DaemonException.of("interrupted while the daemon was asked", e);
        }
    }

    private String bearer() {
        return "Bearer " + TokenFile.in(home).read().reveal();
    }

    /** Takes frames of a stream of events. */
    public interface FrameReader {

        /**
         * Takes one.
         *
         * @param frame an empty object first, when the stream is open
         * @return whether to go on
         */
        boolean next(JsonNode frame);
    }

    /**
     * Listens until the reader has had enough.
     *
     * @throws IOException if the stream breaks off, or is silent for 45 seconds
     */
    public void events(String query, FrameReader reader) throws IOException {
        HttpURLConnection connection = authorized("/stream/events" + query, SILENCE);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("the daemon answered " + connection.getResponseCode());
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            boolean more = reader.next(Json.object());
            while (more) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("the stream ended");
                }
                if (line.startsWith(DATA)) {
                    more = reader.next(
                            Json.tryParse(line.substring(DATA.length())).orElse(Json.object()));
                }
            }
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection authorized(String path, Duration patience) throws IOException {
        HttpURLConnection connection = connect(path, patience);
        connection.setRequestProperty("authorization", bearer());
        return connection;
    }

    /** Without any proxy: it is on this machine. */
    private HttpURLConnection connect(String path, Duration patience) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                content.url().resolve("/api/v1" + path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout((int) patience.toMillis());
        connection.setInstanceFollowRedirects(false);
        return connection;
    }
}
