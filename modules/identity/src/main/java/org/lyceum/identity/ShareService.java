package org.lyceum.identity;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Servers that their owners share with others, directly or by a code (contract §4.10). Blocking.
 * What is shared counts from the recipient's next request on.
 */
public final class ShareService {

    private static final Logger log = LoggerFactory.getLogger(ShareService.class);

    /** What a share is for when nobody says more. */
    private static final String DEFAULT_SCOPE = ScopeName.ACCESS_SERVERS.text();

    private static final Pattern ID = Pattern.compile(ShareCode.PREFIX + "(\\d{1,18})");

    /** There are fewer scopes than this. */
    private static final int MAX_SCOPES = 100;

    private static final Duration MIN_LIFE = Duration.ofMinutes(1);
    private static final Duration MAX_LIFE = Duration.ofDays(365);

    private final ShareRepository shares;
    private final ShareCodeRepository codes;
    private final ScopeService scopes;
    private final Clock clock;

    ShareService(
            ShareRepository shares, ShareCodeRepository codes, ScopeService scopes, Clock clock) {
        this.shares = shares;
        this.codes = codes;
        this.scopes = scopes;
        this.clock = clock;
    }

    /**
     * Reads the scopes somebody wants to share: each is for this server, whether or not it says so.
     *
     * @param written empty means access
     * @return names without filters, sorted
     * @throws Problem INVALID scope.unknown, share.other-filter; TOO_LARGE share.too-many-scopes
     */
    public List<String> names(SharedServer server, Collection<String> written) {
        if (written.size() > MAX_SCOPES) {
            throw Problem.of(
                    Problem.Kind.TOO_LARGE,
                    "share.too-many-scopes",
                    "A share has at most " + MAX_SCOPES + " scopes.");
        }
        var names = new TreeSet<String>();
        for (var text : written) {
            var scope = scopes.known(server.community(), text);
            var filter = text.substring(scope.name().length());
            if (!filter.isEmpty() && !filter.equals("!server=" + server.filter())) {
                throw Problem.invalid(
                        "share.other-filter",
                        filter
                                + " not allowed on sharing "
                                + text
                                + ", only !server="
                                + server.filter());
            }
            names.add(scope.name());
        }
        return names.isEmpty() ? List.of(DEFAULT_SCOPE) : List.copyOf(names);
    }

    /** Shares of one server; at most 200 at once. */
    public Share.Page ofServer(SharedServer server, int offset, int limit) {
        return shares.ofServer(server, offset, limit);
    }

    /** Shares of all servers of a user. */
    public Share.Page ofOwner(CommunityId community, UserId owner, int offset, int limit) {
        return shares.ofOwner(community, owner, offset, limit);
    }

    /** What is shared with a user, also through groups. */
    public Share.Page withUser(CommunityId community, UserId user, int offset, int limit) {
        return shares.withUser(community, user, offset, limit);
    }

    /** What is shared with a group, by the number of its row. */
    public Share.Page withGroup(CommunityId community, long group, int offset, int limit) {
        return shares.withGroup(community, group, offset, limit);
    }

    public Optional<Share> find(SharedServer server, ShareRecipient with) {
        return shares.find(server, with);
    }

    /**
     * Shares a server, or adds to what is shared already.
     *
     * @param names from {@link #names}
     * @throws Problem CONFLICT share.too-many
     */
    public Share grant(Actor actor, SharedServer server, ShareRecipient with, List<String> names) {
        var share = shares.grant(actor, server, with, names, clock.instant());
        log.info("server.shared share={} owner={}", share.id(), server.owner().id());
        return share;
    }

    /**
     * Takes back.
     *
     * @param names from {@link #names}; null takes everything
     * @return what is left, if anything; empty as well when there was nothing
     */
    public Optional<Share> revoke(
            Actor actor, SharedServer server, ShareRecipient with, @Nullable List<String> names) {
        return shares.revoke(actor, server, with, names);
    }

    /** Takes everything back from everybody. Codes stay. */
    public void revokeAll(Actor actor, SharedServer server) {
        shares.revokeAll(actor, server);
    }

    /**
     * Codes that can still be exchanged.
     *
     * @param name of one server; null for all of the owner's
     */
    public ShareCode.Page codes(
            CommunityId community, UserId owner, @Nullable String name, int offset, int limit) {
        return codes.list(community, owner, name, clock.instant(), offset, limit);
    }

    /**
     * Makes a code that anybody can exchange, any number of times, until it expires.
     *
     * @param names from {@link #names}
     * @param life a minute to a year
     * @throws Problem INVALID share.expiry-invalid; CONFLICT share.too-many-codes
     */
    public ShareCode.Issued createCode(
            Actor actor, SharedServer server, List<String> names, Duration life) {
        if (life.compareTo(MIN_LIFE) < 0 || life.compareTo(MAX_LIFE) > 0) {
            throw Problem.invalid(
                    "share.expiry-invalid",
                    "expires_in must be between "
                            + MIN_LIFE.toSeconds()
                            + " and "
                            + MAX_LIFE.toSeconds()
                            + " seconds.");
        }
        var secret = Secret.random();
        var now = clock.instant();
        var code = codes.create(actor, server, names, secret.hash(), now, now.plus(life));
        return new ShareCode.Issued(code, secret);
    }

    /** The code, unless it has expired. */
    public Optional<ShareCode> findCode(CommunityId community, Secret code) {
        return codes.find(community, code.hash(), clock.instant());
    }

    /** Exchanges a code for a share; empty when there is no such code, or no longer. */
    public Optional<Share> exchange(CommunityId community, Secret code, User user) {
        return codes.exchange(community, code.hash(), user, clock.instant());
    }

    /** Returns whether there was such a code of this server. */
    public boolean deleteCode(Actor actor, SharedServer server, Secret code) {
        return codes.deleteByHash(actor, server, code.hash());
    }

    /** The same by its id, such as {@code sc_12}. */
    public boolean deleteCode(Actor actor, SharedServer server, String id) {
        var match = ID.matcher(id);
        return match.matches() && codes.deleteById(actor, server, Long.parseLong(match.group(1)));
    }

    public void deleteCodes(Actor actor, SharedServer server) {
        codes.deleteAll(actor, server);
    }
}
