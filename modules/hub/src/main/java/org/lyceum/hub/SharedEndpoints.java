package org.lyceum.hub;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.hub.ShareTargets.Recipient;
import org.lyceum.identity.GroupService;
import org.lyceum.identity.Share;
import org.lyceum.identity.ShareRecipient;
import org.lyceum.identity.ShareService;
import org.lyceum.identity.SharedServer;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.List;

/** What is shared with a user or a group, from their side: to see, and to give up. */
final class SharedEndpoints {

    private final CommunityId community;
    private final HubAccess access;
    private final HubMembers members;
    private final GroupService groups;
    private final ShareTargets targets;
    private final ShareModels models;
    private final ShareService shares;

    /** A share, and what it is looked for by. */
    private record Found(SharedServer server, ShareRecipient with, Share share) {}

    SharedEndpoints(
            CommunityId community,
            HubAccess access,
            HubMembers members,
            GroupService groups,
            ShareTargets targets,
            ShareModels models,
            ShareService shares) {
        this.community = community;
        this.access = access;
        this.members = members;
        this.groups = groups;
        this.targets = targets;
        this.models = models;
        this.shares = shares;
    }

    List<Endpoint> endpoints() {
        var ofUser = "hub/api/users/:user/shared";
        var ofGroup = "hub/api/groups/:group/shared";
        var one = "/:owner/:server?";
        var readUsers = access.api(Aim.USER, "read:users:shares");
        var readGroups = access.api(Aim.GROUP, "read:groups:shares");
        return List.of(
                Endpoint.get(ofUser, readUsers, this::withUser).as(ShareOperations.WITH_USER),
                Endpoint.get(ofUser + one, readUsers, this::one).as(ShareOperations.ONE),
                Endpoint.delete(ofUser + one, access.api(Aim.USER, "users:shares"), this::giveUp)
                        .as(ShareOperations.GIVE_UP),
                Endpoint.get(ofGroup, readGroups, this::withGroup).as(ShareOperations.WITH_GROUP),
                Endpoint.get(ofGroup + one, readGroups, this::one).as(ShareOperations.ONE),
                Endpoint.delete(ofGroup + one, access.api(Aim.GROUP, "groups:shares"), this::giveUp)
                        .as(ShareOperations.GIVE_UP));
    }

    private Response withUser(Request request) {
        var user = members.require(request.param("user"));
        var paging = Paging.of(request).always();
        var page = shares.withUser(community, user.id(), paging.offset(), paging.limit());
        return paging.answer(request, models.shares(page.shares()), page.total());
    }

    private Response withGroup(Request request) {
        var name = request.param("group");
        var group =
                groups.find(community, name)
                        .orElseThrow(
                                () -> Problem.notFound("group.unknown", "No such group: " + name));
        var paging = Paging.of(request).always();
        var page = shares.withGroup(community, group.id(), paging.offset(), paging.limit());
        return paging.answer(request, models.shares(page.shares()), page.total());
    }

    private Response one(Request request) {
        return Response.json(200, models.share(find(request).share()));
    }

    private Response giveUp(Request request) {
        var found = find(request);
        shares.revoke(HubCaller.of(request).actor(), found.server(), found.with(), null);
        return Response.noContent();
    }

    private Found find(Request request) {
        boolean group = request.params().containsKey("group");
        var name = request.param(group ? "group" : "user");
        var owner = request.param("owner");
        var server = request.param("server");
        return targets.find(owner, server)
                .flatMap(
                        of ->
                                targets.find(new Recipient(name, group))
                                        .flatMap(
                                                with ->
                                                        shares.find(of, with)
                                                                .map(s -> new Found(of, with, s))))
                .orElseThrow(
                        () ->
                                Problem.notFound(
                                        "share.unknown",
                                        "No such share for "
                                                + (group ? "group " : "user ")
                                                + name
                                                + " on "
                                                + owner
                                                + "/"
                                                + server));
    }
}
