package org.lyceum.login;

import org.lyceum.audit.AuditLog;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.LoginBrake;
import org.lyceum.login.ldap.Directory;
import org.lyceum.login.oidc.OpenIdConnect;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Vault;

import java.time.Clock;
import java.util.List;

/** Wires the login module. */
public final class LoginModule implements Module {

    private final ProviderService providers;
    private final SignInService signIn;
    private final LoginService logins;
    private final FollowService following;
    private final FactorService factors;
    private final SignUpService signUps;
    private final List<Job> jobs;

    public LoginModule(
            Database db,
            AuditLog audit,
            IdentityModule identity,
            CommunityModule communities,
            Vault vault,
            Clock clock) {
        var openId = new OpenIdConnect(clock);
        var directory = new Directory();
        var acceptances = new AcceptanceRepository(db, audit);
        this.providers =
                new ProviderService(
                        new ProviderRepository(db, audit), vault, openId, directory, clock);
        this.signIn =
                new SignInService(
                        providers,
                        acceptances,
                        new Departures(clock),
                        openId,
                        directory,
                        audit,
                        new LoginBrake(clock));
        this.following =
                new FollowService(
                        new FollowedGroupRepository(db, audit),
                        providers,
                        identity.groups(),
                        communities.members());
        this.signUps =
                new SignUpService(
                        new SignUpRepository(db, audit, identity.users(), identity.passwords()),
                        identity.passwords(),
                        identity.users(),
                        communities.members(),
                        new LoginBrake(clock),
                        clock);
        this.logins =
                new LoginService(
                        new ExternalIdentityRepository(db, audit, identity.users()),
                        acceptances,
                        signUps,
                        providers,
                        identity.users(),
                        identity.passwords(),
                        communities.members(),
                        following,
                        audit,
                        clock);
        this.factors =
                new FactorService(
                        new FactorRepository(db, audit),
                        identity,
                        new HalfWay(clock),
                        vault,
                        new LoginBrake(clock),
                        audit,
                        clock);
        this.jobs = List.of(new WatchProviders(providers), new EndTemporaryAccounts(signUps));
    }

    public ProviderService providers() {
        return providers;
    }

    public SignInService signIn() {
        return signIn;
    }

    public LoginService logins() {
        return logins;
    }

    public FollowService following() {
        return following;
    }

    public FactorService factors() {
        return factors;
    }

    public SignUpService signUps() {
        return signUps;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return jobs;
    }
}
