package org.lyceum.hub;

import org.lyceum.catalog.ProfileResolver;
import org.lyceum.community.CommunityModule;
import org.lyceum.content.PullService;
import org.lyceum.files.FilesModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.login.LoginModule;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.observe.Metrics;
import org.lyceum.proxy.Routes;
import org.lyceum.servers.ActivityService;
import org.lyceum.servers.AnnouncementService;
import org.lyceum.servers.KeepService;
import org.lyceum.servers.NamedLimitService;
import org.lyceum.servers.ProgressFeed;
import org.lyceum.servers.ServerQueries;
import org.lyceum.servers.SpawnService;
import org.lyceum.servers.StopService;
import org.lyceum.services.Registrations;
import org.lyceum.storage.StorageModule;

import java.time.Clock;
import java.util.function.Function;

/**
 * Everything the hub translates to.
 *
 * @param metrics those of one community's hub
 */
public record HubServices(
        IdentityModule identity,
        CommunityModule communities,
        LoginModule login,
        ProfileResolver profiles,
        Servers servers,
        Registrations registrations,
        StorageModule storage,
        FilesModule files,
        PullService pulls,
        Routes routes,
        Function<CommunityId, Metrics> metrics,
        Clock clock) {

    /** What the servers module offers. */
    public record Servers(
            SpawnService spawns,
            StopService stops,
            ServerQueries queries,
            ProgressFeed progress,
            ActivityService activity,
            NamedLimitService namedLimits,
            KeepService keeping,
            AnnouncementService announcements) {}
}
