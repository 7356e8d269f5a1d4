package dev.patchbay.cli.models;

import dev.patchbay.internal.http.Proxies;
import dev.patchbay.provider.HttpSettings;
import dev.patchbay.provider.Origin;
import dev.patchbay.provider.ProxyServer;
import dev.patchbay.spi.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Where an edition of the catalogue is read: a file, or an address that is asked once, since its user names it. */
final class CatalogSource {

    private static final int LARGEST = 64 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final String name;
    private final Proxies proxies;

    /** @param proxies through which an address is asked */
    CatalogSource(String name, Proxies proxies) {
        this.name = name;
        this.proxies = proxies;
    }

    /** @throws IOException if there is none, or it is too large; says which */
    byte[] read() throws IOException {
        return name.startsWith("https://") || name.startsWith("http://") ? fetch(address()) : read(Path.of(name));
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such file");
        }
        try (InputStream open = Files.newInputStream(file)) {
            return limited(open);
        }
    }

    private static byte[] limited(InputStream open) throws IOException {
        byte[] bytes = open.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("it is larger than " + (LARGEST >> 20) + " MB");
        }
        return bytes;
    }

    private URI address() throws IOException {
        try {
            URI address = URI.create(name);
            if (address.getHost() == null || address.getRawUserInfo() != null) {
                throw new IOException("it is no address with a host and without a password");
            }
            return address;
        } catch (IllegalArgumentException noAddress) {
            throw new IOException("it is no address: " + noAddress.getMessage(), noAddress);
        }
    }

    /** What comes is held against its sum; what a slow or endless answer costs is bounded here. */
    private byte[] fetch(URI address) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL);
        proxy(Origin.of(address).orElseThrow()).ifPresent(builder::proxy);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> answer = builder.build().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("it was answered with HTTP " + answer.statusCode());
                }
                // Closed, it is read no longer, however slowly it comes.
                CompletableFuture.delayedExecutor(LONGEST.toSeconds(), TimeUnit.SECONDS)
                        .execute(() -> close(body));
                return limited(body);
            }
        } catch (HttpTimeoutException late) {
            throw new IOException("there was no answer within " + PATIENCE.toSeconds() + " s", late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException closed) {
            // Nobody reads it any more.
        }
    }

    private Optional<ProxySelector> proxy(Origin origin) throws IOException {
        try {
            Optional<ProxyServer> server = proxies.find(HttpSettings.DEFAULT, origin);
            return server.map(found -> ProxySelector.of(new InetSocketAddress(found.host(), found.port())));
        } catch (ProviderException unusable) {
            throw new IOException(unusable.getMessage(), unusable);
        }
    }
}
