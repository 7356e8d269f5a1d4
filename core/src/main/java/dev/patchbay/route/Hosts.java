package dev.patchbay.route;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells from a host's name or address alone whether it is near. No name is looked up: the answer must not depend on
 * what a name server says.
 */
final class Hosts {

    /** Strict, since {@link InetAddress} asks a name server about whatever it cannot read as an address. */
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    /** Never delegated in the public name space: RFC 6762, RFC 8375, ICANN's {@code .internal}. */
    private static final List<String> PRIVATE_SUFFIXES = List.of(".local", ".internal", ".home.arpa");

    private Hosts() {}

    static boolean isLoopback(String host) {
        String name = bare(host);
        return isLocalhost(name)
                || address(name).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    static boolean isLocal(String host) {
        String name = bare(host);
        if (isLocalhost(name)) {
            return true;
        }
        Optional<InetAddress> address = address(name);
        return address.isPresent() ? isPrivate(address.get()) : isPrivateName(name);
    }

    private static boolean isLocalhost(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /** A name without a dot exists in a local network only. One that begins with a digit may be an odd spelling of an address. */
    private static boolean isPrivateName(String name) {
        if (!name.isEmpty() && !name.contains(".")) {
            return Character.isLetter(name.charAt(0));
        }
        return PRIVATE_SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || isUniqueLocal(address.getAddress());
    }

    /** {@code fc00::/7}, RFC 4193. */
    private static boolean isUniqueLocal(byte[] address) {
        return address.length == 16 && (address[0] & 0xfe) == 0xfc;
    }

    private static Optional<InetAddress> address(String name) {
        boolean literal = name.contains(":") || DOTTED_QUAD.matcher(name).matches();
        if (!literal) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String bare(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
