package org.lyceum.admin;

import org.lyceum.identity.User;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;

import java.util.Set;

/**
 * Who uses the panel.
 *
 * @param manages the communities they administer, if they do not administer the platform
 */
record AdminCaller(User user, Set<CommunityId> manages) {

    static AdminCaller of(Request request) {
        return request.caller(AdminCaller.class);
    }

    Actor actor() {
        return user.actor();
    }

    boolean may(CommunityId community) {
        return user.admin() || manages.contains(community);
    }

    /**
     * The community, if it is theirs; what is somebody else's does not exist for them.
     *
     * @throws Problem NOT_FOUND community.unknown
     */
    CommunityId require(CommunityId community) {
        if (!may(community)) {
            throw CommunityEndpoints.unknown();
        }
        return community;
    }

    /**
     * @throws Problem FORBIDDEN admin.platform-only
     */
    void requirePlatform(String what) {
        if (!user.admin()) {
            throw Problem.forbidden(
                    "admin.platform-only",
                    "Only an administrator of the platform may " + what + "; ask one of them.");
        }
    }
}
