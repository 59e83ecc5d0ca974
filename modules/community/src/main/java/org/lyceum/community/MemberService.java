package org.lyceum.community;

import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Who belongs to which community. Blocking. */
public final class MemberService {

    private static final Logger log = LoggerFactory.getLogger(MemberService.class);

    private final CommunityRepository communities;
    private final MemberRepository members;
    private final IdentityModule identity;
    private final Clock clock;

    MemberService(
            CommunityRepository communities,
            MemberRepository members,
            IdentityModule identity,
            Clock clock) {
        this.communities = communities;
        this.members = members;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * Makes the user a member; joining twice is fine.
     *
     * @throws Problem NOT_FOUND community.unknown, user.unknown
     */
    public void join(Actor actor, CommunityId community, UserId user) {
        if (communities.find(community).isEmpty()) {
            throw CommunityService.unknown();
        }
        if (identity.users().find(user).isEmpty()) {
            throw Problem.notFound("user.unknown", "There is no such user.");
        }
        members.join(actor, community, user, clock.instant());
        log.info("member.joined community={} user={}", community, user);
    }

    /**
     * Ends a membership with the sessions, tokens, groups and roles the user has there; leaving
     * twice is fine, and finishes what a crash left half done.
     */
    public void leave(Actor actor, CommunityId community, UserId user) {
        members.leave(actor, community, user); // first, so that they cannot sign in again
        identity.sessions().endAll(user, community);
        identity.tokens().revokeAll(actor, community, user);
        identity.groups().leaveAll(user, community);
        identity.roles().takeAll(community, user);
        log.info("member.left community={} user={}", community, user);
    }

    /** The communities the user belongs to, deleted ones too, in the order they were made. */
    public List<CommunityId> of(UserId user) {
        return members.of(user);
    }

    /**
     * Those of {@code users} who are members.
     *
     * @param users at most 1,000
     */
    public Set<UserId> among(CommunityId community, Collection<UserId> users) {
        return members.among(community, users);
    }

    public boolean isMember(CommunityId community, UserId user) {
        return members.isMember(community, user);
    }
}
