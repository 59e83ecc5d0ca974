package org.lyceum.hub;

import org.lyceum.files.FilesModule;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/** The page that says where the room in a folder goes, for who may change it. */
final class LargestEndpoints {

    private final CommunityId community;
    private final HubAccess access;
    private final PageFrame frame;
    private final FilesModule files;
    private final LargestPage page;
    private final FilesUrls urls;

    LargestEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            FilesModule files) {
        this.community = community;
        this.urls = new FilesUrls(urls);
        this.access = access;
        this.frame = frame;
        this.files = files;
        this.page = new LargestPage(this.urls);
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("hub/files/largest", access.files(), this::show));
    }

    private Response show(Request request) {
        var caller = HubCaller.of(request);
        var field = frame.xsrfField(request, caller);
        var place = FilesEndpoints.place(files, community, request);
        var found = files.largest().of(place);
        var news = FilesNews.of(urls, place, request, field);
        return frame.answer(request, 200, page.of(place, found, news, field), caller);
    }
}
