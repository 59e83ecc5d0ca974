package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.LargestFiles;
import org.lyceum.files.LargestFiles.Found;
import org.lyceum.files.LargestFiles.Part;
import org.lyceum.files.Place;
import org.lyceum.platform.kernel.Bytes;

import java.util.Locale;

/** The page that says where the room in a folder goes. */
final class LargestPage {

    private static final String BODY =
            """
            {}<section class="card">
            <h1>What takes the most room</h1>
            <nav aria-label="Folder" class="trail"><a href="{}">{}</a> /
            <span aria-current="page">What takes the most room</span></nav>
            {}<h2>By folder</h2>
            <ul class="things" aria-label="Folders">
            {}</ul>
            <h2>The largest files</h2>
            <ul class="things files" aria-label="Largest files">
            {}</ul>
            </section>
            """;

    private static final String NONE =
            """
            {}<section class="card"><h1>What takes the most room</h1>
            <p class="quiet">Nothing is in {} yet.</p>
            <div class="actions"><a class="button" href="{}">{}</a></div></section>
            """;

    private static final String PART =
            """
            <li><div class="about">{}<br><span class="quiet small">{}</span></div>
            <meter min="0" max="{}" value="{}" aria-label="{}"></meter></li>
            """;

    private static final String FILE =
            """
            <li><div class="about"><strong>{}</strong><br>
            <span class="quiet small">{}, in <a href="{}">{}</a>, changed {}</span></div>
            <details class="more"><summary aria-label="More about {}">More</summary>
            <p><a class="button" href="{}">Download</a></p>
            <form method="post" action="{}">{}<input type="hidden" name="at" value="{}">
            <input type="hidden" name="for-good" value="1">
            <p class="hint">It does not go to the trash, and nobody can bring it back.</p>
            <button class="button danger" type="submit">Delete “{}” for good</button></form>
            </details></li>
            """;

    private final FilesUrls urls;

    LargestPage(FilesUrls urls) {
        this.urls = urls;
    }

    Page of(Place place, LargestFiles found, Html news, Html xsrfField) {
        var title = "What takes the most room";
        if (found.count() == 0) {
            return Page.of(title, "files", none(place, news));
        }
        var body =
                Html.of(
                        BODY,
                        news,
                        urls.folder(place, FilePath.TOP),
                        PlaceWords.title(place),
                        about(found),
                        found.parts().stream()
                                .map(part -> part(place, part, found.bytes()))
                                .toList(),
                        found.files().stream().map(file -> file(place, file, xsrfField)).toList());
        return Page.of(title, "files", body);
    }

    private Html none(Place place, Html news) {
        var where = place.home() ? "your home" : "this folder";
        var top = urls.folder(place, FilePath.TOP);
        return Html.of(NONE, news, where, top, PlaceWords.title(place));
    }

    private static Html about(LargestFiles found) {
        var words =
                String.format(
                        Locale.ROOT,
                        "%,d files and folders take %s.",
                        found.count(),
                        new Bytes(found.bytes()));
        var rest =
                " There are more: the time for this page was up. What is shown was found until"
                        + " then; make some room and look again.";
        return Html.of("<p>{}</p>\n", found.whole() ? words : words + rest);
    }

    private Html part(Place place, Part part, long all) {
        var name = part.trash() ? "Trash" : part.path().last().shown();
        var link = part.trash() ? urls.page(place, "files/trash") : urls.folder(place, part.path());
        var shown = Html.of("<a class=\"folder\" href=\"{}\">{}</a>", link, name);
        return Html.of(
                PART,
                part.folder() ? shown : Html.of("<strong>{}</strong>", name),
                new Bytes(part.bytes()),
                Math.max(1, all),
                part.bytes(),
                "Share of " + name);
    }

    private Html file(Place place, Found file, Html xsrfField) {
        var path = file.path();
        var name = path.last().shown();
        var folder = path.parent();
        return Html.of(
                FILE,
                name,
                FilesPage.size(file.stat()),
                urls.folder(place, folder),
                folder.top() ? PlaceWords.title(place) : PlaceWords.shown(folder),
                FilesPage.MINUTE.format(FilesPage.limited(file.stat().modified())),
                name,
                urls.page(place, "files/get", "at", path.toString()),
                urls.page(place, "files/delete"),
                xsrfField,
                path,
                name);
    }
}
