package org.lyceum.platform.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which peers may say, in {@code X-Forwarded-*}, whom they speak for. From everybody else those
 * headers are ignored. Immutable.
 */
public final class TrustedProxies implements Predicate<String> {

    /** Where a request really comes from, and which address the browser shows. */
    public record Origin(String scheme, String host, String peer) {}

    private record Range(byte[] network, int bits) {}

    private final List<Range> ranges;

    private TrustedProxies(List<Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * @param written addresses and networks, {@code 10.0.0.5} or {@code 10.0.0.0/8}
     * @throws IllegalArgumentException when one is neither
     */
    public static TrustedProxies of(List<String> written) {
        return new TrustedProxies(written.stream().map(TrustedProxies::range).toList());
    }

    /** Whether {@code text} spells an address; a name is never looked up. */
    public static boolean isAddress(String text) {
        return NetUtil.createByteArrayFromIpAddressString(text) != null;
    }

    /** Whether a peer at this address (as text, IPv4 or IPv6) is trusted. */
    @Override
    public boolean test(String address) {
        if (ranges.isEmpty()) {
            return false; // the usual case, on the way of every request
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && ranges.stream().anyMatch(range -> covers(range, bytes));
    }

    Origin origin(HttpServerRequest in) {
        var peer = in.remoteAddress() == null ? "" : in.remoteAddress().hostAddress();
        var scheme = in.scheme() == null ? "http" : in.scheme();
        var host = host(in);
        if (peer == null || !test(peer)) {
            return new Origin(scheme, host, peer == null ? "" : peer);
        }
        var forwardedScheme = first(in.getHeader("X-Forwarded-Proto"), scheme);
        return new Origin(
                forwardedScheme.equals("https") ? "https" : "http",
                first(in.getHeader("X-Forwarded-Host"), host),
                last(in.getHeader("X-Forwarded-For"), peer));
    }

    private static String host(HttpServerRequest in) {
        var authority = in.authority();
        return authority == null ? "localhost" : authority.toString();
    }

    private static String first(@Nullable String list, String otherwise) {
        return list == null || list.isBlank() ? otherwise : list.split(",", 2)[0].strip();
    }

    /** The last entry is the one that our trusted neighbour itself has added. */
    private static String last(@Nullable String list, String otherwise) {
        return list == null || list.isBlank()
                ? otherwise
                : list.substring(list.lastIndexOf(',') + 1).strip();
    }

    private static Range range(String written) {
        int slash = written.indexOf('/');
        var address = slash < 0 ? written : written.substring(0, slash);
        byte[] network = NetUtil.createByteArrayFromIpAddressString(address);
        if (network == null) {
            throw new IllegalArgumentException("'" + written + "' is no IP address or network");
        }
        int bits = slash < 0 ? network.length * 8 : Integer.parseInt(written.substring(slash + 1));
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException("'" + written + "' has an impossible prefix length");
        }
        return new Range(network, bits);
    }

    private static boolean covers(Range range, byte[] address) {
        if (address.length != range.network.length) {
            return false;
        }
        for (int bit = 0; bit < range.bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (range.network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
