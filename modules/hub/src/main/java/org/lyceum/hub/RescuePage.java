package org.lyceum.hub;

/** The page for somebody whose server does not start. */
final class RescuePage {

    private static final String BODY =
            """
            {}<section class="card">
            <h1>Rescue</h1>
            <p>For when your server does not start: your home is full, or something you have
            installed or configured is in its way. Your files are safe.</p>
            <form method="post" action="{}">{}
            <button class="button primary" type="submit">Start my server in rescue</button></form>
            <p class="hint">It starts without your settings and your packages, and needs no room in
            your home. All your files are there. The start after it is an ordinary one.</p>
            </section>
            <section class="card">
            <h2>Make room</h2>
            <p>Delete what you no longer need, and then empty the trash.</p>
            <div class="actions"><a class="button" href="{}">What takes the most room</a>
            <a class="button" href="{}">My files</a>
            <a class="button" href="{}">Trash</a></div>
            </section>
            <section class="card">
            <h2>Put my settings and packages aside</h2>
            <p>What you have configured for Jupyter and installed with <code>pip</code> is kept
            under another name, so that your next start does without it.</p>
            <div class="actions">
            <form method="post" action="{}">{}
            <button class="button" type="submit">Put aside</button></form>
            <form method="post" action="{}">{}
            <button class="button" type="submit">Take back</button></form></div>
            </section>
            """;

    private RescuePage() {}

    /**
     * @param moved what was done last: {@code aside}, {@code back}, {@code none} or nothing
     */
    static Page of(HubUrls urls, Html xsrfField, String moved) {
        var body =
                Html.of(
                        BODY,
                        news(moved),
                        urls.hub("rescue/start"),
                        xsrfField,
                        urls.hub("files/largest"),
                        urls.hub("files"),
                        urls.hub("files/trash"),
                        urls.hub("rescue/aside"),
                        xsrfField,
                        urls.hub("rescue/back"),
                        xsrfField);
        return Page.of("Rescue", "home", body);
    }

    private static Html news(String moved) {
        var words =
                switch (moved) {
                    case "aside" -> "Your settings and packages are put aside. Start as usual now.";
                    case "back" -> "Your settings and packages are where they were.";
                    case "none" -> "There was nothing to move.";
                    default -> "";
                };
        return Html.of("<div class=\"message good\" role=\"status\"><p>{}</p></div>\n", words)
                .when(!words.isEmpty());
    }

    /** What other pages say about it. */
    static Html offer(HubUrls urls) {
        return Html.of(
                "<p><a href=\"{}\">Rescue</a> starts it without your own settings and packages, and"
                        + " also when your home is full.</p>\n",
                urls.hub("rescue"));
    }
}
