package org.lyceum.identity;

import org.lyceum.audit.AuditLog;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.jobs.Job;

import java.time.Clock;
import java.util.List;

/** Wires the identity module. */
public final class IdentityModule implements Module {

    private final PasswordHasher hasher = new PasswordHasher();
    private final ActivityBuffer activity;
    private final UserService users;
    private final PasswordService passwords;
    private final PasswordLinkService passwordLinks;
    private final SetupService setup;
    private final SessionService sessions;
    private final GroupService groups;
    private final RoleService roles;
    private final ScopeService scopes;
    private final ShareService shares;
    private final ServiceRegistry services;
    private final TokenService tokens;
    private final OAuthService oauth;
    private final List<Job> jobs;

    public IdentityModule(Database db, AuditLog audit, Clock clock) {
        var userRows = new UserRepository(db, audit);
        var tokenRows = new TokenRepository(db, audit);
        var rules = new PasswordRules();
        activity = new ActivityBuffer(userRows, tokenRows, clock);
        users = new UserService(userRows, activity, clock);
        passwords = new PasswordService(userRows, rules, hasher, audit, clock);
        passwordLinks =
                new PasswordLinkService(
                        new PasswordLinkRepository(db, audit, userRows),
                        userRows,
                        rules,
                        hasher,
                        clock);
        setup = new SetupService(new SetupRepository(db, audit, userRows), rules, hasher, clock);
        sessions = new SessionService(new SessionRepository(db, audit), userRows, clock);
        groups = new GroupService(new GroupRepository(db, audit));
        roles = new RoleService(new RoleRepository(db, audit), new RoleHolderRepository(db, audit));
        scopes = new ScopeService(new CustomScopeRepository(db, audit));
        var shareRows = new ShareRepository(db, audit);
        shares =
                new ShareService(
                        shareRows, new ShareCodeRepository(db, audit, shareRows), scopes, clock);
        services = new ServiceRegistry(new ServiceRepository(db, audit), clock);
        tokens = new TokenService(tokenRows, activity, clock);
        oauth = new OAuthService(new OAuthRepository(db, audit), clock);
        jobs = List.of(activity, new RemoveExpired(new ExpiryRepository(db), clock));
    }

    public UserService users() {
        return users;
    }

    public PasswordService passwords() {
        return passwords;
    }

    public PasswordLinkService passwordLinks() {
        return passwordLinks;
    }

    public SetupService setup() {
        return setup;
    }

    public SessionService sessions() {
        return sessions;
    }

    public GroupService groups() {
        return groups;
    }

    public RoleService roles() {
        return roles;
    }

    public ScopeService scopes() {
        return scopes;
    }

    public ShareService shares() {
        return shares;
    }

    public ServiceRegistry services() {
        return services;
    }

    public TokenService tokens() {
        return tokens;
    }

    public OAuthService oauth() {
        return oauth;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return jobs;
    }

    /** Writes the activity noted since the last run; the database must still be open. */
    @Override
    public void close() {
        try {
            activity.run();
        } finally {
            hasher.close();
        }
    }
}
