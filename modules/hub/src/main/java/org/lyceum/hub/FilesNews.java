package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.Place;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;

/** What has just been done to a file, on the page that comes after it. */
final class FilesNews {

    private static final String UNDO =
            """
            <div class="message good" role="status"><p>“{}” is in the trash.</p>
            <form method="post" action="{}">{}<input type="hidden" name="item" value="{}">
            <button class="button" type="submit">Undo</button></form></div>
            """;

    private FilesNews() {}

    static Html trouble(String words) {
        return Html.of("<div class=\"message bad\" role=\"alert\"><p>{}</p></div>\n", words);
    }

    /** Nothing when the address says nothing that we understand. */
    static Html of(FilesUrls urls, Place place, Request request, Html xsrfField) {
        var did = request.query("did").orElse("");
        var written = request.query("name").orElse("");
        if (did.isEmpty() || written.isEmpty()) {
            return Html.NOTHING;
        }
        var name = shown(written);
        return switch (did) {
            case "trashed" ->
                    Html.of(
                            UNDO,
                            name,
                            urls.page(place, "files/trash/restore"),
                            xsrfField,
                            written);
            case "made" -> good("The folder “" + name + "” is there.");
            case "renamed" -> good("It is now called “" + name + "”.");
            case "gone" -> good("“" + name + "” is deleted for good.");
            case "restored" -> good("“" + name + "” is back.");
            case "returned" ->
                    good(
                            "“"
                                    + name
                                    + "” is as it was. If there was something in its place, that is"
                                    + " in the trash now.");
            case "copied" -> good("“" + name + "” is in your home now, and yours to change.");
            case "copied-in-part" ->
                    good(
                            "“"
                                    + name
                                    + "” is in your home now. Links, pipes and closed folders in it"
                                    + " were left out.");
            case "emptied" -> good("The trash is empty.");
            default -> Html.NOTHING;
        };
    }

    private static String shown(String written) {
        try {
            return FilePath.name(written).shown();
        } catch (Problem strange) {
            return written;
        }
    }

    static Html good(String words) {
        return Html.of("<div class=\"message good\" role=\"status\"><p>{}</p></div>\n", words);
    }
}
