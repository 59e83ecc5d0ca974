package org.lyceum.files;

import org.lyceum.audit.AuditLog;
import org.lyceum.community.CommunityModule;
import org.lyceum.community.HostsConfig;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.testing.TempDatabase;
import org.lyceum.storage.StorageModule;

import java.nio.file.Path;

/** The module as the platform has it, with what it needs of others. */
final class Wiring {

    private Wiring() {}

    static FilesModule of(
            TempDatabase temp, IdentityModule identity, StorageModule storage, Path lists) {
        var audit = new AuditLog(temp.database(), temp.clock());
        var communities = communities(temp, identity);
        return new FilesModule(
                FilesConfig.defaults(),
                temp.database(),
                audit,
                identity,
                communities,
                storage,
                lists,
                temp.clock());
    }

    static CommunityModule communities(TempDatabase temp, IdentityModule identity) {
        var audit = new AuditLog(temp.database(), temp.clock());
        return new CommunityModule(
                HostsConfig.defaults(), temp.database(), audit, identity, temp.clock());
    }
}
