package org.lyceum.hub;

import org.lyceum.files.FilesModule;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.servers.Rescue;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;
import org.lyceum.storage.FolderKey;

import java.util.List;
import java.util.Map;

/** The ways out for somebody whose server does not start: a rescue, and settings put aside. */
final class RescueEndpoints {

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final ServerQueries servers;
    private final Starts starts;
    private final FilesModule files;

    RescueEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            ServerQueries servers,
            Starts starts,
            FilesModule files) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.servers = servers;
        this.starts = starts;
        this.files = files;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/rescue", access.page(), this::page),
                Endpoint.post("hub/rescue/start", access.page(), this::start),
                Endpoint.post("hub/rescue/aside", access.page(), this::putAside),
                Endpoint.post("hub/rescue/back", access.page(), this::takeBack));
    }

    private Response page(Request request) {
        var caller = HubCaller.of(request);
        var said = request.query("moved").orElse("");
        var page = RescuePage.of(urls, frame.xsrfField(request, caller), said);
        return frame.answer(request, 200, page, caller);
    }

    private Response start(Request request) {
        var caller = HubCaller.of(request);
        var user = caller.user();
        var key = new ServerKey(community, user.id(), "");
        var last = servers.find(key);
        if (last.filter(Server::active).isEmpty()) {
            var options = last.map(Server::userOptions).orElse(Map.of());
            starts.startInTurn(caller.actor(), key, Rescue.of(options));
        }
        return Response.redirect(303, urls.spawnPending(user.name(), ""));
    }

    private Response putAside(Request request) {
        return moved(files.settings().putAside(home(request)), "aside");
    }

    private Response takeBack(Request request) {
        return moved(files.settings().takeBack(home(request)), "back");
    }

    private Response moved(int count, String where) {
        return Response.redirect(303, urls.hub("rescue?moved=") + (count == 0 ? "none" : where));
    }

    private FolderKey home(Request request) {
        return FolderKey.home(community, HubCaller.of(request).user().id());
    }
}
