package dev.patchbay.internal.plugin;

import dev.patchbay.spi.ChatClient;
import dev.patchbay.spi.ProviderException;
import java.util.Optional;

/** What a host passes over in silence and a verifier wants to know. */
public final class PluginFaults {

    private PluginFaults() {}

    /** Closes a plugin's client and says what that threw, if anything. */
    public static Optional<ProviderException> ofClosing(ChatClient client) {
        try {
            if (client instanceof GuardedClient guarded) {
                guarded.closeLoudly();
            } else {
                client.close();
            }
            return Optional.empty();
        } catch (ProviderException e) {
            return Optional.of(e);
        }
    }
}
