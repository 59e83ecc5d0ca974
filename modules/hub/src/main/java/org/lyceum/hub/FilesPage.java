package org.lyceum.hub;

import org.lyceum.files.Entry;
import org.lyceum.files.FilePath;
import org.lyceum.files.FolderPage;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.linux.FileStat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page of one folder. Uploads need its script; all else works without. */
final class FilesPage {

    private static final String BODY =
            """
            {}<section class="card" data-page="files" data-put="{}" data-xsrf="{}">
            <h1>{}</h1>
            <nav aria-label="Folder" class="trail">{}</nav>
            <div class="actions">
            <input class="unseen" id="upload" type="file" multiple data-upload hidden>
            <label class="button primary" for="upload" data-upload hidden>Upload files</label>
            <a class="button" href="{}">Download {}</a>
            <a class="button" href="{}">Earlier versions</a>
            <a class="button" href="{}">Trash</a>
            <a class="button" href="{}">What takes the most room</a>
            </div>
            <noscript><p class="hint">Uploading needs scripts, which this browser does not
            run.</p></noscript>
            <ul class="things" data-uploads aria-live="polite" aria-label="Uploads"></ul>
            <details class="more"><summary>New folder</summary>
            <form method="post" action="{}" class="beside">{}
            <input type="hidden" name="in" value="{}">
            <div class="field"><label for="folder">Name</label>
            <input id="folder" name="name" required maxlength="255" autocomplete="off"></div>
            <button class="button" type="submit">Make the folder</button>
            </form></details>
            {}
            {}</section>
            """;

    private static final String ITEM =
            """
            <li><div class="about">{}<br><span class="quiet small">{}</span></div>
            <details class="more"><summary aria-label="More about {}">More</summary>
            {}<form method="post" action="{}" class="beside">{}
            <input type="hidden" name="at" value="{}">
            <div class="field"><label for="{}">New name</label>
            <input id="{}" name="name" value="{}" required maxlength="255" autocomplete="off">
            </div><button class="button" type="submit">Rename</button></form>
            <form method="post" action="{}" class="actions">{}
            <input type="hidden" name="at" value="{}">
            <button class="button danger" type="submit">Move to the trash</button></form>
            <details><summary>Delete for good</summary>
            <form method="post" action="{}">{}<input type="hidden" name="at" value="{}">
            <input type="hidden" name="for-good" value="1">
            <p class="hint">It does not go to the trash, and nobody can bring it back. Do this when
            your home is full.</p>
            <button class="button danger" type="submit">Delete “{}” for good</button></form>
            </details>
            </details></li>
            """;

    private static final String EMPTY =
            """
            <p class="quiet">Nothing is in here yet. Upload a file, or make one in your server: what
            is saved there is here at once.</p>
            """;

    static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final HubUrls urls;

    FilesPage(HubUrls urls) {
        this.urls = urls;
    }

    /** Where a folder's page is; parameters may follow. */
    String folder(FilePath path) {
        return urls.hub("files?in=") + Names.queryValue(path.toString());
    }

    Page of(FilePath path, FolderPage shown, Html news, Html xsrfField, String xsrf) {
        var title = path.top() ? "Your files" : path.last().shown();
        var written = Names.queryValue(path.toString());
        var body =
                Html.of(
                        BODY,
                        news,
                        urls.hub("files/put?in=") + written,
                        xsrf,
                        title,
                        trail(path),
                        urls.hub("files/archive?in=") + written,
                        path.top() ? "everything" : "this folder",
                        urls.hub("files/versions?in=") + written,
                        urls.hub("files/trash"),
                        urls.hub("files/largest"),
                        urls.hub("files/folder"),
                        xsrfField,
                        path,
                        list(path, shown, xsrfField),
                        further(path, shown));
        return Page.of(title, "files", body);
    }

    private List<Html> trail(FilePath path) {
        var steps = new ArrayList<Html>();
        if (path.top()) {
            return steps;
        }
        steps.add(Html.of("<a href=\"{}\">Your files</a>", folder(FilePath.TOP)));
        for (int depth = 1; depth < path.names().size(); depth++) {
            var at = new FilePath(path.names().subList(0, depth));
            steps.add(Html.of(" / <a href=\"{}\">{}</a>", folder(at), at.last().shown()));
        }
        steps.add(Html.of(" / <span aria-current=\"page\">{}</span>", path.last().shown()));
        return steps;
    }

    private Html list(FilePath path, FolderPage shown, Html xsrfField) {
        if (shown.entries().isEmpty()) {
            return new Html(EMPTY);
        }
        var items = new ArrayList<Html>();
        for (var entry : shown.entries()) {
            items.add(item(path.child(entry.name()), entry, items.size(), xsrfField));
        }
        return Html.of("<ul class=\"things files\" aria-label=\"Files\">\n{}</ul>", items);
    }

    private Html item(FilePath at, Entry entry, int index, Html xsrfField) {
        var name = entry.name().shown();
        var id = "name-" + index;
        return Html.of(
                ITEM,
                link(at, entry),
                about(entry),
                name,
                archive(at, entry),
                urls.hub("files/rename"),
                xsrfField,
                at,
                id,
                id,
                name,
                urls.hub("files/delete"),
                xsrfField,
                at,
                urls.hub("files/delete"),
                xsrfField,
                at,
                name);
    }

    private Html link(FilePath at, Entry entry) {
        var name = entry.name().shown();
        return switch (entry.stat().kind()) {
            case DIRECTORY -> Html.of("<a class=\"folder\" href=\"{}\">{}</a>", folder(at), name);
            case FILE ->
                    Html.of(
                            "<a href=\"{}\">{}</a>",
                            urls.hub("files/get?at=") + Names.queryValue(at.toString()),
                            name);
            case LINK, OTHER -> Html.of("<strong>{}</strong>", name);
        };
    }

    private Html archive(FilePath at, Entry entry) {
        return Html.of(
                        "<p><a class=\"button\" href=\"{}\">Download as an archive</a></p>\n",
                        urls.hub("files/archive?in=") + Names.queryValue(at.toString()))
                .when(entry.stat().kind() == FileStat.Kind.DIRECTORY);
    }

    static String about(Entry entry) {
        var stat = entry.stat();
        var what =
                switch (stat.kind()) {
                    case DIRECTORY -> "folder";
                    case FILE -> size(stat);
                    case LINK -> "link to " + entry.target().replaceAll("\\p{C}", "\uFFFD");
                    case OTHER -> "pipe or socket";
                };
        return what + ", changed " + MINUTE.format(limited(stat.modified()));
    }

    /** Files can have any date; formatters cannot. */
    static Instant limited(Instant time) {
        var last = Instant.parse("9999-12-31T00:00:00Z");
        var first = Instant.parse("0001-01-01T00:00:00Z");
        return time.isAfter(last) ? last : time.isBefore(first) ? first : time;
    }

    /** With holes, both numbers matter. */
    static String size(FileStat stat) {
        var size = new Bytes(stat.size()).toString();
        return stat.hollow() ? size + " (" + new Bytes(stat.held()) + " on the disk)" : size;
    }

    private Html further(FilePath path, FolderPage shown) {
        var next = shown.next();
        if (next == null) {
            return Html.NOTHING;
        }
        return Html.of(
                "<p class=\"actions\"><span class=\"quiet\">{} things are in here.</span>"
                        + " <a class=\"button\" href=\"{}\">Show more</a></p>\n",
                String.format(Locale.ROOT, "%,d", shown.count()),
                folder(path) + "&after=" + Names.queryValue(next));
    }
}
