package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.LinkAudience;
import org.lyceum.files.Place;
import org.lyceum.files.SharedView;
import org.lyceum.files.SharingLink;
import org.lyceum.files.SharingLinkService;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The pages on which people share by link. */
final class LinkPage {

    private static final String ASK =
            """
            {}<section class="card">
            <h1>Share “{}”</h1>
            <nav aria-label="Folder" class="trail">{}</nav>
            <p>Whoever has the link, is signed in here, and is one of those you choose, can look at
            it and download it, as it is on that day. They can change nothing in it, and they see
            nothing else of yours.</p>
            <form method="post" action="{}">{}
            <fieldset class="choices"><legend>Who may open it?</legend>
            <div class="choice"><input type="radio" id="for-everybody" name="for" value="everybody"
             required{}><label for="for-everybody">Everybody in this community</label></div>
            {}<div class="choice"><input type="radio" id="for-member" name="for" value="member"{}>
            <label for="for-member">One member <span>Write their user name below.</span></label></div>
            </fieldset>
            {}<div class="field"><label for="member">User name of the member, if it is for one</label>
            <input id="member" name="member" value="{}" maxlength="255" autocomplete="off" spellcheck="false"
             autocapitalize="none"></div>
            <div class="field"><label for="days">Days until it ends by itself</label>
            <input id="days" name="days" type="number" inputmode="numeric" min="1" max="{}"
             value="{}" required></div>
            <div class="actions"><button class="button primary" type="submit">Make the link</button>
            <a class="button" href="{}">Not now</a></div>
            </form></section>
            """;

    private static final String GROUP_CHOICE =
            """
            <div class="choice"><input type="radio" id="for-group" name="for" value="group"{}>
            <label for="for-group">A group of mine <span>Choose it below.</span></label></div>
            """;

    private static final String GROUPS =
            """
            <div class="field"><label for="group">The group, if it is for one</label>
            <select id="group" name="group">
            {}</select></div>
            """;

    private static final String MADE =
            """
            <div class="message good" role="status">
            <p><strong>The link is made.</strong> Copy it now; it is not shown again.</p>
            <p><code class="secret" id="new-link" tabindex="0">{}</code></p>
            <p><button class="button" type="button" data-copy="new-link" hidden>Copy</button></p>
            </div>
            <section class="card">
            <h1>“{}” is shared</h1>
            <p>{} can open the link until {}. Send it to them as you like. What you change in there
            they see too; when you move, rename or delete it, the link leads nowhere.</p>
            <div class="actions">
            <a class="button" href="{}">Back to the files</a>
            <a class="button" href="{}">Sharing links</a>
            </div></section>
            """;

    private static final String LIST =
            """
            {}<section class="card">
            <h1>Sharing links</h1>
            <nav aria-label="Folder" class="trail"><a href="{}">Your files</a> /
            <span aria-current="page">Sharing links</span></nav>
            <h2>Links I made</h2>
            {}</section>
            <section class="card">
            <h2>Shared with me</h2>
            {}</section>
            """;

    private static final String NONE_MADE =
            """
            <p class="quiet">You share nothing by link. To let others read a folder or a file, press
            <strong>More</strong> beside it and then <strong>Share</strong>.</p>
            """;

    private static final String NONE_OPENED =
            """
            <p class="quiet">Nothing yet. What others give you a link to is listed here once you have
            opened it.</p>
            """;

    private static final String ITEM =
            """
            <li><div class="about"><strong>{}</strong><br><span class="quiet small">{}</span></div>
            <form method="post" action="{}">{}<input type="hidden" name="link" value="{}">
            <button class="button danger" type="submit" aria-label="{}">{}</button>
            </form></li>
            """;

    static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * A link, and the words for whom it is and where it leads.
     *
     * @param place what its maker calls the folder
     */
    record Line(SharingLink link, String audience, String place) {}

    /**
     * What somebody has put into the form, which stays when it is refused. Nothing is chosen for
     * them at first: who overlooks it would share with everybody.
     */
    record Asked(String audience, String group, String member, String days) {

        static final Asked NOTHING =
                new Asked("", "", "", Integer.toString(SharingLinkService.DEFAULT_DAYS));

        Html checked(String choice) {
            return new Html(" checked").when(audience.equals(choice));
        }
    }

