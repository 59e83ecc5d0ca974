package org.lyceum.files;

import org.lyceum.community.MemberService;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.linux.FileStat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Links with which members let others of their community read a folder or a file of theirs. What
 * the owner has and who the reader is are looked up at each request: whoever leaves, or loses a
 * group, ends what hung on it. Blocking.
 */
public final class SharingLinkService {

    private static final Logger log = LoggerFactory.getLogger(SharingLinkService.class);

    public static final int DEFAULT_DAYS = 30;

    public static final int MAX_DAYS = 365;

    /** Of a path as it is written; deeper things can be reached from a folder above them. */
    private static final int MAX_PATH = 4_096;

    private final SharingLinkRepository links;
    private final PlaceService places;
    private final FileService files;
    private final IdentityModule identity;
    private final MemberService members;
    private final Clock clock;

    SharingLinkService(
            SharingLinkRepository links,
            PlaceService places,
            FileService files,
            IdentityModule identity,
            MemberService members,
            Clock clock) {
        this.links = links;
        this.places = places;
        this.files = files;
        this.identity = identity;
        this.members = members;
        this.clock = clock;
    }

    /**
     * The members of a group: one that the owner is in, or any for who manages the community.
     *
     * @throws Problem INVALID {@code files.link-group-unknown}
     */
    public LinkAudience group(CommunityId community, User owner, String name) {
        boolean manages =
                owner.admin() || identity.roles().managedBy(owner.id()).contains(community);
        if (manages || identity.groups().groupsOf(owner.id(), community).contains(name)) {
            var found = identity.groups().find(community, name);
            if (found.isPresent()) {
                return new LinkAudience.OfGroup(found.get().id());
            }
        }
        throw Problem.invalid(
                "files.link-group-unknown",
                "You are in no group of this name. Choose one of yours, or a member, or"
                        + " everybody.");
    }

    /**
     * One member.
     *
     * @throws Problem INVALID {@code user.unknown}
     */
    public LinkAudience member(CommunityId community, String name) {
        return identity.users()
                .findByName(name)
                .filter(user -> members.isMember(community, user.id()))
                .map(user -> new LinkAudience.OfUser(user.id()))
                .orElseThrow(
                        () ->
                                Problem.invalid(
                                        "user.unknown",
                                        "Nobody in this community has the user name “"
                                                + name
                                                + "”. Look for a typing mistake."));
    }

    /** What a group or a member is called today; empty for everybody. */
    public String name(CommunityId community, LinkAudience audience) {
        return switch (audience) {
            case LinkAudience.Everybody _ -> "";
            case LinkAudience.OfUser(var user) ->
                    identity.users().find(user).map(User::name).orElse("");
            case LinkAudience.OfGroup(var group) ->
                    identity.groups().numbers(community).entrySet().stream()
                            .filter(each -> each.getValue() == group)
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse("");
        };
    }

    /**
     * Makes a link.
     *
     * @param place one of the owner's, read-only or not
     * @param days 1 to {@value #MAX_DAYS}
     * @throws Problem INVALID {@code files.link-days}, {@code files.trash-not-shared}, {@code
     *     files.name-invalid}, {@code files.not-plain}, NOT_FOUND {@code files.unknown}, CONFLICT
     *     {@code files.too-many-links}
     */
    public SharingLink.Made make(
            CommunityId community,
            User owner,
            Place place,
            FilePath path,
            LinkAudience audience,
            int days) {
        if (days < 1 || days > MAX_DAYS) {
            throw Problem.invalid(
                    "files.link-days", "A link is good for 1 to " + MAX_DAYS + " days.");
        }
        requireSharable(place, path);
        var now = clock.instant();
        var until = now.plus(Duration.ofDays(days));
        var draft =
                new SharingLink(0, community, owner.id(), place.id(), path, audience, now, until);
        var key = Secret.random();
        var link = links.make(owner, draft, key.hash());
        log.info("sharing-link.made link={} owner={}", link.id(), owner.id());
        return new SharingLink.Made(link, key);
    }

    /** A home has more in it than its owner sees: settings, keys, what they have deleted. */
    private void requireSharable(Place place, FilePath path) {
        FileService.requireName(path);
        var trash = place.trash().place();
        if (path.within(trash) || trash.within(path)) {
            throw Problem.invalid(
                    "files.trash-not-shared",
                    "The trash, and what contains it, cannot be shared. Share a folder of its"
                            + " own.");
        }
        if (path.toString().length() > MAX_PATH) {
            throw Problem.invalid(
                    "files.name-invalid",
                    "This lies too deep to be shared; share a folder above it.");
        }
        if (!sharable(files.stat(place, path))) {
            throw Problem.invalid(
                    "files.not-plain",
                    "Only folders and plain files can be shared; this is a link or a pipe.");
        }
    }

    private static boolean sharable(FileStat stat) {
        return stat.kind() == FileStat.Kind.DIRECTORY || stat.kind() == FileStat.Kind.FILE;
    }

