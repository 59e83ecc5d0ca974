package org.lyceum.community;

import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;

import java.time.Clock;

/** Wires the community module. */
public final class CommunityModule implements Module {

    private final CommunityService communities;
    private final MemberService members;
    private final RosterService rosters;
    private final Hosts hosts;

    public CommunityModule(
            HostsConfig config, Database db, AuditLog audit, IdentityModule identity, Clock clock) {
        hosts = new Hosts(config);
        var rows = new CommunityRepository(db, audit);
        communities = new CommunityService(rows, hosts, clock);
        members = new MemberService(rows, new MemberRepository(db, audit), identity, clock);
        rosters = new RosterService(identity, members);
    }

    @Override
    public void start() {
        hosts.become(communities.present());
    }

    public CommunityService communities() {
        return communities;
    }

    public Hosts hosts() {
        return hosts;
    }

    public MemberService members() {
        return members;
    }

    public RosterService rosters() {
        return rosters;
    }
}
