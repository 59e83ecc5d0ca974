package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.servers.Ending;

/** Why a server is not running, in plain words, with what to try. Pure. */
final class EndingWords {

    private static final String WHY =
            """
            <div class="message"><p>{}</p>
            {}{}</div>
            """;

    private static final String TIPS =
            """
            <p>What you can try:</p>
            <ul>{}</ul>
            """;

    private static final String LOG =
            """
            <details><summary>What it wrote last</summary><pre class="words">{}</pre></details>
            """;

    private EndingWords() {}

    /**
     * Nothing when there is nothing to tell.
     *
     * @param own whether whoever reads it owns the server; what it wrote is nobody else's business
     */
    static Html of(@Nullable Ending ending, boolean own) {
        if (ending == null) {
            return Html.NOTHING;
        }
        var detail = ending.detail();
        var sentence = ending.reason().sentence() + (detail == null ? "" : " " + detail);
        var tips =
                ending.reason().tips().stream().map(tip -> Html.of("<li>{}</li>\n", tip)).toList();
        var log = ending.log();
        return Html.of(
                WHY,
                sentence,
                tips.isEmpty() ? Html.NOTHING : Html.of(TIPS, tips),
                log == null || !own ? Html.NOTHING : Html.of(LOG, log));
    }

    /** The same, unless its user wanted it so. */
    static Html unwished(@Nullable Ending ending) {
        return ending == null || ending.reason().wished() ? Html.NOTHING : of(ending, true);
    }
}
