package dev.throughline.context.followup;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Whether an address is on the public internet. A tenant's hook must be: it must not reach what only we can reach. Pure. */
final class PublicAddress {

    private PublicAddress() {}

    /** Whether it may be called. */
    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : address instanceof Inet6Address && isPublic6(bytes);
    }

    /** Without what RFC 6890 reserves beyond the private networks. */
    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean protocol = first == 192 && second == 0 && (bytes[2] == 0 || bytes[2] == 2);
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        boolean example =
                first == 198 && second == 51 && bytes[2] == 100 || first == 203 && second == 0 && bytes[2] == 113;
        return first != 0 && first < 240 && !shared && !protocol && !benchmark && !example;
    }

    /** Global unicast (2000::/3) only, without what carries an IPv4 address of any kind inside (6to4, Teredo) and documentation. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        boolean documentation = first == 0x2001 && second == 0x0db8;
        boolean tunnel = first == 0x2002 || first == 0x2001 && second == 0;
        return (first & 0xe000) == 0x2000 && !documentation && !tunnel;
    }
}
