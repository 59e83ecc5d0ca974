package org.lyceum.services;

import java.net.InetAddress;

/** A range of addresses: {@code 10.0.0.0/8}, {@code ::1}. */
record Network(InetAddress first, int bits) {

    /**
     * @throws IllegalArgumentException when it is no address or network; a name is never looked up
     */
    static Network parse(String written) {
        int slash = written.indexOf('/');
        var address = literal(slash < 0 ? written : written.substring(0, slash));
        int most = address.getAddress().length * 8;
        int bits = slash < 0 ? most : bits(written, slash, most);
        return new Network(address, bits);
    }

    boolean covers(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] its = address.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (its[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Java would take {@code 10.0.0} for an address, too. */
    private static InetAddress literal(String text) {
        try {
            var address = InetAddress.ofLiteral(text);
            if (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no IP address", e);
        }
        throw new IllegalArgumentException("'" + text + "' is no IP address");
    }

    private static int bits(String written, int slash, int most) {
        try {
            int bits = Integer.parseInt(written.substring(slash + 1));
            if (bits >= 0 && bits <= most) {
                return bits;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + written + "' is no network", e);
        }
        throw new IllegalArgumentException("'" + written + "' has an impossible prefix length");
    }
}
