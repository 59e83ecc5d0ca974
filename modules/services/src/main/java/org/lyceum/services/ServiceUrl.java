package org.lyceum.services;

import org.lyceum.platform.kernel.Problem;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a service says it listens: host and port of its URL. A path counts for nothing, since the
 * proxy keeps the one that was asked for; jupyterhub 5.5, app.py, has it so.
 *
 * @param host a name or an address, IPv6 without brackets
 */
record ServiceUrl(String host, int port) {

    private static final int HTTP = 80;

    /**
     * @throws Problem INVALID service.url-invalid, service.url-https
     */
    static ServiceUrl parse(String written) {
        URI uri;
        try {
            uri = new URI(written);
        } catch (URISyntaxException e) {
            throw new Problem(Problem.Kind.INVALID, "service.url-invalid", sentence(written), e);
        }
        if ("https".equalsIgnoreCase(uri.getScheme())) {
            throw Problem.invalid(
                    "service.url-https",
                    "Services are reached by plain http, on this machine or in a network of your"
                            + " own; give an address that begins with http://.");
        }
        var host = uri.getHost();
        boolean plain =
                "http".equalsIgnoreCase(uri.getScheme())
                        && host != null
                        && uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null;
        int port = uri.getPort() == -1 ? HTTP : uri.getPort();
        if (!plain || port < 1 || port > 65_535) {
            throw Problem.invalid("service.url-invalid", sentence(written));
        }
        boolean literal = host.startsWith("[") && host.endsWith("]");
        return new ServiceUrl(literal ? host.substring(1, host.length() - 1) : host, port);
    }

    private static String sentence(String written) {
        return "'" + written + "' is no address of a service; it looks like http://127.0.0.1:9000.";
    }
}
