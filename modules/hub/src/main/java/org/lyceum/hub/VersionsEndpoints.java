package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.files.FilePath;
import org.lyceum.files.FilesModule;
import org.lyceum.files.Place;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;

import java.time.Instant;
import java.util.List;

/** The pages of a folder's files as they were: for looking, fetching and bringing back. */
final class VersionsEndpoints {

    private final CommunityId community;
    private final FilesUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final FilesModule files;
    private final VersionsPage page;

    VersionsEndpoints(
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
        this.page = new VersionsPage(this.urls);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("hub/files/versions", access.files(), this::times),
                Endpoint.get("hub/files/versions/list", access.files(), this::list),
                Endpoint.get("hub/files/versions/get", access.files(), this::get),
                Endpoint.get("hub/files/versions/archive", access.files(), this::archive),
                Endpoint.post("hub/files/versions/restore", access.files(), this::restore));
    }

    private Response times(Request request) {
        var path = path(request, "in");
        var versions = files.versions();
        var place = place(request);
        var body = page.times(place, path, versions.times(place), versions.kept());
        return frame.answer(request, 200, body, HubCaller.of(request));
    }

    private Response list(Request request) {
        var time = time(request.query("time").orElse(""));
        return list(request, time, path(request, "in"), 200, null);
    }

    private Response list(
            Request request, Instant time, FilePath path, int status, @Nullable String trouble) {
        var caller = HubCaller.of(request);
        var after = request.query("after").orElse("");
        var shown = files.files().list(place(request), time, path, after);
        var news = trouble == null ? Html.NOTHING : FilesNews.trouble(trouble);
        var body =
                page.list(
                        new VersionsPage.Then(place(request), time),
                        path,
                        shown,
                        news,
                        frame.xsrfField(request, caller));
        return frame.answer(request, status, body, caller);
    }

    private Response get(Request request) {
        var path = path(request, "at");
        var time = time(request.query("time").orElse(""));
        var download = files.files().download(place(request), time, path);
        return DownloadAnswer.of(request, download, path.last());
    }

    private Response archive(Request request) {
        var path = path(request, "in");
        var time = time(request.query("time").orElse(""));
        var name = path.top() ? FileName.of("files-of-" + time.getEpochSecond()) : path.last();
        var download = files.archives().archive(place(request), time, path, name);
        return DownloadAnswer.of(request, download, FilesEndpoints.tar(name));
    }

    private Response restore(Request request) {
        var form = request.form();
        var time = time(form.first("time").orElse(""));
        var at = FilePath.parse(form.first("at").orElse(""));
        try {
            files.versions().restore(place(request), time, at);
            return Response.redirect(
                    303,
                    urls.page(
                            place(request),
                            "files",
                            "in",
                            at.parent().toString(),
                            "did",
                            "returned",
                            "name",
                            FilePath.written(at.last())));
        } catch (Problem refused) {
            var in = at.top() ? at : at.parent();
            return list(request, time, in, HubFailures.status(refused), refused.detail());
        }
    }

    private static Instant time(String written) {
        if (!written.matches("[0-9]{1,11}")) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "files.time-invalid",
                    "Choose a time from the list of earlier versions.",
                    null);
        }
        return Instant.ofEpochSecond(Long.parseLong(written));
    }

    private static FilePath path(Request request, String parameter) {
        return FilePath.parse(request.query(parameter).orElse(""));
    }

    private Place place(Request request) {
        return FilesEndpoints.place(files, community, request);
    }
}
