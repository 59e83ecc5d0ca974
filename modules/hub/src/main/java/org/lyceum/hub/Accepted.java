package org.lyceum.hub;

import org.lyceum.platform.http.Request;

/** What a client would like to read, by its Accept header. */
final class Accepted {

    private static final double NOT_AT_ALL = -1;

    private Accepted() {}

    /** Whether JSON is ranked above HTML. Whoever accepts anything gets HTML. */
    static boolean prefersJson(Request request) {
        var accept = String.join(",", request.headers().all("accept"));
        return rank(accept, "application/json") > rank(accept, "text/html");
    }

    /** The best quality of the entries that match; of two that match the more exact one counts. */
    private static double rank(String accept, String type) {
        var family = type.substring(0, type.indexOf('/')) + "/*";
        double exact = NOT_AT_ALL;
        double wide = NOT_AT_ALL;
        for (var entry : accept.split(",")) {
            var parts = entry.split(";");
            var name = parts[0].strip();
            if (name.equalsIgnoreCase(type)) {
                exact = Math.max(exact, quality(parts));
            } else if (name.equalsIgnoreCase(family) || name.equals("*/*")) {
                wide = Math.max(wide, quality(parts));
            }
        }
        return exact == NOT_AT_ALL ? wide : exact;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return NOT_AT_ALL;
                }
            }
        }
        return 1;
    }
}
