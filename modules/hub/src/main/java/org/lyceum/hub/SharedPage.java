package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.FolderPage;
import org.lyceum.files.SharedView;
import org.lyceum.files.SharingLink;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.linux.FileStat;

import java.util.ArrayList;
import java.util.List;

/** The pages of what somebody shares by link, as its reader has them. */
final class SharedPage {

    private static final String FOLDER =
            """
            <section class="card">
            <h1>{}</h1>
            {}<nav aria-label="Folder" class="trail">{}</nav>
            <div class="actions">{}</div>
            {}
            {}</section>
            """;

    private static final String FILE =
            """
            <section class="card">
            <h1>{}</h1>
            {}<p class="quiet">{}, changed {}</p>
            <div class="actions">
            <a class="button primary" href="{}">Download</a>
            {}<a class="button" href="{}">Sharing links</a>
            </div></section>
            """;

    private static final String ITEM =
            """
            <li><div class="about">{}<br><span class="quiet small">{}</span></div>
            <div class="actions">{}{}</div></li>
            """;

    private final HubUrls urls;

    SharedPage(HubUrls urls) {
        this.urls = urls;
    }

    /** Where a folder in what is shared has its page. */
    static String address(HubUrls urls, SharingLink link, FilePath below) {
        return address(urls, "files/shared", link, "in", below);
    }

    private static String address(
            HubUrls urls, String page, SharingLink link, String parameter, FilePath below) {
        return urls.hub(page)
                + "?link="
                + link.id()
                + "&"
                + parameter
                + "="
                + Names.queryValue(below.toString());
    }

    private static String name(SharedView view) {
        return view.link().path().last().shown();
    }

    private static Html about(SharedView view) {
        var until = LinkPage.DAY.format(view.link().expiresAt());
        boolean own = view.owner().id().equals(view.place().reader());
        var words =
                own
                        ? "You share this until " + until + ". This is what others see of it."
                        : view.owner().name()
                                + " shares this with you until "
                                + until
                                + ". You can look and download; nothing here can be changed.";
        return Html.of("<p class=\"message\" role=\"status\">{}</p>\n", words);
    }

    Page file(SharedView view, Html xsrfField) {
        var stat = view.stat();
        var body =
                Html.of(
                        FILE,
                        name(view),
                        about(view),
                        new Bytes(stat.size()),
                        FilesPage.MINUTE.format(FilesPage.limited(stat.modified())),
                        address(urls, "files/shared/get", view.link(), "at", FilePath.TOP),
                        copy(view, FilePath.TOP, name(view), xsrfField),
                        urls.hub("files/links"));
        return Page.of(name(view), "files", body);
    }

    Page folder(SharedView view, FilePath below, FolderPage shown, Html xsrfField) {
        var title = below.top() ? name(view) : below.last().shown();
        var archive = address(urls, "files/shared/archive", view.link(), "in", below);
        var body =
                Html.of(
                        FOLDER,
                        title,
                        about(view),
                        trail(view, below),
                        List.of(
                                FilesPage.button(archive, "Download this folder"),
                                copy(view, below, title, xsrfField),
                                FilesPage.button(urls.hub("files/links"), "Sharing links")),
                        list(view, below, shown, xsrfField),
                        further(view, below, shown));
        return Page.of(title, "files", body);
    }

    private List<Html> trail(SharedView view, FilePath below) {
        var steps = new ArrayList<Html>();
        if (below.top()) {
            return steps;
        }
        steps.add(PlaceWords.link(address(urls, view.link(), FilePath.TOP), name(view)));
        for (int depth = 1; depth < below.names().size(); depth++) {
            var at = new FilePath(below.names().subList(0, depth));
            var link = PlaceWords.link(address(urls, view.link(), at), at.last().shown());
            steps.add(Html.of(" / {}", link));
        }
        steps.add(Html.of(" / <span aria-current=\"page\">{}</span>", below.last().shown()));
        return steps;
    }

    private Html list(SharedView view, FilePath below, FolderPage shown, Html xsrfField) {
        if (shown.entries().isEmpty()) {
            return Html.of(
                    "<p class=\"quiet\">Nothing is in here yet. What {} puts here is here at once."
                            + "</p>\n",
                    view.owner().name());
        }
        var items = new ArrayList<Html>();
        for (var entry : shown.entries()) {
            var at = below.child(entry.name());
            var get = address(urls, "files/shared/get", view.link(), "at", at);
            var archive = address(urls, "files/shared/archive", view.link(), "in", at);
            var kind = entry.stat().kind();
            var pack = FilesPage.button(archive, "Download as an archive");
            var copy = copy(view, at, entry.name().shown(), xsrfField);
            boolean folder = kind == FileStat.Kind.DIRECTORY;
            items.add(
                    Html.of(
                            ITEM,
                            FilesPage.link(address(urls, view.link(), at), get, entry),
                            FilesPage.about(entry),
                            pack.when(folder),
                            copy.when(folder || kind == FileStat.Kind.FILE)));
        }
        return Html.of("<ul class=\"things files\" aria-label=\"Files\">\n{}</ul>", items);
    }

    private Html copy(SharedView view, FilePath below, String name, Html xsrfField) {
        var action = address(urls, "files/shared/copy", view.link(), "at", below);
        return CopyEndpoints.form(action, name, xsrfField);
    }

    private Html further(SharedView view, FilePath below, FolderPage shown) {
        var next = shown.next();
        return next == null
                ? Html.NOTHING
                : FilesPage.further(
                        shown,
                        address(urls, view.link(), below) + "&after=" + Names.queryValue(next));
    }
}