    /** What somebody has made in a community, the newest first, some of them over. */
    public List<SharingLink> madeBy(CommunityId community, User owner) {
        return links.of(community, owner);
    }

    /**
     * Ends one before its day; what is under way may still arrive.
     *
     * @throws Problem NOT_FOUND {@code files.link-unknown}
     */
    public void end(CommunityId community, User owner, long id) {
        if (!links.end(community, owner, id)) {
            throw unknown();
        }
        log.info("sharing-link.ended link={}", id);
    }

    /**
     * What a link leads to, for who comes with its key. Its number is enough for them afterwards.
     *
     * @throws Problem as {@link #view}; FORBIDDEN {@code files.link-for-others}
     */
    public SharedView open(CommunityId community, User reader, Secret key) {
        var link = links.find(community, key.hash()).orElseThrow(SharingLinkService::unknown);
        if (!isFor(reader, link)) {
            throw Problem.forbidden(
                    "files.link-for-others",
                    "This link is for somebody else, or for a group that you are not in. You are"
                            + " signed in as “"
                            + reader.name()
                            + "”. Ask whoever gave it to you to make one for you.");
        }
        var view = look(reader, link);
        visited(link, reader, links.visitedOn(link, reader.id()));
        return view;
    }

    /**
     * The same for who has opened it before, and for its owner.
     *
     * @throws Problem NOT_FOUND {@code files.link-unknown}, {@code files.link-over} after its day,
     *     {@code files.link-lost} when its owner has left or has lost the folder, {@code
     *     files.link-gone} when there is no such file any more
     */
    public SharedView view(CommunityId community, User reader, long id) {
        var link = links.find(community, id).orElseThrow(SharingLinkService::unknown);
        var day = links.visitedOn(link, reader.id());
        boolean own = link.owner().equals(reader.id());
        if (!own && (day.isEmpty() || !isFor(reader, link))) {
            throw unknown();
        }
        var view = look(reader, link);
        visited(link, reader, day);
        return view;
    }

    /** What a person has opened and can still read, the latest first. */
    public List<SharedView> openedBy(CommunityId community, User reader) {
        var views = new ArrayList<SharedView>();
        for (var link : links.visited(community, reader.id())) {
            try {
                if (isFor(reader, link)) {
                    views.add(look(reader, link));
                }
            } catch (Problem over) { // of several, those that are left
                log.debug("sharing-link.passed-over link={} code={}", link.id(), over.code());
            }
        }
        return views;
    }

    private void visited(SharingLink link, User reader, Optional<Long> day) {
        long today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
        boolean own = link.owner().equals(reader.id());
        if (!own && day.filter(last -> last >= today).isEmpty()) {
            links.visit(link, reader, today);
        }
    }

    private boolean isFor(User reader, SharingLink link) {
        return link.owner().equals(reader.id())
                || switch (link.audience()) {
                    case LinkAudience.Everybody _ ->
                            members.isMember(link.community(), reader.id());
                    case LinkAudience.OfUser(var user) -> user.equals(reader.id());
                    case LinkAudience.OfGroup _ ->
                            identity.groups()
                                    .groupsOf(reader.id(), link.community())
                                    .contains(name(link.community(), link.audience()));
                };
    }

    private SharedView look(User reader, SharingLink link) {
        var owner = owner(link).orElseThrow(SharingLinkService::unknown);
        if (link.over(clock.instant())) {
            throw Problem.notFound(
                    "files.link-over",
                    "This sharing link was good until "
                            + link.expiresAt().atOffset(ZoneOffset.UTC).toLocalDate()
                            + ". Ask "
                            + owner.name()
                            + " for a new one.");
        }
        var place = readable(reader, owner, link);
        return new SharedView(link, owner, place, stat(place, owner, link));
    }

    private Optional<User> owner(SharingLink link) {
        return identity.users()
                .find(link.owner())
                .filter(owner -> members.isMember(link.community(), owner.id()));
    }

    private Place readable(User reader, User owner, SharingLink link) {
        try {
            var place = places.require(link.community(), owner, link.place());
            return new Place(place.key(), reader.id(), place.name(), true);
        } catch (Problem lost) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "files.link-lost",
                    owner.name() + " does not have the folder any more that this link led into.",
                    lost);
        }
    }

    private FileStat stat(Place place, User owner, SharingLink link) {
        try {
            var stat = files.stat(place, link.path());
            if (sharable(stat)) {
                return stat;
            }
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.UNAVAILABLE) {
                throw refused;
            }
            log.debug("sharing-link.not-there link={}", link.id(), refused);
        }
        throw Problem.notFound(
                "files.link-gone",
                "What was shared here was moved, renamed or deleted. Ask "
                        + owner.name()
                        + " where it is now.");
    }

    private static Problem unknown() {
        return Problem.notFound(
                "files.link-unknown",
                "There is no such sharing link, or it was ended. Ask whoever gave it to you for a"
                        + " new one.");
    }
}
