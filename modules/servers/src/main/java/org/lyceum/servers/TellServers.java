package org.lyceum.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.slots.SlotService;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderService;
import org.lyceum.storage.FolderUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells people inside their servers how much room their folders have, what administrators announce,
 * and that the server is about to end: writes what {@link GuestTools} show into each server's
 * directory when it has changed.
 */
final class TellServers implements Job {

    private static final Logger log = LoggerFactory.getLogger(TellServers.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerRepository servers;
    private final AnnouncementService announcements;
    private final PlannedEnds planned;
    private final FolderService folders;
    private final SlotService slots;
    private final SecretFiles files;
    private final Consumer<Server> changed;

    /** By the number of the server. */
    private final Map<Long, Told> told = new HashMap<>();

    /** What the directory of a start holds. */
    private record Told(String spawnId, String quota, String notices) {}

    /**
     * @param changed told of each server whose people have something new to read
     */
    TellServers(
            ServerRepository servers,
            AnnouncementService announcements,
            PlannedEnds planned,
            FolderService folders,
            SlotService slots,
            SecretFiles files,
            Consumer<Server> changed) {
        this.changed = changed;
        this.servers = servers;
        this.announcements = announcements;
        this.planned = planned;
        this.folders = folders;
        this.slots = slots;
        this.files = files;
    }

    @Override
    public String name() {
        return "servers.tell";
    }

    /** The command's help says so. */
    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public synchronized Report run() {
        var ready = servers.active().stream().filter(Server::ready).toList();
        told.keySet().retainAll(ready.stream().map(Server::id).toList());
        var announced = announcements.all();
        int changed = 0;
        int failed = 0;
        for (var server : ready) {
            try {
                changed += tell(server, announced) ? 1 : 0;
            } catch (IOException | Problem e) {
                failed++;
                log.warn("server.not-told server={}", server.key(), e);
            }
        }
        return new Report(ready.size(), changed, failed);
    }

    private boolean tell(Server server, List<Announcement> announced) throws IOException {
        var usages = usages(server.key());
        var now =
                new Told(
                        server.spawnId(),
                        QuotaTable.of(usages),
                        notices(server, announced, usages));
        if (now.equals(told.get(server.id()))) {
            return false;
        }
        put(server, GuestTools.QUOTA, now.quota());
        put(server, GuestTools.NOTICES, now.notices());
        told.put(server.id(), now);
        changed.accept(server);
        return true;
    }

    /** Of the folders that are the person's own, the home first. */
    private List<FolderUsage> usages(ServerKey key) {
        var usages = new ArrayList<FolderUsage>();
        folders.usage(FolderKey.home(key.community(), key.user())).ifPresent(usages::add);
        folders.usage(FolderKey.scratch(key.community(), key.user())).ifPresent(usages::add);
        return usages;
    }

    /** Nobody is there to be told when the server has ended meanwhile. */
    private void put(Server server, String name, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var slot = slots.of(server.id(), server.spawnId());
        if (slot.isPresent()) {
            slots.tell(slot.get(), name, bytes);
        } else {
            files.tell(server.id(), name, bytes);
        }
    }

    private String notices(Server server, List<Announcement> announced, List<FolderUsage> usages)
            throws JsonProcessingException {
        var notices = new ArrayList<Notice>();
        announced.stream()
                .filter(each -> each.isFor(server.key().community()))
                .map(Notice::of)
                .forEach(notices::add);
        var end = planned.of(server);
        if (end != null) {
            notices.add(Notice.of(end));
        }
        usages.stream()
                .limit(1)
                .map(FolderUsage::level)
                .filter(level -> level != FolderUsage.Level.FINE)
                .map(Notice::ofHome)
                .forEach(notices::add);
        return JSON.writeValueAsString(Map.of("notices", notices));
    }
}
