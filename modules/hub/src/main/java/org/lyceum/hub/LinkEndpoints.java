package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.files.FilePath;
import org.lyceum.files.FilesModule;
import org.lyceum.files.LinkAudience;
import org.lyceum.files.Place;
import org.lyceum.files.SharingLink;
import org.lyceum.files.SharingLinkService;
import org.lyceum.identity.GroupService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Fields;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where people share what they have by links: making one, seeing them all, ending one. */
final class LinkEndpoints {

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final FilesModule files;
    private final SharingLinkService links;
    private final GroupService groups;
    private final LinkPage page;

    LinkEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            FilesModule files,
            GroupService groups,
            Clock clock) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.files = files;
        this.links = files.links();
        this.groups = groups;
        this.page = new LinkPage(new FilesUrls(urls), clock);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/files/share", access.files(), this::ask),
                Endpoint.post("hub/files/share", access.files(), this::make),
                Endpoint.get("hub/files/links", access.files(), this::list),
                Endpoint.post("hub/files/links/end", access.files(), this::end));
    }

    private Response ask(Request request) {
        return ask(request, path(request), LinkPage.Asked.NOTHING, 200, null);
    }

    private Response ask(
            Request request,
            FilePath path,
            LinkPage.Asked asked,
            int status,
            @Nullable String trouble) {
        var caller = HubCaller.of(request);
        var mine = List.copyOf(groups.groupsOf(caller.user().id(), community));
        var news = trouble == null ? Html.NOTHING : FilesNews.trouble(trouble);
        var body =
                page.ask(place(request), path, mine, asked, news, frame.xsrfField(request, caller));
        return frame.answer(request, status, body, caller);
    }

    private Response make(Request request) {
        var user = HubCaller.of(request).user();
        var path = path(request);
        var form = request.form();
        try {
            var place = place(request);
            var made =
                    links.make(community, user, place, path, audience(request, form), days(form));
            // Shown in this answer and never again, so there is no redirect in between.
            return made(request, place, made);
        } catch (Problem refused) {
            return ask(request, path, asked(form), HubFailures.status(refused), refused.detail());
        }
    }

    private Response made(Request request, Place place, SharingLink.Made made) {
        var address =
                request.scheme()
                        + "://"
                        + request.host()
                        + urls.hub("files/link?key=")
                        + made.key().reveal();
        var link = made.link();
        var name = links.name(community, link.audience());
        var body = page.made(place, link, LinkPage.audience(link, name), address);
        return frame.answer(request, 201, body, HubCaller.of(request));
    }

    private LinkAudience audience(Request request, Fields form) {
        return switch (form.first("for").orElse("")) {
            case "everybody" -> new LinkAudience.Everybody();
            case "group" ->
                    links.group(
                            community,
                            HubCaller.of(request).user(),
                            form.first("group").orElse("").strip());
            case "member" -> links.member(community, member(form));
            default ->
                    throw Problem.invalid(
                            "files.link-audience", "Choose for whom the link is, then try again.");
        };
    }

    private static String member(Fields form) {
        return form.first("member")
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "files.link-audience",
                                        "Write the user name of the member the link is for."));
    }

    private static LinkPage.Asked asked(Fields form) {
        return new LinkPage.Asked(
                form.first("for").orElse(""),
                form.first("group").orElse(""),
                form.first("member").orElse(""),
                form.first("days").orElse(""));
    }

    private static int days(Fields form) {
        var written = form.first("days").orElse("").strip();
        return written.matches("[0-9]{1,6}") ? Integer.parseInt(written) : 0;
    }

    private Response list(Request request) {
        var caller = HubCaller.of(request);
        var user = caller.user();
        var news =
                request.query("did").filter("ended"::equals).isPresent()
                        ? FilesNews.good("The link has ended. Nobody can open it any more.")
                        : Html.NOTHING;
        Map<String, String> titles =
                files.places().of(community, user).stream()
                        .collect(Collectors.toMap(Place::id, PlaceWords::name));
        var mine = links.madeBy(community, user).stream().map(link -> line(link, titles)).toList();
        var body =
                page.list(
                        mine,
                        links.openedBy(community, user),
                        news,
                        frame.xsrfField(request, caller));
        return frame.answer(request, 200, body, caller);
    }

    /** A folder that was lost is named by its number, as in addresses. */
    private LinkPage.Line line(SharingLink link, Map<String, String> titles) {
        var audience = LinkPage.audience(link, links.name(community, link.audience()));
        return new LinkPage.Line(link, audience, titles.getOrDefault(link.place(), link.place()));
    }

    /** Ending one that is over, or ended already in another window, is as good. */
    private Response end(Request request) {
        var written = request.form().first("link").orElse("");
        try {
            links.end(
                    community, HubCaller.of(request).user(), SharedFilesEndpoints.number(written));
        } catch (Problem gone) {
            if (gone.kind() != Problem.Kind.NOT_FOUND) {
                throw gone;
            }
        }
        return Response.redirect(303, urls.hub("files/links?did=ended"));
    }

    private static FilePath path(Request request) {
        return FilePath.parse(request.query("at").orElse(""));
    }

    private Place place(Request request) {
        return FilesEndpoints.place(files, community, request);
    }
}
