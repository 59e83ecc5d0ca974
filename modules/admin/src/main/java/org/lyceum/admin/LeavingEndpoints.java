package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.delete;
import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.lyceum.community.CommunityModule;
import org.lyceum.files.KeptService;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Attachment;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.jobs.JobDriver;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.Leaving;
import org.lyceum.storage.LeavingService;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Files of people, groups and communities that have gone: until when, and back. */
final class LeavingEndpoints {

    private static final String ALL = "v1/communities/:id/leaving";
    private static final String ONE = "v1/communities/:id/leaving/:folder";
    private static final String ARCHIVE = ONE + "/archive";
    private static final String JOB = "storage.retire-folders";
    private static final int PAGE = 100;

    private final CommunityModule communities;
    private final IdentityModule identity;
    private final LeavingService leaving;
    private final KeptService kept;
    private final JobDriver jobs;
    private final Clock clock;

    LeavingEndpoints(
            CommunityModule communities,
            IdentityModule identity,
            LeavingService leaving,
            KeptService kept,
            JobDriver jobs,
            Clock clock) {
        this.communities = communities;
        this.identity = identity;
        this.leaving = leaving;
        this.kept = kept;
        this.jobs = jobs;
        this.clock = clock;
    }

    List<Endpoint> endpoints(Access managers) {
        return List.of(
                get(ALL, managers, this::list).as(LeavingOperations.LIST),
                post(ONE + "/back", managers, this::bringBack).as(LeavingOperations.BRING_BACK),
                post(ARCHIVE, managers, this::ask).as(LeavingOperations.ASK),
                get(ARCHIVE, managers, this::fetch).as(LeavingOperations.FETCH),
                put(ONE, managers, this::keep).as(LeavingOperations.KEEP),
                delete(ONE, managers, this::remove).as(LeavingOperations.REMOVE));
    }

    private Response list(Request request) {
        int offset = request.query("offset").map(MemberEndpoints::offset).orElse(0);
        var items = leaving.of(community(request), offset, PAGE);
        return Response.json(
                200,
                new StorageJson.LeavingPage(
                        leaving.age().toDays(),
                        items.stream().map(StorageJson.LeavingLine::of).toList(),
                        items.size() == PAGE ? offset + PAGE : null));
    }

    /** Lets the owner in again; the folder follows. */
    private Response bringBack(Request request) {
        var other = AdminBody.of(request, "name").text("name");
        var gone = leaving(request);
        var key = gone.folder().key();
        var name = other.orElse(gone.ownerName());
        var actor = actor(request);
        switch (gone.reason()) {
            case MEMBER_LEFT ->
                    communities.members().join(actor, key.community(), new UserId(key.owner()));
            case USER_DELETED -> {
                var user = identity.users().restore(actor, new UserId(key.owner()), name);
                communities.members().join(actor, key.community(), user.id());
            }
            case GROUP_DELETED ->
                    identity.groups().restore(actor, key.community(), key.owner(), name);
            case COMMUNITY_DELETED ->
                    throw Problem.conflict(
                            "folder.community-deleted",
                            "The whole community is deleted; restore it, and all its files are"
                                    + " back.");
        }
        jobs.nudge(JOB);
        return Response.json(200, Map.of());
    }

    /** Says why, before the files are fetched: a browser fetches by an address alone. */
    private Response ask(Request request) {
        var administrator = administrator(request);
        var reason =
                AdminBody.of(request, "reason")
                        .text("reason")
                        .orElseThrow(() -> AdminBody.missing("reason"));
        kept.ask(administrator, leaving(request), reason);
        return Response.json(200, Map.of());
    }

    private Response fetch(Request request) {
        var administrator = administrator(request);
        var gone = leaving(request);
        var archive = kept.archive(administrator, gone);
        try {
            return new Attachment(
                            KeptService.name(gone) + ".tar",
                            archive.tag(),
                            archive.modified(),
                            archive.length(),
                            archive::from,
                            archive::close)
                    .answer(request);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "files.unreachable",
                    "The files cannot be reached just now. Try again in a minute.",
                    e);
        }
    }

    private static User administrator(Request request) {
        var caller = AdminCaller.of(request);
        caller.requirePlatform("fetch files of somebody who has left");
        return caller.user();
    }

    private Response keep(Request request) {
        int days =
                AdminBody.of(request, "days")
                        .whole("days")
                        .orElseThrow(() -> AdminBody.missing("days"));
        if (days < 1) {
            throw Problem.invalid("folder.kept-too-short", "Keep it for a day at least.");
        }
        var until = clock.instant().plus(Duration.ofDays(days));
        var before = leaving(request);
        if (until.isBefore(before.until()) && !AdminCaller.of(request).user().admin()) {
            throw Problem.forbidden(
                    "folder.kept-longer-only",
                    "Managers can have files kept longer. An administrator of the platform can have"
                            + " them removed earlier.");
        }
        leaving.keepUntil(actor(request), before, until);
        return Response.json(200, Map.of());
    }

    private Response remove(Request request) {
        AdminCaller.of(request).requirePlatform("have kept files removed earlier");
        leaving.keepUntil(actor(request), leaving(request), clock.instant());
        jobs.nudge(JOB);
        return Response.noContent();
    }

    private Leaving leaving(Request request) {
        var number =
                MemberEndpoints.number(
                        request.param("folder"),
                        () ->
                                Problem.notFound(
                                        "folder.unknown",
                                        "There is no such folder; look at the list again."));
        return leaving.require(community(request), number);
    }

    private CommunityId community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.communities().find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }

    private static Actor actor(Request request) {
        return AdminCaller.of(request).actor();
    }
}
