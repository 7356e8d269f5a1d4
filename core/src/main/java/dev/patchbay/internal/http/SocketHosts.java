package dev.patchbay.internal.http;

/** How a host is told to a socket. */
final class SocketHosts {

    private SocketHosts() {}

    /** Without the brackets of an IPv6 address. */
    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
