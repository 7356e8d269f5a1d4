package dev.patchbay.cli.gateway;

import dev.patchbay.daemon.DaemonException;
import dev.patchbay.daemon.PortOwner;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Whether a gateway may listen where it should: known at once, and not after all that its start takes. */
final class PortCheck {

    private PortCheck() {}

    /**
     * Checks that the port can be had now; the start says later what is not known here.
     *
     * @param port 0 for a free one, of which there is always one
     * @throws DaemonException if it cannot, with who has it and what to do
     */
    static void require(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (port == 0 || address.isUnresolved()) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            // As the gateway: the connections of the one before may still be ending.
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException refused) {
            throw DaemonException.of(
                    "the gateway cannot listen on " + host + ":" + port + ": " + reason(refused) + owner(host, port),
                    refused);
        }
    }

    private static String reason(IOException refused) {
        String said = String.valueOf(refused.getMessage()).replaceFirst(" \\(.*\\)$", "");
        if (said.startsWith("Permission denied")) {
            return said + "; take a port from 1024 on";
        }
        return said.startsWith("Address already in use")
                ? said + "; stop the program that listens there, or take another port"
                : said;
    }

    private static String owner(String host, int port) {
        String authority = host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
        return PortOwner.of(URI.create("http://" + authority + ":" + port));
    }
}
