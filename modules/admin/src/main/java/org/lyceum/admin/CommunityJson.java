package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.Community;
import org.lyceum.community.FormerAddress;
import org.lyceum.community.Hosts;
import org.lyceum.community.Limits;
import org.lyceum.community.RosterOutcome;
import org.lyceum.platform.http.Meaning;

import java.time.Instant;
import java.util.List;

/** What the panel's API answers about communities. */
final class CommunityJson {

    private CommunityJson() {}

    /** A community as the panel shows it. */
    record CommunityDetail(
            long id,
            String name,
            String title,
            @Meaning("Path of its hub on the platform's host.") String baseUrl,
            @Meaning("A host of its own; null for the platform's.") @Nullable String host,
            @Meaning("Of its home page.") String url,
            Community.State state,
            @Meaning("What people read while it is paused.") String notice,
            @Meaning("Whether its pause ends what runs.") boolean stopsServers,
            Limits limits,
            long members,
            @Meaning("Servers that hold a container.") long activeServers,
            @Meaning("Where it was before it was renamed; links lead on from there.")
                    List<FormerAddressLine> formerAddresses,
            @Meaning("To be sent back with a change.") long version) {

        static CommunityDetail of(
                Community community,
                Hosts hosts,
                CommunityListRepository.Counts counts,
                List<FormerAddress> former) {
            return new CommunityDetail(
                    community.id().value(),
                    community.name(),
                    community.title(),
                    community.baseUrl(),
                    community.host(),
                    home(community, hosts),
                    community.state(),
                    community.notice(),
                    community.stopsServers(),
                    community.limits(),
                    counts.members(),
                    counts.activeServers(),
                    former.stream()
                            .filter(address -> address.community().equals(community.id()))
                            .map(FormerAddressLine::of)
                            .toList(),
                    community.version());
        }
    }

    /** A path, unless the hub is on another host than the panel. */
    static String home(Community community, Hosts hosts) {
        var hub = hosts.of(community);
        var path = hub.base() + "hub/home";
        return hub.apart() ? hub.absolute(path) : path;
    }

    record FormerAddressLine(String baseUrl, Instant leftAt) {

        static FormerAddressLine of(FormerAddress address) {
            return new FormerAddressLine(address.baseUrl(), address.leftAt());
        }
    }

    /** Somebody who belongs to a community. */
    record Member(
            @Meaning("Number of the user.") long id,
            String name,
            @Meaning("Whether they administer this community.") boolean manager,
            @Meaning("Whether they administer the platform, and so this community too.")
                    boolean administrator,
            Instant joinedAt,
            @Nullable Instant lastActivityAt,
            @Meaning("How many named servers they may have, if that was decided for them.")
                    @Nullable Integer namedServers) {

        Member with(@Nullable Integer limit) {
            return new Member(id, name, manager, administrator, joinedAt, lastActivityAt, limit);
        }
    }

    /** A link with which somebody chooses a password; it is shown this once. */
    record PasswordLink(
            @Meaning("Whose it is.") String name,
            @Meaning("Whether it is an invitation: they have no password yet.") boolean first,
            @Meaning("Give it to them and nobody else: whoever opens it has the account.")
                    String address,
            @Meaning("It works once, until then.") Instant until) {}

    /** What came of adding a member. */
    record Added(
            @Meaning("Null for somebody who had an account already.")
                    @Nullable PasswordLink invitation) {}

    /** What a list of people does, or has done. */
    record Roster(
            @Meaning("Whether it was done, and not only looked at.") boolean applied,
            @Meaning("Columns of the list that mean nothing here.") List<String> ignored,
            List<RosterEntry> lines) {}

    /** One of its people. */
    record RosterEntry(
            @Meaning("Where they stand in the list.") int line,
            String name,
            RosterOutcome.Effect effect,
            @Meaning("Groups that they come into by it.") List<String> groups,
            @Meaning("Why nothing is done; null when something is, or nothing needs to be.")
                    @Nullable String problem,
            @Meaning("For who got an account just now.") @Nullable PasswordLink invitation) {

        static RosterEntry of(RosterOutcome outcome, @Nullable PasswordLink invitation) {
            return new RosterEntry(
                    outcome.line(),
                    outcome.name(),
                    outcome.effect(),
                    outcome.groups(),
                    outcome.problem(),
                    invitation);
        }
    }

    /** A group of a community's members. */
    record GroupLine(
            @Meaning("Number of the group.") long id,
            String name,
            @Meaning("How many users are in it.") int users,
            @Meaning("How many named servers each of them may have, if that was decided for it.")
                    @Nullable Integer namedServers,
            @Meaning("Groups at providers whose people are in it.") List<FollowLine> follows) {}

    record FollowLine(
            @Meaning("Number of the provider.") long provider,
            @Meaning("As the provider writes it, in lower case.") String group) {}

    record GroupPage(
            List<GroupLine> items,
            @Meaning("Offset of the following page; null on the last one.")
                    @Nullable Integer next) {}

    record MemberPage(
            List<Member> items,
            @Meaning("Offset of the following page; null on the last one.")
                    @Nullable Integer next) {}
}
