package org.lyceum.identity;

import java.time.Clock;
import java.util.List;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.jobs.Job;

/** Wires the identity module. */
public final class IdentityModule implements Module {

    public IdentityModule(Database db, AuditLog audit, Clock clock) {
        Todo.later();
    }

    public UserService users() {
        return Todo.later();
    }

    public PasswordService passwords() {
        return Todo.later();
    }

    public SetupService setup() {
        return Todo.later();
    }

    public SessionService sessions() {
        return Todo.later();
    }

    public GroupService groups() {
        return Todo.later();
    }

    public ServiceRegistry services() {
        return Todo.later();
    }

    public TokenService tokens() {
        return Todo.later();
    }

    public OAuthService oauth() {
        return Todo.later();
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return Todo.later();
    }
}
