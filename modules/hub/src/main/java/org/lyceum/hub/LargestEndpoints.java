package org.lyceum.hub;

import org.lyceum.files.LargestService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.storage.FolderKey;

import java.util.List;

/** The page that says where the room in somebody's own home goes. */
final class LargestEndpoints {

    private final CommunityId community;
    private final HubAccess access;
    private final PageFrame frame;
    private final LargestService largest;
    private final LargestPage page;
    private final HubUrls urls;

    LargestEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            LargestService largest) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.largest = largest;
        this.page = new LargestPage(urls);
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("hub/files/largest", access.files(), this::show));
    }

    private Response show(Request request) {
        var caller = HubCaller.of(request);
        var field = frame.xsrfField(request, caller);
        var found = largest.of(FolderKey.home(community, caller.user().id()));
        var news = FilesNews.of(urls, request, field);
        return frame.answer(request, 200, page.of(found, news, field), caller);
    }
}
