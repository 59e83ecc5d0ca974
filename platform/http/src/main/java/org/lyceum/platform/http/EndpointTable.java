package org.lyceum.platform.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the endpoint for a path below a surface's base. A literal segment is preferred to a
 * parameter, so {@code users/:user} never hides {@code users/all}. Immutable.
 */
final class EndpointTable {

    sealed interface Match {
        /**
         * @param rest number of path segments that a trailing {@code *} took
         */
        record Found(Endpoint endpoint, Map<String, String> params, int rest) implements Match {}

        /** The path is known with other methods only. */
        record WrongMethod(List<String> allowed) implements Match {}

        record Nothing() implements Match {}
    }

    private static final String REST = "*";

    private record Row(Endpoint endpoint, List<String> pattern, int literals) {}

    private final List<Row> rows;

    EndpointTable(List<Endpoint> endpoints) {
        this.rows =
                endpoints.stream()
                        .map(e -> new Row(e, List.of(e.path().split("/", -1)), literals(e.path())))
                        .sorted((a, b) -> Integer.compare(b.literals, a.literals))
                        .toList();
    }

    /**
     * @param segments decoded segments below the base path; a trailing slash shows as a last empty
     *     one
     */
    Match match(String method, List<String> segments) {
        var allowed = new ArrayList<String>();
        int best = -1;
        for (var row : rows) {
            if (row.literals < best || !fits(row.pattern, segments)) {
                continue;
            }
            if (row.endpoint.method().equals(method)) {
                return found(row, segments);
            }
            best = row.literals;
            allowed.add(row.endpoint.method());
        }
        return allowed.isEmpty() ? new Match.Nothing() : new Match.WrongMethod(allowed);
    }

    private static boolean fits(List<String> pattern, List<String> segments) {
        boolean open = pattern.getLast().equals(REST);
        int fixed = open ? pattern.size() - 1 : pattern.size();
        if (open ? segments.size() <= fixed : segments.size() != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            if (!fits(pattern.get(i), segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String pattern, String segment) {
        if (!pattern.startsWith(":")) {
            return pattern.equals(segment);
        }
        return pattern.endsWith("?") || !segment.isEmpty();
    }

    private static Match.Found found(Row row, List<String> segments) {
        var params = new HashMap<String, String>();
        boolean open = row.pattern.getLast().equals(REST);
        int fixed = open ? row.pattern.size() - 1 : row.pattern.size();
        for (int i = 0; i < fixed; i++) {
            var part = row.pattern.get(i);
            if (part.startsWith(":")) {
                params.put(part.substring(1).replace("?", ""), segments.get(i));
            }
        }
        return new Match.Found(
                row.endpoint, Map.copyOf(params), open ? segments.size() - fixed : 0);
    }

    private static int literals(String path) {
        int count = 0;
        for (var part : path.split("/", -1)) {
            count += part.startsWith(":") || part.equals(REST) ? 0 : 1;
        }
        return count;
    }
}
