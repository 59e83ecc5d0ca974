package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.CommunityService;
import org.lyceum.content.ContentService;
import org.lyceum.content.ContentSource;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/** Which repositories' files people of a community get into their homes. */
final class ContentEndpoints {

    private static final String ALL = "v1/communities/:id/content";
    private static final String ONE = ALL + "/:content";

    private final CommunityService communities;
    private final ContentService content;

    ContentEndpoints(CommunityService communities, ContentService content) {
        this.communities = communities;
        this.content = content;
    }

    /** A repository as the panel shows it; its key's private half is nobody's to see. */
    record ContentLine(
            long id,
            @Meaning("Number of the profile whose servers get it; null for all.")
                    @Nullable Long profile,
            String url,
            @Meaning("Branch, tag or commit; empty for what the host shows first.")
                    String reference,
            @Meaning("Below the home.") String folder,
            @Meaning("To be entered at the repository's host as a deploy key that only reads.")
                    @Nullable String publicKey) {

        static ContentLine of(ContentSource source) {
            return new ContentLine(
                    source.id(),
                    source.profile(),
                    source.address().url(),
                    source.reference(),
                    source.folder().path(),
                    source.publicKey());
        }
    }

    record ContentList(@Meaning("In the order they were attached.") List<ContentLine> items) {}

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                get(ALL, managers, this::list).as(ContentOperations.LIST),
                post(ALL, managers, this::add).as(ContentOperations.ADD),
                put(ONE, managers, this::change).as(ContentOperations.CHANGE),
                delete(ONE, managers, this::remove).as(ContentOperations.REMOVE));
    }

    private Response list(Request request) {
        var all = content.of(community(request)).stream().map(ContentLine::of).toList();
        return Response.json(200, new ContentList(all));
    }

    private Response add(Request request) {
        return Response.json(201, ContentLine.of(decide(request, 0)));
    }

    private Response change(Request request) {
        return Response.json(200, ContentLine.of(decide(request, number(request))));
    }

    private ContentSource decide(Request request, long id) {
        var community = community(request);
        var body = AdminBody.of(request, "profile", "url", "reference", "folder", "deployKey");
        return content.put(
                AdminCaller.of(request).actor(),
                community,
                id,
                new ContentService.Draft(
                        body.size("profile").orElse(null),
                        body.required("url"),
                        body.text("reference").orElse(""),
                        body.text("folder").orElse(""),
                        body.flag("deployKey").orElse(false)));
    }

    private Response remove(Request request) {
        content.remove(AdminCaller.of(request).actor(), community(request), number(request));
        return Response.noContent();
    }

    private static long number(Request request) {
        return MemberEndpoints.number(
                request.param("content"),
                () -> Problem.notFound("content.unknown", "There is no such repository here."));
    }

    private CommunityId community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }
}
