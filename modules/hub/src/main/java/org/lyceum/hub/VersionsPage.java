package org.lyceum.hub;

import org.lyceum.files.Entry;
import org.lyceum.files.FilePath;
import org.lyceum.files.FolderPage;
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
            <nav aria-label="Folder" class="trail"><a href="{}">Your files</a> /
            <span aria-current="page">Earlier versions</span></nav>
            <p>As your home was at these times. Look around in one, fetch files from it, or bring
            them back; nothing here can be changed, and none of it counts as room you use.</p>
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

    private final HubUrls urls;

    VersionsPage(HubUrls urls) {
        this.urls = urls;
    }

    Page times(FilePath path, List<Instant> times, boolean kept) {
        var items =
                times.stream()
                        .map(
                                time ->
                                        Html.of(
                                                "<li><a class=\"folder\" href=\"{}\">{}</a></li>\n",
                                                folder(time, path),
                                                FilesPage.MINUTE.format(time)))
                        .toList();
        var list =
                times.isEmpty()
                        ? new Html(NONE_YET).when(kept)
                        : Html.of(
                                "<ul class=\"things files\" aria-label=\"Times\">\n{}</ul>\n",
                                items);
        var none = Html.of(NOT_KEPT, urls.hub("files/trash")).when(!kept);
        var body = Html.of(TIMES, urls.hub("files"), List.of(none, list));
        return Page.of("Earlier versions", "files", body);
    }

    private String address(String page, Instant time, String parameter, FilePath path) {
        return urls.hub("files/versions/" + page)
                + "?time="
                + time.getEpochSecond()
                + "&"
                + parameter
                + "="
                + Names.queryValue(path.toString());
    }

    private String folder(Instant time, FilePath path) {
        return address("list", time, "in", path);
    }

    Page list(Instant time, FilePath path, FolderPage shown, Html news, Html xsrfField) {
        var title = path.top() ? "Your files, earlier" : path.last().shown();
        var items = new ArrayList<Html>();
        for (var entry : shown.entries()) {
            items.add(item(time, path.child(entry.name()), entry, xsrfField));
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
                        time,
                        FilesPage.MINUTE.format(time),
                        urls.hub("files/versions?in=") + Names.queryValue(path.toString()),
                        trail(time, path),
                        address("archive", time, "in", path),
                        path.top() ? "everything" : "this folder",
                        list,
                        further(time, path, shown));
        return Page.of(title, "files", body);
    }

    private List<Html> trail(Instant time, FilePath path) {
        var steps = new ArrayList<Html>();
        steps.add(Html.of("<a href=\"{}\">Your files</a>", folder(time, FilePath.TOP)));
        for (int depth = 1; depth <= path.names().size(); depth++) {
            var at = new FilePath(path.names().subList(0, depth));
            steps.add(Html.of(" / <a href=\"{}\">{}</a>", folder(time, at), at.last().shown()));
        }
        return steps;
    }

    private Html item(Instant time, FilePath at, Entry entry, Html xsrfField) {
        return Html.of(
                ITEM,
                link(time, at, entry),
                FilesPage.about(entry),
                urls.hub("files/versions/restore"),
                xsrfField,
                time.getEpochSecond(),
                at,
                entry.name().shown());
    }

    private Html link(Instant time, FilePath at, Entry entry) {
        var name = entry.name().shown();
        var kind = entry.stat().kind();
        if (kind == FileStat.Kind.DIRECTORY) {
            return Html.of("<a class=\"folder\" href=\"{}\">{}</a>", folder(time, at), name);
        }
        return kind == FileStat.Kind.FILE
                ? Html.of("<a href=\"{}\">{}</a>", address("get", time, "at", at), name)
                : Html.of("<strong>{}</strong>", name);
    }

    private Html further(Instant time, FilePath path, FolderPage shown) {
        var next = shown.next();
        if (next == null) {
            return Html.NOTHING;
        }
        return Html.of(
                "<p class=\"actions\"><a class=\"button\" href=\"{}\">Show more</a></p>\n",
                folder(time, path) + "&after=" + Names.queryValue(next));
    }
}
