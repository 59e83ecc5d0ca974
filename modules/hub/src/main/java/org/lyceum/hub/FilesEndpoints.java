package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.files.FilePath;
import org.lyceum.files.FilesModule;
import org.lyceum.files.Place;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;

import java.io.InputStream;
import java.util.List;

/**
 * The pages of the folders that somebody has; no server need run. Which these are is decided where
 * a server's mounts are. A home is its owner's alone: there is no way here for administrators.
 */
final class FilesEndpoints {

    private final CommunityId community;
    private final FilesUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final FilesModule files;
    private final FilesPage page;

    FilesEndpoints(
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
        this.page = new FilesPage(this.urls);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/files", access.files(), this::list),
                Endpoint.get("hub/files/get", access.files(), this::get),
                Endpoint.get("hub/files/archive", access.files(), this::archive),
                Endpoint.upload("hub/files/put", access.files(), this::put),
                Endpoint.post("hub/files/folder", access.files(), this::makeFolder),
                Endpoint.post("hub/files/rename", access.files(), this::rename),
                Endpoint.post("hub/files/delete", access.files(), this::delete));
    }

    private Response list(Request request) {
        return list(request, path(request.query("in").orElse("")), 200, null);
    }

    private Response list(Request request, FilePath path, int status, @Nullable String trouble) {
        var caller = HubCaller.of(request);
        var place = place(request);
        var field = frame.xsrfField(request, caller);
        var shown = files.files().list(place, path, request.query("after").orElse(""));
        var news =
                trouble == null
                        ? FilesNews.of(urls, place, request, field)
                        : FilesNews.trouble(trouble);
        var body =
                page.of(
                        new FilesPage.View(
                                place,
                                files.places().of(community, caller.user()),
                                path,
                                shown,
                                news,
                                field,
                                frame.xsrfToken(request, caller)));
        return frame.answer(request, status, body, caller);
    }

    private Response get(Request request) {
        var path = path(request.query("at").orElse(""));
        var download = files.files().download(place(request), path);
        return DownloadAnswer.of(request, download, path.last());
    }

    private Response archive(Request request) {
        var path = path(request.query("in").orElse(""));
        var place = place(request);
        var user = HubCaller.of(request).user().name();
        var name = path.top() ? PlaceWords.archive(place, user) : path.last();
        var download = files.archives().archive(place, path, name);
        return DownloadAnswer.of(request, download, tar(name));
    }

    /** What an archive of this is called. */
    static FileName tar(FileName name) {
        var written = FilePath.written(name).replace("/", "_");
        return FileName.of(written.substring(0, Math.min(written.length(), 60)) + ".tar");
    }

    /** Asked by the page's script, which reads the answer. */
    private Response put(Request request, InputStream body) {
        try {
            var folder = path(request.query("in").orElse(""));
            var name = FilePath.typed(request.query("name").orElse(""));
            long declared = request.header("content-length").map(Long::parseLong).orElse(0L);
            boolean replace = request.query("replace").isPresent();
            files.files().upload(place(request), folder.child(name), body, declared, replace);
            return Response.json(201, Json.object().put("name", name.shown()));
        } catch (Problem refused) {
            return HubFailures.json(HubFailures.status(refused), refused.detail(), refused.code());
        }
    }

    private Response makeFolder(Request request) {
        var form = request.form();
        var in = path(form.first("in").orElse(""));
        return change(
                request,
                in,
                "made",
                () -> {
                    var name = FilePath.typed(form.first("name").orElse("").strip());
                    files.files().makeFolder(place(request), in.child(name));
                    return FilePath.written(name);
                });
    }

    private Response rename(Request request) {
        var form = request.form();
        var at = path(form.first("at").orElse(""));
        var in = at.top() ? at : at.parent();
        return change(
                request,
                in,
                "renamed",
                () -> {
                    var name = FilePath.typed(form.first("name").orElse(""));
                    files.files().rename(place(request), at, in.child(name));
                    return FilePath.written(name);
                });
    }

    private Response delete(Request request) {
        var form = request.form();
        var at = path(form.first("at").orElse(""));
        boolean forGood = form.first("for-good").isPresent();
        return change(
                request,
                at.top() ? at : at.parent(),
                forGood ? "gone" : "trashed",
                () -> {
                    if (forGood) {
                        files.trash().remove(place(request), at);
                        return FilePath.written(at.last());
                    }
                    return FilePath.written(files.trash().put(place(request), at));
                });
    }

    private interface Change {
        /** The name it is about, as it is written in an address. */
        String make();
    }

    /** Back to the folder, which says what was done; or at once, with what was in the way. */
    private Response change(Request request, FilePath in, String done, Change change) {
        try {
            var name = change.make();
            return Response.redirect(
                    303,
                    urls.page(
                            place(request),
                            "files",
                            "in",
                            in.toString(),
                            "did",
                            done,
                            "name",
                            name));
        } catch (Problem refused) {
            return list(request, in, HubFailures.status(refused), refused.detail());
        }
    }

    private static FilePath path(String written) {
        return FilePath.parse(written);
    }

    private Place place(Request request) {
        return place(files, community, request);
    }

    /** Which folder a request is about: the home, unless it says another that the caller has. */
    static Place place(FilesModule files, CommunityId community, Request request) {
        var id = request.query("place").orElse("home");
        return files.places().require(community, HubCaller.of(request).user(), id);
    }
}
