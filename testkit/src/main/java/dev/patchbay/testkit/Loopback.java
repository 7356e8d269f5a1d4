package dev.patchbay.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The address that everything here listens on: the one that {@code http://127.0.0.1} means, whatever the JDK prefers. */
final class Loopback {

    private Loopback() {}

    static InetAddress address() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
