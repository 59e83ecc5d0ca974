package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.files.FilePath;
import org.lyceum.files.FilesModule;
import org.lyceum.files.Place;
import org.lyceum.files.TrashService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;

import java.util.List;

/** The page of what somebody has deleted, here or in their server. */
final class TrashEndpoints {

    private final CommunityId community;
    private final FilesUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final FilesModule files;
    private final TrashService trash;
    private final TrashPage page;

    TrashEndpoints(
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
        this.trash = files.trash();
        this.page = new TrashPage(this.urls);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/files/trash", access.files(), this::list),
                Endpoint.post("hub/files/trash/restore", access.files(), this::restore),
                Endpoint.post("hub/files/trash/purge", access.files(), this::purge),
                Endpoint.post("hub/files/trash/empty", access.files(), this::empty));
    }

    private Response list(Request request) {
        return list(request, 200, null);
    }

    private Response list(Request request, int status, @Nullable String trouble) {
        var caller = HubCaller.of(request);
        var field = frame.xsrfField(request, caller);
        var after = request.query("after").filter(a -> !a.isEmpty()).map(FilePath::name);
        var place = place(request);
        var items = trash.list(place, after.orElse(null));
        var news =
                trouble == null
                        ? FilesNews.of(urls, place, request, field)
                        : FilesNews.trouble(trouble);
        return frame.answer(request, status, page.of(place, items, news, field), caller);
    }

    /** Back to the folder where it lay. */
    private Response restore(Request request) {
        try {
            var at = trash.restore(place(request), item(request));
            return Response.redirect(
                    303,
                    urls.page(
                            place(request),
                            "files",
                            "in",
                            at.parent().toString(),
                            "did",
                            "restored",
                            "name",
                            FilePath.written(at.last())));
        } catch (Problem refused) {
            return list(request, HubFailures.status(refused), refused.detail());
        }
    }

    private Response purge(Request request) {
        var item = item(request);
        return change(request, "gone", item, () -> trash.purge(place(request), item));
    }

    private Response empty(Request request) {
        var all = FileName.of("all");
        return change(request, "emptied", all, () -> trash.empty(place(request)));
    }

    private Response change(Request request, String did, FileName name, Runnable change) {
        try {
            change.run();
            return Response.redirect(
                    303,
                    urls.page(
                            place(request),
                            "files/trash",
                            "did",
                            did,
                            "name",
                            FilePath.written(name)));
        } catch (Problem refused) {
            return list(request, HubFailures.status(refused), refused.detail());
        }
    }

    private static FileName item(Request request) {
        return FilePath.name(request.form().first("item").orElse(""));
    }

    private Place place(Request request) {
        return FilesEndpoints.place(files, community, request);
    }
}
