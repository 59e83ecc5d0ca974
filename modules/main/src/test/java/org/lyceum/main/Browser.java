package org.lyceum.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person's browser, as far as HTTP goes: keeps cookies by path as a browser does, sends what a
 * browser sends, and follows redirects only when told to.
 */
final class Browser {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_REDIRECTS = 20;
    private static final Pattern XSRF_FIELD = Pattern.compile("name=\"_xsrf\" value=\"([^\"]+)\"");

    /** An answer, with the path it was finally found at. */
    record Page(String path, HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String location() {
            return header("Location");
        }

        List<String> setCookies() {
            return response.headers().allValues("Set-Cookie");
        }

        /** The token that the page's form would send back. */
        String xsrf() {
            var match = XSRF_FIELD.matcher(body());
            return match.find() ? match.group(1) : "";
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();

    private final CookieJar cookies = new CookieJar();
    private final List<String> visited = new ArrayList<>();
    private final String origin;

    /** {@code origin} without a slash at the end. */
    Browser(String origin) {
        this.origin = origin;
    }

    Page get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Page post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Page form(String path, String body) {
        return post(path, body, "Content-Type", "application/x-www-form-urlencoded");
    }

    Page delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** As a page's script calls the API: with the XSRF token of the hub's cookie. */
    Page api(String method, String path, String body) {
        return send(
                method,
                path,
                body,
                "X-XSRFToken",
                cookie("_xsrf", path).orElse(""),
                "Sec-Fetch-Mode",
                "cors");
    }

    /** Follows redirects to where a browser would end. */
    Page follow(String path) {
        var page = get(path, "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
        for (int i = 0; page.status() / 100 == 3 && i < MAX_REDIRECTS; i++) {
            page = get(resolved(page), "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
        }
        return page;
    }

    /** Paths asked for so far, in order, with their queries. */
    List<String> visited() {
        return List.copyOf(visited);
    }

    Page signIn(String name, String password) {
        var page = get("/hub/login");
        return form(
                "/hub/login",
                "username="
                        + encoded(name)
                        + "&password="
                        + encoded(password)
                        + "&_xsrf="
                        + encoded(page.xsrf()));
    }

    Optional<String> cookie(String name, String path) {
        return cookies.value(name, path);
    }

    /** A copy of a cookie for a second browser. */
    void forget(String name) {
        cookies.forget(name);
    }

    static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    Page send(String method, String path, String body, String... headers) {
        visited.add(path);
        var request =
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        var jar = cookieHeader(path);
        if (!jar.isEmpty()) {
            request.header("Cookie", jar);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(cookies::keep);
            return new Page(path, response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String cookieHeader(String path) {
        return cookies.header(path);
    }

    private String resolved(Page page) {
        var target = URI.create(origin + page.path).resolve(page.location());
        if (!target.toString().startsWith(origin)) {
            throw new AssertionError("a redirect leads away: " + target);
        }
        return target.toString().substring(origin.length());
    }
}
