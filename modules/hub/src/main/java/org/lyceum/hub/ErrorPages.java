package org.lyceum.hub;

import java.util.Map;

/** What people see when something does not work: what happened, and what to do now. */
final class ErrorPages {

    private record Words(String title, String sentence) {}

    private static final Map<Integer, Words> WORDS =
            Map.of(
                    400,
                    new Words(
                            "This request did not work",
                            "Something in the address or the form is not right. Go back and try"
                                    + " again."),
                    403,
                    new Words(
                            "You may not open this",
                            "Your account does not have access. If you need it, ask an"
                                    + " administrator."),
                    404,
                    new Words(
                            "Page not found",
                            "Nothing is at this address, or you have no access to it. Check the"
                                    + " address, or begin at your home page."),
                    405,
                    new Words(
                            "This does not work that way",
                            "The page exists, but not for this kind of request. Begin at your home"
                                    + " page."),
                    429,
                    new Words(
                            "Too busy just now",
                            "Many people are at it at the same time. Wait a moment and try again."),
                    500,
                    new Words(
                            "Something went wrong here",
                            "This is our fault, not yours. Try again; if it stays like this, give"
                                    + " the number below to an administrator."),
                    503,
                    new Words(
                            "Not available right now",
                            "What you asked for cannot be reached at the moment. It may be"
                                    + " starting again; wait a moment and try again."));

    private static final Words OTHER =
            new Words("This did not work", "Begin again at your home page.");

    private static final String BODY =
            """
            <section class="card">
            <p class="quiet small">Error {}</p>
            <h1>{}</h1>
            <p role="alert">{}</p>
            {}<p class="actions"><a class="button primary" href="{}">Go to the home page</a></p>
            {}</section>
            """;

    /** A server that does not answer often comes back: the page asks again by itself. */
    private static final int RETRY_SECONDS = 5;

    private final HubUrls urls;

    ErrorPages(HubUrls urls) {
        this.urls = urls;
    }

    /** The page for a status, with nothing particular to say. */
    Page of(int status, String requestId) {
        var words = WORDS.getOrDefault(status, OTHER);
        return page(status, words.title(), words.sentence(), Html.NOTHING, requestId);
    }

    /** The page for a failure that says itself what to do. */
    Page problem(int status, String message, String requestId) {
        var words = WORDS.getOrDefault(status, OTHER);
        return page(status, words.title(), message, Html.NOTHING, requestId);
    }

    /** The page the proxy shows in place of a server's answer. */
    Page ofProxy(int status, String url, String requestId) {
        var words = WORDS.getOrDefault(status, OTHER);
        var where =
                url.isEmpty()
                        ? Html.NOTHING
                        : Html.of("<p class=\"quiet\">Address: <code>{}</code></p>\n", url);
        var page = page(status, words.title(), words.sentence(), where, requestId);
        return status == 503 ? page.refreshing(RETRY_SECONDS) : page;
    }

    private Page page(int status, String title, String sentence, Html more, String requestId) {
        var number =
                requestId.isEmpty()
                        ? Html.NOTHING
                        : Html.of(
                                "<p class=\"quiet small\">Number of this request:"
                                        + " <code>{}</code></p>\n",
                                requestId);
        return Page.of(
                title, "", Html.of(BODY, status, title, sentence, more, urls.home(), number));
    }
}
