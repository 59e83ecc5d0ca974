package org.lyceum.hub;

import org.lyceum.files.Entry;
import org.lyceum.files.FilePath;
import org.lyceum.files.FolderPage;
import org.lyceum.files.Place;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.linux.FileStat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The pages of earlier versions: which there are, and what is in one. */
final class VersionsPage {

    private static final String TIMES =
            """
            <section class="card">
            <h1>Earlier versions</h1>
            <nav aria-label="Folder" class="trail"><a href="{}">{}</a> /
            <span aria-current="page">Earlier versions</span></nav>
            <p>As {} was at these times. Look around in one, fetch files from it, or bring
            them back; nothing here can be changed, and none of it counts as room in use.</p>
            {}</section>
            """;

    private static final String NOT_KEPT =
            """
            <p class="message" role="status">No earlier versions are kept on this machine. What you
            delete here or in JupyterLab is in the <a href="{}">trash</a> for a while.</p>
            """;

    private static final String NONE_YET =
            """
            <p class="quiet">There is none yet. One is kept each hour in which something changed, as long as there
            is room.
            </p>
            """;

    private static final String LIST =
            """
            {}<section class="card">
            <h1>{}</h1>
            <p class="message" role="status">As it was on <time datetime="{}">{}</time>.
            <a href="{}">Other times</a></p>
            <nav aria-label="Folder" class="trail">{}</nav>
            <div class="actions"><a class="button" href="{}">Download {}</a></div>
            {}
            {}</section>
            """;

    private static final String ITEM =
            """
            <li><div class="about">{}<br><span class="quiet small">{}</span></div>
            <form method="post" action="{}">{}<input type="hidden" name="time" value="{}">
            <input type="hidden" name="at" value="{}">
            <button class="button" type="submit" aria-label="Restore {}">Restore</button>
            </form></li>
            """;

    /** A folder as it was. */
    record Then(Place place, Instant time) {}

    private final FilesUrls urls;

    VersionsPage(FilesUrls urls) {
        this.urls = urls;
    }

    Page times(Place place, FilePath path, List<Instant> times, boolean kept) {
        var items =
                times.stream()
                        .map(
                                time ->
                                        Html.of(
                                                "<li><a class=\"folder\" href=\"{}\">{}</a></li>\n",
                                                folder(new Then(place, time), path),
                                                FilesPage.MINUTE.format(time)))
                        .toList();
        var list =
                times.isEmpty()
                        ? new Html(NONE_YET).when(kept)
                        : Html.of(
                                "<ul class=\"things files\" aria-label=\"Times\">\n{}</ul>\n",
                                items);
        var none = Html.of(NOT_KEPT, urls.page(place, "files/trash")).when(!kept);
        var body =
                Html.of(
                        TIMES,
                        urls.folder(place, FilePath.TOP),
                        PlaceWords.title(place),
                        place.home() ? "your home" : "this folder",
                        List.of(none, list));
        return Page.of("Earlier versions", "files", body);
    }

    private String address(String page, Then then, String parameter, FilePath path) {
        return urls.page(
                then.place(),
                "files/versions/" + page,
                "time",
                Long.toString(then.time().getEpochSecond()),
                parameter,
                path.toString());
    }

    private String folder(Then then, FilePath path) {
        return address("list", then, "in", path);
    }

    Page list(Then then, FilePath path, FolderPage shown, Html news, Html xsrfField) {
        var title = path.top() ? PlaceWords.title(then.place()) + ", earlier" : path.last().shown();
        var items = new ArrayList<Html>();
        for (var entry : shown.entries()) {
            items.add(item(then, path.child(entry.name()), entry, xsrfField));
        }
        var list =
                items.isEmpty()
                        ? new Html("<p class=\"quiet\">Nothing was in here.</p>\n")
                        : Html.of(
                                "<ul class=\"things files\" aria-label=\"Files\">\n{}</ul>\n",
                                items);
        var body =
                Html.of(
                        LIST,
                        news,
                        title,
                        then.time(),
                        FilesPage.MINUTE.format(then.time()),
                        urls.page(then.place(), "files/versions", "in", path.toString()),
                        trail(then, path),
                        address("archive", then, "in", path),
                        path.top() ? "everything" : "this folder",
                        list,
                        further(then, path, shown));
        return Page.of(title, "files", body);
    }

    private List<Html> trail(Then then, FilePath path) {
        var steps = new ArrayList<Html>();
        steps.add(
                Html.of(
                        "<a href=\"{}\">{}</a>",
                        folder(then, FilePath.TOP),
                        PlaceWords.title(then.place())));
        for (int depth = 1; depth <= path.names().size(); depth++) {
            var at = new FilePath(path.names().subList(0, depth));
            steps.add(Html.of(" / <a href=\"{}\">{}</a>", folder(then, at), at.last().shown()));
        }
        return steps;
    }

    private Html item(Then then, FilePath at, Entry entry, Html xsrfField) {
        return Html.of(
                ITEM,
                link(then, at, entry),
                FilesPage.about(entry),
                urls.page(then.place(), "files/versions/restore"),
                xsrfField,
                then.time().getEpochSecond(),
                at,
                entry.name().shown());
    }

    private Html link(Then then, FilePath at, Entry entry) {
        var name = entry.name().shown();
        var kind = entry.stat().kind();
        if (kind == FileStat.Kind.DIRECTORY) {
            return Html.of("<a class=\"folder\" href=\"{}\">{}</a>", folder(then, at), name);
        }
        return kind == FileStat.Kind.FILE
                ? Html.of("<a href=\"{}\">{}</a>", address("get", then, "at", at), name)
                : Html.of("<strong>{}</strong>", name);
    }

    private Html further(Then then, FilePath path, FolderPage shown) {
        var next = shown.next();
        if (next == null) {
            return Html.NOTHING;
        }
        return Html.of(
                "<p class=\"actions\"><a class=\"button\" href=\"{}\">Show more</a></p>\n",
                folder(then, path) + "&after=" + Names.queryValue(next));
    }
}
