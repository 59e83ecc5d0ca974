package org.lyceum.hub;

import org.lyceum.platform.http.Listener;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.SurfaceDriver;
import org.lyceum.platform.kernel.HostNames;
import org.lyceum.platform.kernel.Names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A client of the hub: keeps cookies as a browser does, or sends a token. */
final class Client {

    private record Kept(String name, String value, String path, String site) {

        /** Of the same host, or of a domain (with a dot before it) that the host lies in. */
        boolean goesTo(String host) {
            return site.startsWith(".")
                    ? HostNames.within(host, site.substring(1))
                    : site.equals(host);
        }
    }

    private final SurfaceDriver hub;
    private final String token;
    private final List<Kept> cookies = new ArrayList<>();
    private String scheme = "http";
    private String host = "own.host:8000";
    private Listener listener = Listener.PUBLIC;

    Client(SurfaceDriver hub, String token) {
        this.hub = hub;
        this.token = token;
    }

    Client over(String newScheme) {
        scheme = newScheme;
        return this;
    }

    /** Goes on at another host, which sees the cookies of its own. */
    Client at(String newHost) {
        host = newHost;
        return this;
    }

    Client from(Listener newListener) {
        listener = newListener;
        return this;
    }

    Response get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    Response post(String target, String json, String... headers) {
        return send("POST", target, json, headers);
    }

    Response delete(String target, String... headers) {
        return send("DELETE", target, "", headers);
    }

    /**
     * @param fields names and values by turns
     */
    Response form(String target, String... fields) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(body.isEmpty() ? "" : "&").append(Names.queryValue(fields[i]));
            body.append('=').append(Names.queryValue(fields[i + 1]));
        }
        return send(
                "POST",
                target,
                body.toString(),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /**
     * The same as {@code multipart/form-data}.
     *
     * @param fields names and values by turns
     */
    Response multipart(String target, String... fields) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"").append(fields[i]);
            body.append("\"\r\n\r\n").append(fields[i + 1]).append("\r\n");
        }
        body.append("--b--\r\n");
        return send(
                "POST", target, body.toString(), "Content-Type", "multipart/form-data; boundary=b");
    }

    /**
     * @param headers names and values by turns
     */
    Response send(String method, String target, String body, String... headers) {
        var lines = new ArrayList<Map.Entry<String, String>>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(Map.entry(headers[i], headers[i + 1]));
        }
        if (!token.isEmpty()) {
            lines.add(Map.entry("Authorization", "token " + token));
        }
        var sent = cookiesFor(target);
        if (!sent.isEmpty()) {
            lines.add(Map.entry("Cookie", sent));
        }
        var response =
                hub.send(
                        SurfaceDriver.request(listener, scheme, host, method, target, lines, body));
        keep(response);
        return response;
    }

    /** The hub's XSRF token, as a script would read it. */
    String xsrf() {
        return cookie("_xsrf");
    }

    /** The value of the cookie that came last under this name, or empty. */
    String cookie(String name) {
        return cookie(name, "");
    }

    /** As it would be sent with a request for this path; whatever the path when it is empty. */
    String cookie(String name, String path) {
        return cookies.reversed().stream()
                .filter(kept -> kept.name().equals(name) && kept.goesTo(site()))
                .filter(kept -> path.isEmpty() || path.startsWith(kept.path()))
                .map(Kept::value)
                .findFirst()
                .orElse("");
    }

    void set(String name, String value, String path) {
        set(name, value, path, site());
    }

    private void set(String name, String value, String path, String where) {
        remove(name, path, where);
        cookies.add(new Kept(name, value, path, where));
    }

    private void remove(String name, String path, String where) {
        cookies.removeIf(
                kept ->
                        kept.name().equals(name)
                                && kept.path().equals(path)
                                && kept.site().equals(where));
    }

    private String site() {
        return HostNames.of(host);
    }

    void forget(String name) {
        cookies.removeIf(kept -> kept.name().equals(name));
    }

    /** Lines of Set-Cookie whose cookie has this name. */
    static List<String> setCookies(Response response, String name) {
        return response.headers().stream()
                .filter(h -> h.name().equals("Set-Cookie") && h.value().startsWith(name + "="))
                .map(Response.Header::value)
                .toList();
    }

    private String cookiesFor(String target) {
        return cookies.stream()
                .filter(kept -> kept.goesTo(site()) && target.startsWith(kept.path()))
                .sorted(Comparator.comparingInt((Kept kept) -> -kept.path().length()))
                .map(kept -> kept.name() + "=" + kept.value())
                .collect(Collectors.joining("; "));
    }

    private void keep(Response response) {
        for (var header : response.headers()) {
            if (!header.name().equals("Set-Cookie")) {
                continue;
            }
            var parts = header.value().split("; ");
            var pair = parts[0].split("=", 2);
            var path = "/";
            var where = site();
            for (var part : parts) {
                path = part.startsWith("Path=") ? part.substring(5) : path;
                where = part.startsWith("Domain=") ? "." + part.substring(7) : where;
            }
            if (header.value().contains("Max-Age=0")) {
                remove(pair[0], path, where);
            } else {
                set(pair[0], pair[1], path, where);
            }
        }
    }
}
