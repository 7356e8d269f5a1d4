package dev.patchbay;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.internal.config.template.Environment;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.session.SessionResult;
import dev.patchbay.testkit.HostContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A plugin behind a session. */
class LaunchHostContractTest extends HostContract {

    @TempDir
    Path folder;

    @Override
    protected Told ask(Setup host) throws Exception {
        try (Patchbay patchbay = open(host, folder)) {
            SessionResult result =
                    patchbay.launch(LaunchRequest.query("Hi").build()).await();
            return new Told(
                    result.textSoFar(), result.error().map(Object::toString).orElse(""));
        } catch (ConfigurationException refused) {
            return new Told("", refused.toString());
        }
    }

    static Patchbay open(Setup host, Path folder) throws Exception {
        return Patchbay.builder()
                .withoutDiscovery()
                .plugin(host.plugin())
                .config(Files.writeString(folder.resolve("providers.yaml"), host.file()))
                .environment(Environment.of(host.environment()))
                .clock(host.clock())
                .build();
    }
}
