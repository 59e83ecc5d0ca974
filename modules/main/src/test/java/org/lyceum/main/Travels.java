package org.lyceum.main;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A browser that goes from host to host: a jar of cookies for each, and one for those with a
 * domain. Every name is this machine; Host says which is meant.
 */
final class Travels {

    private static final int MAX_REDIRECTS = 20;
    private static final Pattern XSRF_FIELD = Pattern.compile("name=\"_xsrf\" value=\"([^\"]+)\"");

    /** An answer, with where it was found. */
    record Page(String url, RawClient.Answer answer) {
        int status() {
            return answer.status();
        }

        String body() {
            return answer.body();
        }

        String location() {
            return answer.header("Location");
        }

        String xsrf() {
            var match = XSRF_FIELD.matcher(body());
            return match.find() ? match.group(1) : "";
        }
    }

    /** By host; by domain, with a dot before it. */
    private final Map<String, CookieJar> jars = new HashMap<>();

    private final List<String> visited = new ArrayList<>();
    private final RawClient client;

    Travels(int port) {
        this.client = new RawClient("http://127.0.0.1:" + port);
    }

    List<String> visited() {
        return List.copyOf(visited);
    }

    Page get(String url) {
        return send("GET", url, "");
    }

    Page form(String url, String body) {
        return send("POST", url, body);
    }

    Page follow(String url) {
        var page = get(url);
        for (int i = 0; page.status() / 100 == 3 && i < MAX_REDIRECTS; i++) {
            page = get(URI.create(page.url()).resolve(page.location()).toString());
        }
        return page;
    }

    Optional<String> cookie(String name, String url) {
        var uri = URI.create(url);
        return jars(uri.getHost()).stream()
                .flatMap(jar -> jar.value(name, uri.getPath()).stream())
                .findFirst();
    }

    private List<CookieJar> jars(String host) {
        var found = new ArrayList<CookieJar>();
        jars.forEach(
                (site, jar) -> {
                    boolean domain = site.startsWith(".") && ("." + host).endsWith(site);
                    if (domain || site.equals(host)) {
                        found.add(jar);
                    }
                });
        return found;
    }

    private Page send(String method, String url, String body) {
        visited.add(url);
        var uri = URI.create(url);
        var path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        var headers = new ArrayList<String>();
        headers.add("Host: " + uri.getRawAuthority());
        headers.add("Accept: text/html");
        headers.add("Sec-Fetch-Mode: navigate");
        if (method.equals("POST")) {
            headers.add("Content-Type: application/x-www-form-urlencoded");
        }
        var cookies =
                jars(uri.getHost()).stream()
                        .map(jar -> jar.header(uri.getPath()))
                        .filter(line -> !line.isEmpty())
                        .toList();
        if (!cookies.isEmpty()) {
            headers.add("Cookie: " + String.join("; ", cookies));
        }
        var answer = client.send(method, path, headers, body);
        answer.all("Set-Cookie").forEach(line -> keep(uri.getHost(), line));
        return new Page(url, answer);
    }

    /** A domain that the host does not lie in is refused, as browsers do. */
    private void keep(String host, String line) {
        var site = host;
        for (var part : line.split(";\\s*")) {
            if (part.regionMatches(true, 0, "domain=", 0, 7)) {
                site = "." + part.substring(7);
            }
        }
        if (site.equals(host) || ("." + host).endsWith(site)) {
            jars.computeIfAbsent(site, s -> new CookieJar()).keep(line);
        }
    }
}
