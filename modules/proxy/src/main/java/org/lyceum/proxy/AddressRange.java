package org.lyceum.proxy;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;

/** One address or a block of them, IPv4 or IPv6. Immutable. */
record AddressRange(InetAddress network, int bits) {

    /**
     * Reads {@code 10.0.0.7} or {@code 10.0.0.0/8}.
     *
     * @throws IllegalArgumentException unless it is {@code address} or {@code address/bits}; a name
     *     is never looked up
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int size = network.getAddress().length * 8;
        int bits = slash < 0 ? size : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > size) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        return new AddressRange(network, bits);
    }

    /** The address that {@code text} spells, or null; an IPv4 one in IPv6 dress is undressed. */
    static @Nullable InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    boolean contains(InetAddress other) {
        byte[] ours = network.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((ours[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
