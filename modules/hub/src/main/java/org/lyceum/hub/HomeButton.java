package org.lyceum.hub;

/**
 * A button of the home page that does something with one server.
 *
 * @param server its name; empty for the default one
 */
record HomeButton(HubUrls urls, String xsrf, String server) {

    private static final String FORM =
            """
            <form method="post" action="{}">
            <input type="hidden" name="_xsrf" value="{}">
            <input type="hidden" name="server" value="{}">
            <button class="button {}" type="submit"{}>{}</button>
            </form>
            """;

    Html of(String verb, String style, String words) {
        var label =
                server.isEmpty() ? Html.NOTHING : Html.of(" aria-label=\"{} {}\"", words, server);
        return Html.of(FORM, urls.hub("home/") + verb, xsrf, server, style, label, words);
    }
}
