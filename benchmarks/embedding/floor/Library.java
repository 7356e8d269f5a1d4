import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The JDK's client and a reader of lines, without parsing: what no library that stands on it can be below. */
public final class Library implements Caller {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;

    public Library(String baseUrl) {
        url = URI.create(baseUrl + "/chat/completions");
    }

    @Override
    public int stream(String model, int tools, Runnable first) throws Exception {
        StringBuilder body = new StringBuilder("{\"model\":\"" + model
                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]");
        for (int i = 0; i < tools; i++) {
            body.append(i == 0 ? ",\"tools\":[" : ",").append(TOOL.replace("@", Tools.name(i)));
        }
        body.append(tools > 0 ? "]}" : "}");
        HttpResponse<java.io.InputStream> response = client.send(
                HttpRequest.newBuilder(url)
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("authorization", "Bearer key")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        int characters = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int text = line.indexOf("\"content\":\"");
                if (text >= 0) {
                    if (characters == 0) {
                        first.run();
                    }
                    characters += line.indexOf('"', text + 11) - text - 11;
                }
            }
        }
        return characters;
    }

    private static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"@\",\"description\":\""
            + Tools.DESCRIPTION + "\",\"parameters\":{\"type\":\"object\",\"properties\":{" + properties() + "}}}}";

    private static String properties() {
        StringBuilder properties = new StringBuilder();
        for (String name : Tools.names()) {
            properties
                    .append(properties.length() == 0 ? "" : ",")
                    .append("\"" + name + "\":{\"type\":\"string\",\"description\":\"What is meant by " + name
                            + " in the request.\"}");
        }
        return properties.toString();
    }
}
