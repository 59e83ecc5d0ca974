package org.lyceum.admin;

import static org.lyceum.platform.http.Endpoint.get;
import static org.lyceum.platform.http.Endpoint.post;
import static org.lyceum.platform.http.Endpoint.put;

import org.jspecify.annotations.Nullable;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.Caller;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.http.Access;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.Bounds;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.LimitRule;
import org.lyceum.storage.LimitScope;
import org.lyceum.storage.StorageModule;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people's files hold and may hold, and the pool in which they lie. */
final class StorageEndpoints {

    private static final String FOLDERS = "v1/communities/:id/folders";
    private static final String LIMITS = "v1/communities/:id/limits";
    private static final String POOL = "v1/storage/pool";

    /** Two screenfuls; who looks for somebody in particular filters by name in the page. */
    private static final int PAGE = 100;

    private final CommunityModule communities;
    private final IdentityModule identity;
    private final StorageModule storage;
    private final StorageListRepository lists;

    StorageEndpoints(
            CommunityModule communities,
            IdentityModule identity,
            StorageModule storage,
            StorageListRepository lists) {
        this.communities = communities;
        this.identity = identity;
        this.storage = storage;
        this.lists = lists;
    }

    List<Endpoint> endpoints(Access platform, Access managers) {
        return List.of(
                get(FOLDERS, managers, this::folders).as(StorageOperations.FOLDERS),
                post(FOLDERS, managers, this::make).as(StorageOperations.MAKE_FOLDER),
                put(LIMITS, managers, this::limit).as(StorageOperations.LIMIT),
                get(POOL, platform, this::pool).as(StorageOperations.POOL_SHOW),
                post(POOL + "/grow", platform, this::grow).as(StorageOperations.POOL_GROW));
    }

    private Response folders(Request request) {
        var community = community(request);
        var kind = kind(request.query("kind").orElse(FolderKind.HOME.name()));
        int offset = request.query("offset").map(MemberEndpoints::offset).orElse(0);
        var abilities = storage.poolService().report().kind().abilities();
        var rows = lists.folders(community, kind, offset, PAGE);
        var names = lists.names(community, kind);
        var limits = storage.limits();
        var effective =
                limits.of(
                        community,
                        kind,
                        rows.stream().map(StorageListRepository.FolderRow::folder).toList());
        var standard = limits.standard(community, kind);
        return Response.json(
                200,
                new StorageJson.FolderPage(
                        abilities.bytes(),
                        abilities.inodes(),
                        lists.held(community),
                        StorageJson.LimitLine.of(standard.bytes(), standard.bytesFrom(), names),
                        StorageJson.LimitLine.of(standard.inodes(), standard.inodesFrom(), names),
                        limits.rules(community, kind).stream()
                                .map(
                                        rule ->
                                                StorageJson.RuleLine.of(
                                                        rule,
                                                        names.get(rule.origin()),
                                                        rule.version()))
                                .toList(),
                        rows.stream()
                                .map(
                                        row ->
                                                StorageJson.FolderLine.of(
                                                        row,
                                                        effective.apply(row.folder()),
                                                        abilities.bytes(),
                                                        names))
                                .toList(),
                        rows.size() == PAGE ? offset + PAGE : null));
    }

    /** A group's folder; those of people and communities come by themselves. */
    private Response make(Request request) {
        var name = AdminBody.of(request, "group").required("group");
        var community = community(request);
        storage.folders().ensure(FolderKey.group(community, group(community, name)));
        return Response.json(201, Map.of());
    }

    private long group(CommunityId community, @Nullable String name) {
        return identity.groups()
                .find(community, name == null ? "" : name)
                .orElseThrow(() -> Problem.notFound("group.unknown", "There is no such group."))
                .id();
    }

    private Response limit(Request request) {
        var body =
                AdminBody.of(
                        request,
                        "kind",
                        "scope",
                        "name",
                        "folder",
                        "bytes",
                        "bytesWarning",
                        "inodes",
                        "inodesWarning",
                        "version");
        var community = community(request);
        var kind = kind(body.required("kind"));
        var scope = scope(body.required("scope"));
        var name = body.text("name").orElse(null);
        var rule =
                new LimitRule(
                        community,
                        kind,
                        scope,
                        subject(body, community, kind, scope, name),
                        bounds(body, "bytes"),
                        bounds(body, "inodes"),
                        body.version());
        var caller = AdminCaller.of(request);
        if (!caller.user().admin()) {
            storage.limits().requireWithinCommunity(rule);
        }
        long version = storage.limits().put(caller.actor(), rule);
        return Response.json(200, StorageJson.RuleLine.of(rule, name, version));
    }

    private long subject(
            AdminBody body,
            CommunityId community,
            FolderKind kind,
            LimitScope scope,
            @Nullable String name) {
        return switch (scope) {
            case PLATFORM, COMMUNITY -> 0;
            case GROUP -> group(community, name);
            case USER ->
                    identity.users()
                            .findByName(name == null ? "" : name)
                            .filter(user -> communities.members().isMember(community, user.id()))
                            .orElseThrow(
                                    () ->
                                            Problem.notFound(
                                                    "user.unknown",
                                                    "The community has no member of this name."))
                            .id()
                            .value();
            case FOLDER ->
                    storage.folders()
                            .find(body.size("folder").orElse(0L))
                            .filter(folder -> folder.key().community().equals(community))
                            .filter(folder -> folder.key().kind() == kind)
                            .orElseThrow(
                                    () ->
                                            Problem.notFound(
                                                    "folder.unknown",
                                                    "There is no such folder; look at the list"
                                                            + " again."))
                            .number();
        };
    }

    private static @Nullable Bounds bounds(AdminBody body, String key) {
        var hard = body.size(key);
        if (hard.isEmpty()) {
            return null;
        }
        return body.size(key + "Warning")
                .map(soft -> new Bounds(hard.get(), soft))
                .orElseGet(() -> Bounds.of(hard.get()));
    }

    private Response pool(Request request) {
        return Response.json(200, pool());
    }

    private Response grow(Request request) {
        long bytes =
                AdminBody.of(request, "bytes")
                        .size("bytes")
                        .orElseThrow(() -> AdminBody.missing("bytes"));
        storage.poolService().grow(request.caller(Caller.class).actor(), bytes);
        return Response.json(202, pool());
    }

    private StorageJson.Pool pool() {
        var pool = storage.poolService();
        return StorageJson.Pool.of(
                pool.report(),
                pool.largestBytes(),
                pool.growth(),
                storage.disks().look(),
                storage.snapshots().use());
    }

    private CommunityId community(Request request) {
        var id = AdminCaller.of(request).require(CommunityEndpoints.id(request));
        return communities.communities().find(id).orElseThrow(CommunityEndpoints::unknown).id();
    }

    private static FolderKind kind(String text) {
        try {
            return FolderKind.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "folder.kind-unknown",
                    "There are no folders of the kind '" + text + "'.",
                    e);
        }
    }

    private static LimitScope scope(String text) {
        for (var scope : LimitScope.values()) {
            if (scope.name().equals(text) && scope != LimitScope.PLATFORM) {
                return scope;
            }
        }
        throw Problem.invalid(
                "limit.scope-unknown",
                "A limit is for the COMMUNITY, a GROUP, a USER or a FOLDER.");
    }
}
