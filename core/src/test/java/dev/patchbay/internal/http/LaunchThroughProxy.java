package dev.patchbay.internal.http;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program of its own, since the JDK reads once for a JVM whether it may send a password to open a tunnel. */
final class LaunchThroughProxy {

    private LaunchThroughProxy() {}

    /** Arguments: base URL, file of authorities, proxy; the key is in {@code KEY}. Prints the answer. */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.createTempFile("proxied", ".yaml");
        try {
            Files.writeString(file, """
                    providers:
                      p:
                        baseUrl: %s
                        apiKey: $KEY
                        http: {proxy: "%s", tls: {caFile: %s}, retries: {max: 0}}
                    """.formatted(arguments[0], arguments[2], arguments[1]));
            try (Patchbay patchbay =
                    Patchbay.builder().withoutDiscovery().config(file).build()) {
                LaunchRequest request =
                        LaunchRequest.query("Hello").provider("p").model("m").build();
                System.out.print(patchbay.launch(request).await().text());
            }
        } finally {
            Files.delete(file);
        }
    }
}
