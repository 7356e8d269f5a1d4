package dev.patchbay.gateway;

import dev.patchbay.Patchbay;
import dev.patchbay.codec.json.Json;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.testkit.HostContract;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A plugin behind the gateway. */
class GatewayHostContractTest extends HostContract {

    @TempDir
    Path folder;

    @Override
    protected Told ask(Setup host) throws Exception {
        try (Patchbay patchbay = Patchbay.builder()
                        .withoutDiscovery()
                        .plugin(host.plugin())
                        .config(Files.writeString(folder.resolve("providers.yaml"), host.file()))
                        .environment(Environment.of(host.environment()))
                        .clock(host.clock())
                        .build();
                GatewayFixture fixture = new GatewayFixture()) {
            fixture.start(Gateway.builder(patchbay), builder -> builder);
            HttpResponse<String> answer =
                    fixture.post("/v1/chat/completions", "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            return answer.statusCode() == 200
                    ? new Told(text(answer.body()), "")
                    : new Told("", answer.statusCode() + " " + answer.body());
        }
    }

    private static String text(String body) {
        return Json.parse(body)
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText();
    }
}