    private final FilesUrls urls;
    private final Clock clock;

    LinkPage(FilesUrls urls, Clock clock) {
        this.urls = urls;
        this.clock = clock;
    }

    static String audience(SharingLink link, String name) {
        return switch (link.audience()) {
            case LinkAudience.Everybody _ -> "Everybody in this community";
            case LinkAudience.OfGroup _ -> "The group “" + name + "”";
            case LinkAudience.OfUser _ -> "“" + name + "”";
        };
    }

    Page ask(
            Place place,
            FilePath path,
            List<String> groups,
            Asked asked,
            Html news,
            Html xsrfField) {
        var name = path.top() ? PlaceWords.title(place) : path.last().shown();
        var options = groups.stream().map(each -> option(each, asked)).toList();
        var body =
                Html.of(
                        ASK,
                        news,
                        name,
                        PlaceWords.trail(urls, place, path),
                        urls.page(place, "files/share", "at", path.toString()),
                        xsrfField,
                        asked.checked("everybody"),
                        Html.of(GROUP_CHOICE, asked.checked("group")).when(!groups.isEmpty()),
                        asked.checked("member"),
                        Html.of(GROUPS, options).when(!groups.isEmpty()),
                        asked.member(),
                        SharingLinkService.MAX_DAYS,
                        asked.days(),
                        urls.folder(place, above(path)));
        return Page.of("Share " + name, "files", body);
    }

    private static Html option(String group, Asked asked) {
        var selected = new Html(" selected").when(group.equals(asked.group()));
        return Html.of("<option value=\"{}\"{}>{}</option>\n", group, selected, group);
    }

    private static FilePath above(FilePath path) {
        return path.top() ? path : path.parent();
    }

    Page made(Place place, SharingLink link, String audience, String address) {
        var name = link.path().last().shown();
        var body =
                Html.of(
                        MADE,
                        address,
                        name,
                        audience,
                        DAY.format(link.expiresAt()),
                        urls.folder(place, link.path().parent()),
                        urls.urls().hub("files/links"));
        return Page.of(name + " is shared", "files", body);
    }

    Page list(List<Line> mine, List<SharedView> opened, Html news, Html xsrfField) {
        var now = clock.instant();
        var made = mine.stream().map(line -> item(line, now, xsrfField)).toList();
        var body =
                Html.of(
                        LIST,
                        news,
                        urls.urls().hub("files"),
                        made.isEmpty() ? new Html(NONE_MADE) : things("Links I made", made),
                        opened.isEmpty()
                                ? new Html(NONE_OPENED)
                                : things(
                                        "Shared with me",
                                        opened.stream().map(this::shared).toList()));
        return Page.of("Sharing links", "files", body);
    }

    private static Html things(String label, List<Html> items) {
        return Html.of("<ul class=\"things files\" aria-label=\"{}\">\n{}</ul>\n", label, items);
    }

    private Html item(Line line, Instant now, Html xsrfField) {
        var link = line.link();
        boolean over = link.over(now);
        var name = link.path().last().shown();
        var day = DAY.format(link.expiresAt());
        return Html.of(
                ITEM,
                name(link, over),
                where(line)
                        + ", for: "
                        + line.audience()
                        + ", "
                        + (over ? "ended " : "until ")
                        + day,
                urls.urls().hub("files/links/end"),
                xsrfField,
                link.id(),
                (over ? "Remove the link to " : "End the link to ") + name,
                over ? "Remove" : "End");
    }

    private Html name(SharingLink link, boolean over) {
        var name = link.path().last().shown();
        return over
                ? Html.of("{}", name)
                : PlaceWords.link(SharedPage.address(urls.urls(), link, FilePath.TOP), name);
    }

    private static String where(Line line) {
        var folder = line.link().path().parent();
        var below = folder.top() ? "" : "/" + PlaceWords.shown(folder);
        return "in " + line.place() + below;
    }

    private Html shared(SharedView view) {
        var name = view.link().path().last().shown();
        return Html.of(
                "<li><div class=\"about\">{}<br><span class=\"quiet small\">from {}, until"
                        + " {}</span></div></li>\n",
                PlaceWords.link(SharedPage.address(urls.urls(), view.link(), FilePath.TOP), name),
                view.owner().name(),
                DAY.format(view.link().expiresAt()));
    }
}
