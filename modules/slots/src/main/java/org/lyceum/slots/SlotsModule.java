package org.lyceum.slots;

import org.lyceum.audit.AuditLog;
import org.lyceum.catalog.ProfileResolver;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.jobs.Job;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Wires the slots module. Nothing is filled before its job runs for the first time. */
public final class SlotsModule implements Module {

    private final Bytes budget;
    private final SlotService service;
    private final SlotQueries queries;
    private final FillSlots fill;

    /**
     * The parts this one stands on.
     *
     * @param scratch size of /tmp in every container
     * @param zone where weekdays and times of day are
     */
    public record Parts(
            Database db,
            AuditLog audit,
            CommunityService communities,
            ProfileResolver profiles,
            ContainerEngine engine,
            Bytes scratch,
            ZoneId zone) {}

    /**
     * What is the same for every container.
     *
     * @param mountPoints where folders are mounted in a container, the home first
     * @param uid whom it runs as
     * @param common files that it is given, below one of the engine's bind roots
     * @param room whether the disk has any for what nobody has asked for yet
     */
    public record Inside(
            List<String> mountPoints,
            int uid,
            int gid,
            Rehearsal rehearsal,
            Supplier<List<ContainerSpec.Bind>> common,
            BooleanSupplier room) {}

    /**
     * @param labelKey signs labels
     * @param data the platform's data directory; {@code run/slots} below it, which must lie below
     *     one of the engine's bind roots, holds launchers and their sockets
     */
    public SlotsModule(
            SlotsConfig config,
            Parts parts,
            Inside inside,
            PlatformId platform,
            Secret labelKey,
            Path data,
            Clock clock) {
        this.budget = config.enabled() ? config.memory() : new Bytes(0);
        var slots = new SlotRepository(parts.db());
        var demand = new DemandRepository(parts.db());
        var lessons = new LessonRepository(parts.db());
        var appointments = new AppointmentRepository(parts.db(), parts.audit());
        var engine = parts.engine();
        var labels = new SlotLabels(platform, labelKey);
        var files = new SlotFiles(data.resolve("run").resolve("slots"), inside.uid());
        var channels = new SlotChannels();
        var tools =
                new SlotTools(
                        labels,
                        files,
                        channels,
                        new SlotEnds(slots, engine, labels, files, channels),
                        new SlotTools.Runs(inside.uid(), inside.gid()),
                        inside.mountPoints(),
                        inside.common(),
                        parts.scratch());
        int parallel = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var wants = new Wants(config, parts, parallel, demand, lessons, appointments);
        var filler = new SlotFiller(slots, lessons, tools, engine, inside.rehearsal(), clock);
        this.fill =
                new FillSlots(
                        parallel,
                        slots,
                        lessons,
                        wants,
                        filler,
                        tools,
                        engine,
                        inside.room(),
                        clock);
        this.service = new SlotService(slots, demand, tools, engine, fill, clock);
        this.queries = new SlotQueries(config, slots, lessons, wants, fill, clock);
    }

    /** What all that wait may use together. */
    public Bytes budget() {
        return budget;
    }

    public SlotService slots() {
        return service;
    }

    public SlotQueries queries() {
        return queries;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(fill);
    }

    @Override
    public void close() {
        fill.close();
    }
}
