package org.lyceum.community;

import java.time.Clock;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;

/** Wires the community module. */
public final class CommunityModule implements Module {

    public CommunityModule(Database db, AuditLog audit, IdentityModule identity, Clock clock) {
        Todo.later();
    }

    public CommunityService communities() {
        return Todo.later();
    }

    public MemberService members() {
        return Todo.later();
    }
}
