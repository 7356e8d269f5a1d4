package dev.patchbay.provider;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells loopback, private and public hosts from each other by their name alone; nothing is looked up. */
final class LocalHosts {

    private static final String[] NEAR_DOMAINS = {
        ".localhost", ".local", ".internal", ".lan", ".home.arpa",
    };

    private LocalHosts() {}

    /** Whether the host is this machine or near it, as far as its name gives a hint. */
    static boolean contains(String host) {
        return isPrivate(host) || (ipv4(host) == null && isNearName(withoutDot(host)));
    }

    /**
     * Whether a key may go there unencrypted (provider-files.md, section 4): loopback, the networks of RFC 1918 and RFC 6598,
     * link-local but for the address of cloud metadata, and unique local addresses. A name with a dot says nothing but {@code
     * localhost}: who answers to {@code .local} or {@code .internal} is anyone's choice.
     */
    static boolean isPrivate(String host) {
        if (host.startsWith("[")) {
            return isPrivateIpv6(host);
        }
        int[] ipv4 = ipv4(host);
        if (ipv4 != null) {
            return isPrivateIpv4(ipv4);
        }
        String name = withoutDot(host);
        return isLoopback(name) || (name.indexOf('.') < 0 && isNearName(name));
    }

    /** Whether the host is this very machine. */
    static boolean isLoopback(String host) {
        if (host.startsWith("[")) {
            return isLoopbackIpv6(host);
        }
        int[] ipv4 = ipv4(host);
        return ipv4 != null ? ipv4[0] == 127 : host.equals("localhost") || host.endsWith(".localhost");
    }

    private static boolean isLoopbackIpv6(String bracketed) {
        try {
            return InetAddress.getByName(bracketed).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** A name without a dot is hardly that of a public host; it must begin with a letter, or it may be a number for an address. */
    private static boolean isNearName(String name) {
        if (name.isEmpty()) {
            return false;
        }
        if (name.indexOf('.') < 0) {
            return Character.isLetter(name.charAt(0));
        }
        for (String domain : NEAR_DOMAINS) {
            if (name.endsWith(domain)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrivateIpv4(int[] address) {
        int first = address[0];
        int second = address[1];
        boolean metadata = second == 254 && address[2] == 169 && address[3] == 254;
        return first == 127
                || first == 10
                || (first == 0 && second + address[2] + address[3] == 0)
                || (first == 192 && second == 168)
                || (first == 172 && second >= 16 && second <= 31)
                || (first == 169 && second == 254 && !metadata)
                || (first == 100 && second >= 64 && second <= 127);
    }

    private static boolean isPrivateIpv6(String bracketed) {
        try {
            // In brackets it is an address, and no name is looked up.
            InetAddress address = InetAddress.getByName(bracketed);
            byte[] bytes = address.getAddress();
            if (!(address instanceof Inet6Address)) {
                return isPrivateIpv4(new int[] {bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff, bytes[3] & 0xff});
            }
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isLinkLocalAddress()
                    || (bytes[0] & 0xfe) == 0xfc;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static int @org.jspecify.annotations.Nullable [] ipv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        int[] numbers = new int[4];
        for (int i = 0; i < 4; i++) {
            if (parts[i].isEmpty() || parts[i].length() > 3 || !isDigits(parts[i])) {
                return null;
            }
            numbers[i] = Integer.parseInt(parts[i]);
            if (numbers[i] > 255) {
                return null;
            }
        }
        return numbers;
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
