package org.lyceum.hub;

import org.lyceum.files.Entry;
import org.lyceum.files.FilePath;
import org.lyceum.files.FolderPage;
import org.lyceum.files.Place;
import org.lyceum.platform.kernel.Bytes;
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
            {}<section class="card"{}>
            {}<h1>{}</h1>
            {}<nav aria-label="Folder" class="trail">{}</nav>
            <div class="actions">
            {}</div>
            {}{}
            {}</section>
            """;

    private static final String SENDING =
            """
            <input class="unseen" id="upload" type="file" multiple data-upload hidden>
            <label class="button primary" for="upload" data-upload hidden>Upload files</label>
            """;

    private static final String CHANGING =
            """
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
            """;

    private static final String ITEM =
            """
            <li><div class="about">{}<br><span class="quiet small">{}</span></div>
            {}</li>
            """;

    private static final String MORE =
            """
            <details class="more"><summary aria-label="More about {}">More</summary>
            <div class="actions">{}</div>
            {}</details>
            """;

    private static final String CHANGES =
            """
            <form method="post" action="{}" class="beside">{}
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
            there is no room left.</p>
            <button class="button danger" type="submit">Delete “{}” for good</button></form>
            </details>
            """;

    private static final String EMPTY =
            """
            <p class="quiet">Nothing is in here yet. Upload a file, or make one in your server: what
            is saved there is here at once.</p>
            """;

    private static final String EMPTY_TO_READ =
            """
            <p class="quiet">Nothing is in here yet. Once somebody who may change this folder puts
            something in, you see it here and in your server.</p>
            """;

    static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    /**
     * All that the page shows.
     *
     * @param places that the reader has, this one among them
     * @param xsrf for the script
     */
    record View(
            Place place,
            List<Place> places,
            FilePath path,
            FolderPage shown,
            Html news,
            Html xsrfField,
            String xsrf) {

        boolean changing() {
            return !place.readOnly();
        }
    }

    private final FilesUrls urls;

    FilesPage(FilesUrls urls) {
        this.urls = urls;
    }

    Page of(View view) {
        var place = view.place();
        var path = view.path();
        var title = path.top() ? PlaceWords.title(place) : path.last().shown();
        var body =
                Html.of(
                        BODY,
                        view.news(),
                        upload(view),
                        places(view),
                        title,
                        PlaceWords.about(place).when(path.top()),
                        PlaceWords.trail(urls, place, path),
                        List.of(new Html(SENDING).when(view.changing()), actions(view)),
                        changing(view),
                        list(view),
                        further(view));
        return Page.of(title, "files", body);
    }

    /** What the script needs to send files; without it there is nothing to send with. */
    private Html upload(View view) {
        var put = urls.page(view.place(), "files/put", "in", view.path().toString());
        return Html.of(" data-page=\"files\" data-put=\"{}\" data-xsrf=\"{}\"", put, view.xsrf())
                .when(view.changing());
    }

    private Html places(View view) {
        var links = new ArrayList<Html>();
        for (var place : view.places()) {
            boolean here = place.key().equals(view.place().key());
            links.add(
                    Html.of(
                            "<a href=\"{}\"{}>{}</a>\n",
                            urls.folder(place, FilePath.TOP),
                            new Html(" aria-current=\"true\"").when(here),
                            PlaceWords.name(place)));
        }
        return Html.of("<nav aria-label=\"Places\" class=\"places\">\n{}</nav>\n", links);
    }

    private List<Html> actions(View view) {
        var place = view.place();
        var path = view.path();
        var in = path.toString();
        var all = new ArrayList<Html>();
        var what = path.top() ? "everything" : "this folder";
        all.add(button(urls.page(place, "files/archive", "in", in), "Download " + what));
        if (!path.top()) {
            all.add(button(urls.page(place, "files/share", "at", in), "Share this folder"));
        }
        if (view.changing()) {
            all.add(button(urls.page(place, "files/versions", "in", in), "Earlier versions"));
            all.add(button(urls.page(place, "files/trash"), "Trash"));
            all.add(button(urls.page(place, "files/largest"), "What takes the most room"));
        }
        all.add(button(urls.urls().hub("files/links"), "Sharing links"));
        return all;
    }

    static Html button(String address, String words) {
        return Html.of("<a class=\"button\" href=\"{}\">{}</a>\n", address, words);
    }

    private Html changing(View view) {
        var action = urls.page(view.place(), "files/folder");
        return Html.of(CHANGING, action, view.xsrfField(), view.path()).when(view.changing());
    }

    private Html list(View view) {
        if (view.shown().entries().isEmpty()) {
            return new Html(view.changing() ? EMPTY : EMPTY_TO_READ);
        }
        var items = new ArrayList<Html>();
        for (var entry : view.shown().entries()) {
            items.add(item(view, entry, items.size()));
        }
        return Html.of("<ul class=\"things files\" aria-label=\"Files\">\n{}</ul>", items);
    }

    private Html item(View view, Entry entry, int index) {
        var at = view.path().child(entry.name());
        return Html.of(
                ITEM, link(view.place(), at, entry), about(entry), more(view, at, entry, index));
    }

    private Html more(View view, FilePath at, Entry entry, int index) {
        var name = entry.name().shown();
        var links = new ArrayList<Html>();
        var kind = entry.stat().kind();
        if (kind == FileStat.Kind.DIRECTORY) {
            var archive = urls.page(view.place(), "files/archive", "in", at.toString());
            links.add(button(archive, "Download as an archive"));
        }
        if (kind == FileStat.Kind.DIRECTORY || kind == FileStat.Kind.FILE) {
            links.add(button(urls.page(view.place(), "files/share", "at", at.toString()), "Share"));
        }
        boolean copied = !links.isEmpty() && !view.place().home();
        if (copied) {
            var copy = urls.page(view.place(), "files/copy", "at", at.toString());
            links.add(CopyEndpoints.form(copy, name, view.xsrfField()));
        }
        var changes = changes(view, at, name, "name-" + index).when(view.changing());
        return Html.of(MORE, name, links, changes).when(!links.isEmpty() || view.changing());
    }

    private Html changes(View view, FilePath at, String name, String id) {
        var delete = urls.page(view.place(), "files/delete");
        var field = view.xsrfField();
        return Html.of(
                CHANGES,
                urls.page(view.place(), "files/rename"),
                field,
                at,
                id,
                id,
                name,
                delete,
                field,
                at,
                delete,
                field,
                at,
                name);
    }

    private Html link(Place place, FilePath at, Entry entry) {
        var get = urls.page(place, "files/get", "at", at.toString());
        return link(urls.folder(place, at), get, entry);
    }

    /** To look into a folder, to fetch a file, and nowhere for the rest. */
    static Html link(String folder, String file, Entry entry) {
        var name = entry.name().shown();
        return switch (entry.stat().kind()) {
            case DIRECTORY -> Html.of("<a class=\"folder\" href=\"{}\">{}</a>", folder, name);
            case FILE -> PlaceWords.link(file, name);
            case LINK, OTHER -> Html.of("<strong>{}</strong>", name);
        };
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

    private Html further(View view) {
        var next = view.shown().next();
        if (next == null) {
            return Html.NOTHING;
        }
        var in = view.path().toString();
        return further(view.shown(), urls.page(view.place(), "files", "in", in, "after", next));
    }

    static Html further(FolderPage shown, String address) {
        return Html.of(
                "<p class=\"actions\"><span class=\"quiet\">{} things are in here.</span>"
                        + " <a class=\"button\" href=\"{}\">Show more</a></p>\n",
                String.format(Locale.ROOT, "%,d", shown.count()),
                address);
    }
}
