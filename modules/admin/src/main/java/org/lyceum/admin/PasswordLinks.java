package org.lyceum.admin;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.PasswordLinkService;
import org.lyceum.identity.User;
import org.lyceum.login.LoginService;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;

/** Gives people links with which they choose a password, as far as whoever asks may. */
final class PasswordLinks {

    private final CommunityModule communities;
    private final PasswordLinkService links;
    private final LoginService logins;

    PasswordLinks(CommunityModule communities, PasswordLinkService links, LoginService logins) {
        this.communities = communities;
        this.links = links;
        this.logins = logins;
    }

    /**
     * For a member of the community. Whoever has the link has the account: a manager gives one only
     * for an account that nobody has used, and that belongs to nobody else's community.
     *
     * @throws Problem FORBIDDEN {@code password-link.not-new}
     */
    CommunityJson.PasswordLink invite(Request request, Community community, User user) {
        var caller = AdminCaller.of(request);
        if (!caller.user().admin() && !mayInvite(caller, user)) {
            throw Problem.forbidden(
                    "password-link.not-new",
                    user.name()
                            + " has used this account already, or belongs to a community that you"
                            + " do not manage. An administrator of the platform can give them a new"
                            + " link.");
        }
        return make(request, caller.actor(), community, user);
    }

    /** For anybody; only administrators of the platform come here. */
    CommunityJson.PasswordLink anybody(Request request, Actor actor, User user) {
        var theirs = communities.members().of(user.id());
        var first = theirs.isEmpty() ? Community.DEFAULT : theirs.getFirst();
        return make(request, actor, community(first), user);
    }

    private Community community(CommunityId id) {
        var all = communities.communities();
        return all.find(id)
                .or(() -> all.find(Community.DEFAULT))
                .orElseThrow(CommunityEndpoints::unknown);
    }

    private boolean mayInvite(AdminCaller caller, User user) {
        return !user.admin()
                && links.unused(user)
                && logins.ways(user.id()).isEmpty()
                && communities.members().of(user.id()).stream().allMatch(caller::may);
    }

    private CommunityJson.PasswordLink make(
            Request request, Actor actor, Community community, User user) {
        var made = links.make(actor, user.id());
        var hub = communities.hosts().of(community);
        var path = hub.base() + "hub/password-link?key=" + Names.queryValue(made.secret().reveal());
        var link = hub.absolute(path);
        var address =
                link.startsWith("/") ? request.scheme() + "://" + request.host() + link : link;
        return new CommunityJson.PasswordLink(
                user.name(), made.link().first(), address, made.link().until());
    }
}
