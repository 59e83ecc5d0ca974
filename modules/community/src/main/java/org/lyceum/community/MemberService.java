package org.lyceum.community;

import java.time.Clock;
import org.lyceum.identity.TokenService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/** Who belongs to which community. Blocking. */
public final class MemberService {

    private final CommunityRepository communities;
    private final TokenService tokens;
    private final Clock clock;

    MemberService(CommunityRepository communities, TokenService tokens, Clock clock) {
        this.communities = communities;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Makes the user a member; joining twice is fine. */
    public void join(Actor actor, CommunityId community, UserId user) {
        communities.join(actor, community, user, clock.instant());
    }

    /** Ends a membership with all that the user holds there; leaving twice is fine. */
    public void leave(Actor actor, CommunityId community, UserId user) {
        communities.leave(actor, community, user);
        tokens.revokeAll(actor, community, user);
    }

    public boolean isMember(CommunityId community, UserId user) {
        return communities.isMember(community, user);
    }
}
