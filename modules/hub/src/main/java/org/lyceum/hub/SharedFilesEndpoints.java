package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.FilesModule;
import org.lyceum.files.SharedView;
import org.lyceum.files.SharingLinkService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;

/**
 * What others share by link, from the reader's side: to look at and to fetch. The link's key is in
 * the one address that was given away; from there on its number is enough for who came with it.
 */
final class SharedFilesEndpoints {

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final FilesModule files;
    private final SharingLinkService links;
    private final SharedPage page;

    SharedFilesEndpoints(
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
        this.links = files.links();
        this.page = new SharedPage(urls);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/files/link", access.files(), this::open),
                Endpoint.get("hub/files/shared", access.files(), this::show),
                Endpoint.get("hub/files/shared/get", access.files(), this::get),
                Endpoint.get("hub/files/shared/archive", access.files(), this::archive));
    }

    private Response open(Request request) {
        var key = Secret.presented(request.query("key").orElse(""));
        var view = links.open(community, HubCaller.of(request).user(), key);
        return Response.redirect(302, SharedPage.address(urls, view.link(), FilePath.TOP));
    }

    private Response show(Request request) {
        var caller = HubCaller.of(request);
        var view = view(request);
        var field = frame.xsrfField(request, caller);
        var below = path(request, "in");
        if (!view.folder()) {
            return frame.answer(request, 200, page.file(view, field), caller);
        }
        var after = request.query("after").orElse("");
        var shown = files.files().list(view.place(), view.at(below), after);
        return frame.answer(request, 200, page.folder(view, below, shown, field), caller);
    }

    private Response get(Request request) {
        var view = view(request);
        var path = view.at(path(request, "at"));
        var download = files.files().download(view.place(), path);
        return DownloadAnswer.of(request, download, path.last());
    }

    private Response archive(Request request) {
        var view = view(request);
        var path = view.at(path(request, "in"));
        var download = files.archives().archive(view.place(), path, path.last());
        return DownloadAnswer.of(request, download, FilesEndpoints.tar(path.last()));
    }

    private SharedView view(Request request) {
        var number = number(request.query("link").orElse(""));
        return links.view(community, HubCaller.of(request).user(), number);
    }

    /**
     * @throws Problem INVALID {@code files.link-number}
     */
    static long number(String written) {
        if (!written.matches("[0-9]{1,18}")) {
            throw Problem.invalid(
                    "files.link-number", "This address is not whole. Open the link again.");
        }
        return Long.parseLong(written);
    }

    private static FilePath path(Request request, String parameter) {
        return FilePath.parse(request.query(parameter).orElse(""));
    }
}
