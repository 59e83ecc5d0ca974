package org.lyceum.hub;

import org.lyceum.content.Pull;
import org.lyceum.content.PullLink;
import org.lyceum.content.PullService;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Links of nbgitpuller's form, for every image: what a teacher's link names is brought into the
 * home of whoever follows it, and then the server is opened where the link says.
 *
 * <p>A link may be anybody's. What managers have attached is brought at once; for anything else its
 * reader presses a button first, and a page that somebody was lured to changes nothing.
 */
final class PullEndpoints {

    /** What follows a server's address in such a link. */
    static final String NAME = "git-pull";

    private static final String PAGE = "hub/" + NAME;
    private static final int REFRESH_SECONDS = 2;

    private static final String ASK =
            """
            <section class="card">
            <h1>Bring files into your home?</h1>
            <dl><dt>From</dt><dd><code>{}</code>{}</dd><dt>To the folder</dt><dd><code>{}</code></dd></dl>
            <p>What you have changed in that folder stays as it is.</p>
            {}<form method="post" action="{}"{}>{}
            <div class="actions"><button class="button primary big" type="submit">Bring the files</button>
            <a class="button" href="{}">Go to the home page</a></div></form>
            </section>
            """;

    private static final String STRANGE =
            """
            <p class="message">Nobody who manages this community has chosen these files. Programs in
            them can do what you can do: bring them only if you trust who gave you the link.</p>
            """;

    private static final String UNDER_WAY =
            """
            <section class="card">
            <h1>Bringing your files</h1>
            <p role="status">{}</p>
            <progress aria-label="Files on their way"></progress>
            <p class="quiet">They go to the folder <strong>{}</strong>. This page goes on by itself.</p>
            </section>
            """;

    private static final String FAILED =
            """
            <section class="card">
            <h1>The files have not come</h1>
            <div class="message bad" role="alert"><p>{}</p></div>
            <form method="post" action="{}">{}
            <div class="actions"><button class="button primary" type="submit">Try again</button>
            <a class="button" href="{}">Go on without them</a>
            <a class="button" href="{}">Go to the home page</a></div></form>
            </section>
            """;

    private final CommunityId community;
    private final HubUrls urls;
    private final HubAccess access;
    private final PageFrame frame;
    private final PullService pulls;

    PullEndpoints(
            CommunityId community,
            HubUrls urls,
            HubAccess access,
            PageFrame frame,
            PullService pulls) {
        this.community = community;
        this.urls = urls;
        this.access = access;
        this.frame = frame;
        this.pulls = pulls;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(PAGE, access.page(), this::show),
                Endpoint.post(PAGE, access.page(), this::begin),
                Endpoint.get(PAGE + "/:pull", access.page(), this::follow));
    }

    /**
     * Whether the platform itself can bring what the request names; else the image may know how.
     */
    static boolean serves(Request request) {
        try {
            return PullLink.of(name -> request.query(name).orElse(null)) != null;
        } catch (Problem notOurs) {
            return notOurs.code().startsWith("content.folder");
        }
    }

    /**
     * Whether the hub answers this, although the server runs: what has been to the hub already is
     * the server's.
     *
     * @param rest what follows the server's address
     */
    static boolean wants(String rest, String query) {
        return rest.equals(NAME)
                && query.contains("repo=")
                && !query.contains("repo=file")
                && !query.contains("redirects=");
    }

    /** Where such a link leads, with all it carries. */
    static String address(HubUrls urls, Request request) {
        var query = request.rawQuery();
        return urls.hub(NAME) + (query == null ? "" : "?" + query);
    }

    private Response show(Request request) {
        var caller = HubCaller.of(request);
        var link = link(request);
        boolean trusted = pulls.trusted(community, caller.user(), link);
        var branch = link.branch().isEmpty() ? "" : ", " + link.branch();
        var body =
                Html.of(
                        ASK,
                        link.address().url(),
                        branch,
                        link.folder(),
                        trusted ? Html.NOTHING : new Html(STRANGE),
                        address(urls, request),
                        trusted ? new Html(" data-at-once") : Html.NOTHING,
                        frame.xsrfField(request, caller),
                        urls.home());
        return frame.answer(request, 200, Page.of("Bring files", "files", body), caller);
    }

    private Response begin(Request request) {
        var caller = HubCaller.of(request);
        var pull = pulls.ask(caller.actor(), community, caller.user(), link(request));
        return Response.redirect(303, urls.hub(NAME + "/") + pull.id());
    }

    private Response follow(Request request) {
        var caller = HubCaller.of(request);
        var pull =
                pulls.find(community, caller.user().id(), request.param("pull"))
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "content.pull-unknown",
                                                "This is over, or was not yours; follow the link"
                                                        + " again."));
        return switch (pull.phase()) {
            case DONE -> Response.redirect(302, onward(caller, pull));
            case FAILED -> frame.answer(request, 200, failed(request, caller, pull), caller);
            case WAITING, FETCHING, MERGING ->
                    frame.answer(
                            request,
                            200,
                            Page.of(
                                            "Bringing your files",
                                            "files",
                                            Html.of(
                                                    UNDER_WAY,
                                                    pull.sentence(),
                                                    pull.link().folder()))
                                    .refreshing(REFRESH_SECONDS),
                            caller);
        };
    }

    private Page failed(Request request, HubCaller caller, Pull pull) {
        var body =
                Html.of(
                        FAILED,
                        pull.sentence(),
                        again(pull.link()),
                        frame.xsrfField(request, caller),
                        onward(caller, pull),
                        urls.home());
        return Page.of("The files have not come", "files", body);
    }

    private String again(PullLink link) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("repo", link.address().url());
        parameters.put("branch", link.branch());
        parameters.put("targetpath", link.folder().path());
        parameters.put("depth", Integer.toString(link.depth()));
        parameters.put("urlpath", link.opens());
        return urls.hub(NAME)
                + parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + Names.queryValue(each.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** The server, started if it does not run, at the place that the link names. */
    private String onward(HubCaller caller, Pull pull) {
        var user = caller.user().name();
        return urls.spawnThen(user, "", urls.serverPath(user, "") + pull.link().opens());
    }

    private static PullLink link(Request request) {
        return PullLink.of(name -> request.query(name).orElse(null));
    }
}
