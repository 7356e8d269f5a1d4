package dev.patchbay;

import dev.patchbay.diagnostic.ConfigurationException;
import dev.patchbay.session.LaunchRequest;
import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ProviderException;
import dev.patchbay.testkit.HostContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A plugin behind a client without a session. */
class ClientHostContractTest extends HostContract {

    @TempDir
    Path folder;

    @Override
    protected Told ask(Setup host) throws Exception {
        try (Patchbay patchbay = LaunchHostContractTest.open(host, folder);
                ChatClient client = patchbay.client(LaunchRequest.query("Hi").build())) {
            return new Told(ClientTest.text(client.stream(ClientTest.question())), "");
        } catch (ConfigurationException | ProviderException refused) {
            return new Told("", refused.toString());
        }
    }
}
