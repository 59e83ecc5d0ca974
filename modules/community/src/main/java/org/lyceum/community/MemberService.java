package org.lyceum.community;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;

/** Who belongs to which community. Blocking. */
public final class MemberService {

    MemberService() {}

    /** Makes the user a member; joining twice is fine. */
    public void join(Actor actor, CommunityId community, UserId user) {
        Todo.later();
    }

    /** Ends a membership with all that the user holds there; leaving twice is fine. */
    public void leave(Actor actor, CommunityId community, UserId user) {
        Todo.later();
    }

    public boolean isMember(CommunityId community, UserId user) {
        return Todo.later();
    }
}
