package org.lyceum.admin;

import org.lyceum.audit.AuditLog;
import org.lyceum.builds.BuildsModule;
import org.lyceum.catalog.CatalogModule;
import org.lyceum.community.CommunityModule;
import org.lyceum.content.ContentModule;
import org.lyceum.files.FilesModule;
import org.lyceum.health.HealthService;
import org.lyceum.identity.IdentityModule;
import org.lyceum.login.LoginModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Surfaces;
import org.lyceum.platform.jobs.JobDriver;
import org.lyceum.servers.ServersModule;
import org.lyceum.services.ServicesModule;
import org.lyceum.storage.StorageModule;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Wires the panel's surface and mounts it. */
public final class AdminModule implements Module {

    /** What the surface asks; wider than eight parameters because it shows all of the platform. */
    public record Parts(
            Database db,
            IdentityModule identity,
            CommunityModule community,
            LoginModule login,
            CatalogModule catalog,
            BuildsModule builds,
            ContentModule content,
            StorageModule storage,
            FilesModule files,
            ServersModule servers,
            ServicesModule services,
            HealthService health,
            AuditLog audit,
            JobDriver jobs,
            ContainerEngine engine,
            Path data,
            String version,
            Clock clock) {}

    private final Parts parts;
    private final Surfaces surfaces;

    public AdminModule(Parts parts, Surfaces surfaces) {
        this.parts = parts;
        this.surfaces = surfaces;
    }

    @Override
    public void start() {
        parts.community.communities().ensureDefault();
        var hosts = parts.community.hosts();
        var access = new AdminAccess(parts.identity, parts.login.factors(), hosts.hostCookies());
        var lists =
                new ListEndpoints(
                        new AdminListRepository(parts.db),
                        parts.servers.stops(),
                        parts.servers.queries(),
                        parts.audit,
                        parts.community,
                        parts.login.factors());
        var state =
                new PlatformState(
                        parts.version, parts.clock.instant(), parts.engine, parts.data, hosts);
        var platform =
                new PlatformEndpoints(
                        state,
                        parts.community,
                        parts.identity.users(),
                        parts.servers.queries(),
                        parts.jobs);
        var endpoints =
                new ArrayList<Endpoint>(lists.endpoints(access.platform(), access.managers()));
        endpoints.addAll(platform.endpoints(access.platform(), access.managers()));
        endpoints.addAll(new HealthEndpoints(parts.health).endpoints(access.platform()));
        endpoints.addAll(
                new RoleEndpoints(parts.community, parts.identity).endpoints(access.platform()));
        endpoints.addAll(
                new ServiceEndpoints(parts.community, parts.identity, parts.services)
                        .endpoints(access.platform()));
        endpoints.addAll(
                new StorageEndpoints(
                                parts.community,
                                parts.identity,
                                parts.storage,
                                new StorageListRepository(parts.db))
                        .endpoints(access.platform(), access.managers()));
        endpoints.addAll(
                new LeavingEndpoints(
                                parts.community,
                                parts.identity,
                                parts.storage.leaving(),
                                parts.files.kept(),
                                parts.jobs,
                                parts.clock)
                        .endpoints(access.managers()));
        endpoints.addAll(
                new AnnouncementEndpoints(
                                parts.community.communities(),
                                parts.identity.groups(),
                                parts.servers)
                        .endpoints(access.managers()));
        endpoints.addAll(
                new SignInEndpoints(parts.community, parts.login)
                        .endpoints(access.platform(), access.managers()));
        endpoints.addAll(
                new FactorEndpoints(parts.identity.users(), parts.login.factors())
                        .endpoints(access.platform()));
        endpoints.addAll(
                new SignUpEndpoints(parts.community, parts.login.signUps())
                        .endpoints(access.managers()));
        endpoints.addAll(communities(access));
        endpoints.addAll(catalog(access));
        endpoints.addAll(new ReferenceEndpoints(endpoints).endpoints());
        surfaces.mount(new AdminSurface(endpoints));
        surfaces.mount(new PanelSurface(access));
    }

    private List<Endpoint> communities(AdminAccess access) {
        var communities = parts.community.communities();
        var lists = new CommunityListRepository(parts.db);
        var all = new ArrayList<Endpoint>();
        all.addAll(
                new CommunityEndpoints(communities, parts.community.hosts(), lists)
                        .endpoints(access.platform(), access.managers()));
        all.addAll(
                new MemberEndpoints(
                                communities,
                                parts.community.members(),
                                parts.identity,
                                parts.servers,
                                lists,
                                parts.community.rosters(),
                                new PasswordLinks(
                                        parts.community,
                                        parts.identity.passwordLinks(),
                                        parts.login.logins()))
                        .endpoints(access.platform(), access.managers()));
        all.addAll(
                new NamedLimitEndpoints(
                                communities,
                                parts.community.members(),
                                parts.identity.groups(),
                                parts.servers.namedLimits())
                        .endpoints(access.platform()));
        all.addAll(
                new GroupEndpoints(
                                communities,
                                parts.identity.groups(),
                                parts.servers.namedLimits(),
                                parts.login.following())
                        .endpoints(access.managers()));
        all.addAll(
                new EndsEndpoints(communities, parts.catalog.catalog(), parts.servers.ends())
                        .endpoints(access.managers()));
        return all;
    }

    private List<Endpoint> catalog(AdminAccess access) {
        var capacity = parts.servers.capacity();
        var offers =
                new CatalogEndpoints(
                        parts.community.communities(),
                        parts.catalog,
                        parts.identity,
                        capacity,
                        Runtime.getRuntime().availableProcessors());
        var profiles =
                new ProfileEndpoints(
                        offers,
                        parts.catalog,
                        parts.identity.users(),
                        parts.community.members(),
                        capacity);
        var all = new ArrayList<Endpoint>(offers.endpoints(access.platform(), access.managers()));
        all.addAll(profiles.endpoints(access.managers()));
        all.addAll(
                new ContentEndpoints(parts.community.communities(), parts.content.content())
                        .endpoints(access.managers()));
        all.addAll(
                new BuildEndpoints(offers, parts.builds.builds(), parts.builds.images())
                        .endpoints(access.platform(), access.managers()));
        return all;
    }
}
