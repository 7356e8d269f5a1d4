package dev.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.Patchbay;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.testkit.TestCertificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not speak HTTP/1.1: launches reach it, though they begin with HTTP/1.1. */
final class Http2OnlyProviderTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    @Timeout(60)
    void isAskedInHttp2() throws Exception {
        TestCertificates certificates = TestCertificates.create(folder);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2))
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(write("server.pem", certificates.chain()))
                                .setKeyPath(write("server.key", certificates.privateKey()))))
                .requestHandler(request -> {
                    versions.add(request.version());
                    request.response()
                            .putHeader("content-type", "application/json")
                            .end("{\"choices\":[{\"message\":{\"content\":\"in two\"},\"finish_reason\":\"stop\"}]}");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        Path config = Files.writeString(
                folder.resolve("providers.yaml"), """
                providers:
                  two:
                    baseUrl: https://127.0.0.1:%d/v1
                    models: [m]
                    auth: none
                    http: {tls: {caFile: %s}}
                """.formatted(server.actualPort(), certificates.authority()));

        try (Patchbay patchbay =
                Patchbay.builder().withoutDiscovery().config(config).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(patchbay.launch(LaunchRequest.query("Hello")
                                        .provider("two")
                                        .build())
                                .await()
                                .text())
                        .isEqualTo("in two");
            }
        }

        assertThat(versions).containsExactly(HttpVersion.HTTP_2, HttpVersion.HTTP_2, HttpVersion.HTTP_2);
    }

    private String write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
