package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.files.FilePath;
import org.lyceum.files.TrashService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;
import org.lyceum.storage.FolderKey;

import java.util.List;

/** The page of what somebody has deleted, here or in their server. */
final class TrashEndpoints {

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final TrashService trash;
    private final TrashPage page;

    TrashEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            TrashService trash) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.trash = trash;
        this.page = new TrashPage(urls);
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
        var items = trash.list(home(request), after.orElse(null));
        var news =
                trouble == null ? FilesNews.of(urls, request, field) : FilesNews.trouble(trouble);
        return frame.answer(request, status, page.of(items, news, field), caller);
    }

    /** Back to the folder where it lay. */
    private Response restore(Request request) {
        try {
            var at = trash.restore(home(request), item(request));
            return Response.redirect(
                    303,
                    urls.hub("files?in=")
                            + Names.queryValue(at.parent().toString())
                            + "&did=restored&name="
                            + Names.queryValue(FilePath.written(at.last())));
        } catch (Problem refused) {
            return list(request, HubFailures.status(refused), refused.detail());
        }
    }

    private Response purge(Request request) {
        var item = item(request);
        return change(request, "gone", item, () -> trash.purge(home(request), item));
    }

    private Response empty(Request request) {
        var all = FileName.of("all");
        return change(request, "emptied", all, () -> trash.empty(home(request)));
    }

    private Response change(Request request, String did, FileName name, Runnable change) {
        try {
            change.run();
            return Response.redirect(
                    303,
                    urls.hub("files/trash?did=")
                            + did
                            + "&name="
                            + Names.queryValue(FilePath.written(name)));
        } catch (Problem refused) {
            return list(request, HubFailures.status(refused), refused.detail());
        }
    }

    private static FileName item(Request request) {
        return FilePath.name(request.form().first("item").orElse(""));
    }

    private FolderKey home(Request request) {
        return FolderKey.home(community, HubCaller.of(request).user().id());
    }
}
