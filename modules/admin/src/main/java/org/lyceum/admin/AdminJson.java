package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.audit.AuditEntry;
import org.lyceum.community.Community;
import org.lyceum.community.Hosts;
import org.lyceum.community.HubAddress;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.jobs.JobStatus;
import org.lyceum.platform.kernel.Names;
import org.lyceum.servers.MachineCalm;
import org.lyceum.servers.ServerState;
import org.lyceum.servers.StopReason;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the panel's API answers. The reference, and the panel's own types, are made from these
 * records.
 */
final class AdminJson {

    private AdminJson() {}

    record Me(
            String name,
            @Meaning("Whether an administrator of the platform; else a manager.") boolean admin,
            @Meaning("Those that they administer.") List<CommunityLine> communities) {}

    record CommunityLine(
            long id,
            String name,
            String title,
            String baseUrl,
            @Meaning("Of its home page.") String url) {

        static CommunityLine of(Community community, Hosts hosts) {
            return new CommunityLine(
                    community.id().value(),
                    community.name(),
                    community.title(),
                    community.baseUrl(),
                    CommunityJson.home(community, hosts));
        }
    }

    record Overview(
            String version,
            Instant startedAt,
            Engine engine,
            Disk disk,
            Memory memory,
            Addresses addresses,
            Counts counts,
            Calm calm,
            @Meaning("Devices that servers can have, with what is taken.")
                    List<DeviceJson.Use> devices) {}

    /** Whether the machine is short of something for longer, and what is done about it. */
    record Calm(
            @Meaning("UNKNOWN where the kernel does not tell.") MachineCalm.State state,
            @Meaning("Null unless something is done.") @Nullable Instant since,
            @Meaning("What there is too little of; null unless something is done.")
                    MachineCalm.@Nullable Lack lack) {

        static Calm of(MachineCalm calm) {
            return new Calm(calm.state(), calm.since(), calm.lack());
        }
    }

    record Addresses(
            @Meaning("Where people reach the platform; null when nobody has said.")
                    @Nullable String url,
            @Meaning("Whether each user's servers are on a host of their own.")
                    boolean userHosts) {}

    record Engine(
            boolean reachable,
            @Nullable String version,
            @Meaning("Why it cannot be reached.") @Nullable String problem) {}

    /** Where the platform's data is. */
    record Disk(long totalBytes, long freeBytes) {}

    record Memory(long totalBytes, long availableBytes) {}

    record Counts(long users, long readyServers, long startingServers) {}

    /** One server of a user. */
    record Server(
            long id,
            @Meaning("Title of the community.") String community,
            String user,
            @Meaning("Empty for the default one.") String name,
            ServerState state,
            @Meaning("Whether it runs and is frozen until somebody comes.") boolean asleep,
            @Meaning("Null while it does not run.") @Nullable Instant startedAt,
            Instant lastActivityAt,
            String image,
            long memoryBytes,
            @Meaning("Why it stopped last, in words.") @Nullable String stopReason,
            @Meaning("Why it could not be started, in words.") @Nullable String failure,
            @Meaning("Where it is, as the panel can link to it.") String url) {

        /** {@code hub}: where its community's hub is. */
        static Server of(AdminListRepository.ServerLine line, boolean asleep, HubAddress hub) {
            var launch = Json.parse(line.launch().getBytes(StandardCharsets.UTF_8));
            var stored = line.stopReason();
            return new Server(
                    line.id(),
                    line.community(),
                    line.user(),
                    line.key().name(),
                    ServerState.valueOf(line.state()),
                    asleep,
                    line.startedAt(),
                    line.lastActivityAt(),
                    launch.path("image").asText(),
                    launch.path("memoryBytes").asLong(),
                    stored == null ? null : StopReason.valueOf(stored).sentence(),
                    line.failure(),
                    url(line, hub));
        }

        private static String url(AdminListRepository.ServerLine line, HubAddress hub) {
            if (ServerState.valueOf(line.state()).active()) {
                int slash = line.prefix().indexOf('/');
                var path =
                        Arrays.stream(line.prefix().substring(slash).split("/", -1))
                                .map(Names::pathSegment)
                                .collect(Collectors.joining("/"));
                return fromPlatform(hub, line.prefix().substring(0, slash), path);
            }
            var user = hub.base() + "user/" + Names.pathSegment(line.user()) + "/";
            var name = line.key().name();
            var path = name.isEmpty() ? user : user + Names.pathSegment(name) + "/";
            return fromPlatform(hub, hub.serverHost(line.user()), path);
        }

        /** The panel is on the platform's host, whatever host the hub has. */
        private static String fromPlatform(HubAddress hub, String host, String path) {
            var platform = hub.platform();
            return host.isEmpty() || platform == null ? path : platform.at(host) + path;
        }
    }

    record Person(
            long id,
            String name,
            @Meaning("Whether an administrator of the platform.") boolean admin,
            @Meaning("Whether they have an authenticator.") boolean secondFactor,
            Instant createdAt,
            @Nullable Instant lastActivityAt) {

        static Person of(AdminListRepository.PersonLine line, boolean secondFactor) {
            return new Person(
                    line.id(),
                    line.name(),
                    line.admin(),
                    secondFactor,
                    line.createdAt(),
                    line.lastActivityAt());
        }
    }

    record PersonPage(
            List<Person> items,
            @Meaning("Offset of the following page; null on the last one.")
                    @Nullable Integer next) {}

    /** Who did what to which thing. */
    record AuditEntryLine(
            Instant at,
            String actor,
            @Meaning("One of docs/reference/audit.md.") String action,
            String thing,
            @Meaning("What it is afterwards, as JSON.") @Nullable String detail) {

        static AuditEntryLine of(AuditEntry entry) {
            return new AuditEntryLine(
                    entry.at(), entry.actorName(), entry.action(), entry.thing(), entry.after());
        }
    }

    /** Work that the platform does by itself; the figures are those of its last run. */
    record Job(
            String name,
            long everySeconds,
            boolean running,
            @Nullable Instant lastRunAt,
            @Nullable Long tookMillis,
            @Nullable Integer looked,
            @Nullable Integer changed,
            @Nullable Integer failed,
            @Nullable String failure) {

        static Job of(JobStatus status) {
            var took = status.took();
            var report = status.report();
            return new Job(
                    status.name(),
                    status.every().toSeconds(),
                    status.running(),
                    status.lastRun(),
                    took == null ? null : took.toMillis(),
                    report == null ? null : report.looked(),
                    report == null ? null : report.changed(),
                    report == null ? null : report.failed(),
                    status.failure());
        }
    }

    /** RFC 9457, as {@link ProblemJson} writes it. */
    record Failure(
            @Meaning("urn:lyceum:problem: and the code.") String type,
            int status,
            @Meaning("One of docs/reference/problems.md.") String code,
            @Meaning("What is wrong and what to do, for people.") String detail,
            @Meaning("urn:request: and the number of the request.") String instance) {}
}
