package dev.patchbay.internal.http;

import dev.patchbay.provider.Origin;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of {@code NO_PROXY}: names with their subdomains, addresses, networks such as {@code 10.0.0.0/8}, each maybe with
 * a port, and {@code *} for all; between commas or blanks. Nothing is looked up.
 */
final class NoProxy {

    private final String[] entries;

    NoProxy(String list) {
        this.entries = list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1);
    }

    boolean covers(Origin target) {
        for (String entry : entries) {
            if (!entry.isEmpty() && covers(entry, target)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(String entry, Origin target) {
        if (entry.equals("*")) {
            return true;
        }
        String host = SocketHosts.bare(target.host());
        int slash = entry.indexOf('/');
        if (slash >= 0) {
            return isInNetwork(host, entry.substring(0, slash), entry.substring(slash + 1));
        }
        int colon = portColon(entry);
        if (colon >= 0 && !entry.substring(colon + 1).equals(String.valueOf(target.port()))) {
            return false;
        }
        String name = SocketHosts.bare(colon < 0 ? entry : entry.substring(0, colon));
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        String domain = name.startsWith(".") ? name.substring(1) : name;
        return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain));
    }

    /** Where the port begins; -1 without one. An IPv6 address has its colons outside of brackets or none at all. */
    private static int portColon(String entry) {
        int colon = entry.lastIndexOf(':');
        boolean address = entry.indexOf(':') != colon && !entry.startsWith("[");
        return address || colon < entry.indexOf(']') ? -1 : colon;
    }

    private static boolean isInNetwork(String host, String network, String bits) {
        byte @Nullable [] address = address(host);
        byte @Nullable [] base = address(SocketHosts.bare(network));
        if (address == null || base == null || address.length != base.length) {
            return false;
        }
        int free = address.length * Byte.SIZE - prefix(bits);
        return free <= address.length * Byte.SIZE
                && free >= 0
                && new BigInteger(1, address).shiftRight(free).equals(new BigInteger(1, base).shiftRight(free));
    }

    private static int prefix(String bits) {
        try {
            return Integer.parseInt(bits);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** The bytes of an address; null for a name. */
    private static byte @Nullable [] address(String host) {
        boolean literal = host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        try {
            return literal && !host.isEmpty() ? InetAddress.getByName(host).getAddress() : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
