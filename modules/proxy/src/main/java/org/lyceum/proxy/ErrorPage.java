package org.lyceum.proxy;

/** What people see when the proxy itself answers. Called on the event loop: must not wait. */
@FunctionalInterface
public interface ErrorPage {

    /** A body and its type, {@code text/html; charset=utf-8}. */
    record Page(String contentType, String body) {}

    /**
     * The page for one answer.
     *
     * @param status 400 or 503
     * @param host what the browser asked for it at, to be compared
     * @param rawTarget what was asked for, as it came: never to be put into a page unescaped
     */
    Page page(int status, String host, String rawTarget);

    /** A plain page; for 503 one that asks again by itself, since servers come back. */
    static ErrorPage plain() {
        var retrying =
                """
                <!doctype html><html lang="en"><meta charset="utf-8">
                <meta http-equiv="refresh" content="5"><title>Not answering</title>
                <h1>Your server does not answer</h1>
                <p>It may be starting or restarting. This page tries again every 5 seconds.</p>
                </html>
                """;
        var refusing =
                """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>Not understood</title>
                <h1>The request was not understood</h1>
                <p>Check the address.</p>
                </html>
                """;
        return (status, host, rawTarget) ->
                new Page("text/html; charset=utf-8", status == 503 ? retrying : refusing);
    }
}
