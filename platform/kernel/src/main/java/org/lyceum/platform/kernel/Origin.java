package org.lyceum.platform.kernel;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * What browsers keep apart from each other: a scheme, a host and a port.
 *
 * @param scheme {@code http} or {@code https}
 * @param host as {@link HostNames#valid} wants it
 * @param port as it is written; -1 for the scheme's own
 */
public record Origin(String scheme, String host, int port) {

    /**
     * Reads {@code https://hub.example.org}, with a port if need be and a slash at the end at most.
     *
     * @throws IllegalArgumentException saying what to write
     */
    public static Origin parse(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme();
            var host = uri.getHost();
            var path = uri.getRawPath();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            boolean bare =
                    uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && uri.getRawUserInfo() == null
                            && (path == null || path.isEmpty() || path.equals("/"));
            if (web && bare && host != null && HostNames.valid(host) && uri.getPort() <= 65_535) {
                return new Origin(scheme, host, uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(wanted(), e);
        }
        throw new IllegalArgumentException(wanted());
    }

    private static String wanted() {
        return "write http:// or https:// and the name of a host in lower case, such as"
                + " https://hub.example.org; an address, a path or a query cannot stand there";
    }

    /** The same scheme and port at another host. */
    public Origin at(String otherHost) {
        return new Origin(scheme, otherHost, port);
    }

    public boolean secure() {
        return scheme.equals("https");
    }

    /** Without a slash at the end. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port);
    }
}
