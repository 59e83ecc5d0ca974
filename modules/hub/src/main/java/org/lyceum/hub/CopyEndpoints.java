package org.lyceum.hub;

import org.lyceum.files.CopyService;
import org.lyceum.files.FilePath;
import org.lyceum.files.FilesModule;
import org.lyceum.files.Place;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/** Copies what somebody can read, in a folder of theirs or by a link, into their home. */
final class CopyEndpoints {

    private static final String REFUSED =
            """
            <section class="card">
            <h1>Nothing was copied</h1>
            <div class="message bad" role="alert"><p>{}</p></div>
            <div class="actions">
            <a class="button" href="{}">Back</a>
            <a class="button" href="{}">Your files</a></div></section>
            """;

    private static final String FORM =
            """
            <form method="post" action="{}">{}
            <button class="button" type="submit" aria-label="Copy to my home: {}">Copy to my
            home</button></form>
            """;

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final FilesModule files;

    CopyEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            FilesModule files) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.files = files;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("hub/files/copy", access.files(), this::fromPlace),
                Endpoint.post("hub/files/shared/copy", access.files(), this::fromLink));
    }

    static Html form(String address, String name, Html xsrfField) {
        return Html.of(FORM, address, xsrfField, name);
    }

    private Response fromPlace(Request request) {
        var place = FilesEndpoints.place(files, community, request);
        var at = path(request);
        var back = new FilesUrls(urls).folder(place, at.top() ? at : at.parent());
        return copy(request, place, at, back);
    }

    private Response fromLink(Request request) {
        var number = SharedFilesEndpoints.number(request.query("link").orElse(""));
        var view = files.links().view(community, HubCaller.of(request).user(), number);
        var back = SharedPage.address(urls, view.link(), FilePath.TOP);
        return copy(request, view.place(), view.at(path(request)), back);
    }

    private Response copy(Request request, Place from, FilePath at, String back) {
        var caller = HubCaller.of(request);
        var home = Place.home(community, caller.user().id());
        try {
            return done(home, files.copies().copy(from, at, home));
        } catch (Problem refused) {
            var body = Html.of(REFUSED, refused.detail(), back, urls.hub("files"));
            var page = Page.of("Nothing was copied", "files", body);
            return frame.answer(request, HubFailures.status(refused), page, caller);
        }
    }

    private Response done(Place home, CopyService.Copied copied) {
        var did = copied.leftOut() == 0 ? "copied" : "copied-in-part";
        var name = FilePath.written(copied.name());
        var address = new FilesUrls(urls).page(home, "files", "in", "", "did", did, "name", name);
        return Response.redirect(303, address);
    }

    private static FilePath path(Request request) {
        return FilePath.parse(request.query("at").orElse(""));
    }
}
