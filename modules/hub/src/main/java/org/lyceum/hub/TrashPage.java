package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.FileService;
import org.lyceum.files.Place;
import org.lyceum.files.TrashItem;
import org.lyceum.platform.linux.FileStat;

import java.util.List;

/** The page of the trash. */
final class TrashPage {

    private static final String BODY =
            """
            {}<section class="card">
            <h1>Trash</h1>
            <nav aria-label="Folder" class="trail"><a href="{}">{}</a> /
            <span aria-current="page">Trash</span></nav>
            <p>{}</p>
            {}
            {}</section>
            """;

    private static final String ITEM =
            """
            <li><div class="about"><strong>{}</strong><br><span class="quiet small">{}</span></div>
            <div class="actions">
            <form method="post" action="{}">{}<input type="hidden" name="item" value="{}">
            <button class="button" type="submit" aria-label="Restore {}">Restore</button></form>
            <form method="post" action="{}">{}<input type="hidden" name="item" value="{}">
            <button class="button danger" type="submit" aria-label="Delete for good: {}">Delete for
            good</button></form></div></li>
            """;

    private static final String EMPTY_IT =
            """
            <details class="more"><summary>Empty the trash</summary>
            <p>All of it is deleted for good; nobody can bring it back.</p>
            <form method="post" action="{}">{}
            <button class="button danger" type="submit">Delete everything in the trash</button>
            </form></details>
            """;

    private static final String OF_HOME =
            "What you delete here or in JupyterLab stays here for a while and can be brought back."
                    + " Until it is deleted for good it takes up room in your home.";

    private static final String OF_OTHERS =
            "What is deleted on these pages stays here for a while, and everybody who may change"
                    + " the folder can bring it back. Until it is deleted for good it takes up room"
                    + " there.";

    private final FilesUrls urls;

    TrashPage(FilesUrls urls) {
        this.urls = urls;
    }

    Page of(Place place, List<TrashItem> items, Html news, Html xsrfField) {
        var body =
                Html.of(
                        BODY,
                        news,
                        urls.folder(place, FilePath.TOP),
                        PlaceWords.title(place),
                        place.home() ? OF_HOME : OF_OTHERS,
                        items.isEmpty() ? Html.NOTHING : empty(place, xsrfField),
                        list(place, items, xsrfField));
        return Page.of("Trash", "files", body);
    }

    private Html empty(Place place, Html xsrfField) {
        return Html.of(EMPTY_IT, urls.page(place, "files/trash/empty"), xsrfField);
    }

    private Html list(Place place, List<TrashItem> items, Html xsrfField) {
        if (items.isEmpty()) {
            return new Html("<p class=\"quiet\">The trash is empty.</p>\n");
        }
        var lines = items.stream().map(item -> item(place, item, xsrfField)).toList();
        var more =
                Html.of(
                                "<p><a class=\"button\" href=\"{}\">Show more</a></p>\n",
                                urls.page(
                                        place,
                                        "files/trash",
                                        "after",
                                        FilePath.written(items.getLast().name())))
                        .when(items.size() == FileService.PAGE);
        return Html.of("<ul class=\"things\" aria-label=\"Deleted\">\n{}</ul>\n{}", lines, more);
    }

    private Html item(Place place, TrashItem item, Html xsrfField) {
        var from = item.from();
        var name = from == null ? item.name().shown() : from.last().shown();
        var written = FilePath.written(item.name());
        return Html.of(
                ITEM,
                name,
                about(item),
                urls.page(place, "files/trash/restore"),
                xsrfField,
                written,
                name,
                urls.page(place, "files/trash/purge"),
                xsrfField,
                written,
                name);
    }

    private static String about(TrashItem item) {
        boolean folder = item.stat().kind() == FileStat.Kind.DIRECTORY;
        var what = folder ? "folder" : FilesPage.size(item.stat());
        var from = item.from();
        var where =
                from == null
                        ? ", from nobody knows where"
                        : from.parent().top() ? "" : ", from " + PlaceWords.shown(from.parent());
        var deleted = item.deleted();
        var when =
                deleted == null
                        ? ""
                        : ", deleted "
                                + FilesPage.MINUTE.format(
                                        FilesPage.limited(
                                                deleted.toInstant(java.time.ZoneOffset.UTC)));
        return what + where + when;
    }
}
