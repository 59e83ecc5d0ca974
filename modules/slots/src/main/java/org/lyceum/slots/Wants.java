package org.lyceum.slots;

import org.lyceum.catalog.LaunchSpec;
import org.lyceum.catalog.ProfileResolver;
import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many slots should wait, by what was asked for of late and by appointment. Blocking. */
final class Wants {

    private static final Logger log = LoggerFactory.getLogger(Wants.class);

    /** For the first ones of a class, who are early. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final SlotsConfig config;
    private final int parallel;
    private final Bytes scratch;
    private final CommunityService communities;
    private final ProfileResolver profiles;
    private final DemandRepository demand;
    private final LessonRepository lessons;
    private final AppointmentRepository appointments;
    private final ZoneId zone;

    Wants(
            SlotsConfig config,
            SlotsModule.Parts parts,
            int parallel,
            DemandRepository demand,
            LessonRepository lessons,
            AppointmentRepository appointments) {
        this.config = config;
        this.parallel = parallel;
        this.scratch = parts.scratch();
        this.communities = parts.communities();
        this.profiles = parts.profiles();
        this.demand = demand;
        this.lessons = lessons;
        this.appointments = appointments;
        this.zone = parts.zone();
    }

    /** What there should be, within the limits on all together. */
    Map<SlotKind, SlotPlan.Share> shares(List<Slot> rows, Instant now) {
        if (!config.enabled()) {
            return Map.of();
        }
        var wants = new ArrayList<SlotPlan.Want>();
        for (var appointment : appointments.all()) {
            byAppointment(appointment, rows, now).ifPresent(wants::add);
        }
        var open = communities.all().stream().filter(Community::active).map(Community::id).toList();
        for (var community : open) {
            first(community).ifPresent(wish -> wants.add(want(wish, config.spare())));
        }
        demand.all(now).forEach((wish, asked) -> wants.add(want(wish, asked.wanted())));
        wants.removeIf(want -> !open.contains(want.kind().community()));
        return SlotPlan.shares(wants, config.memory(), config.max());
    }

    private SlotPlan.Want want(SlotWish wish, int count) {
        return new SlotPlan.Want(
                wish.kind(), wish.limits(), count, lessons.of(wish.kind()).memory());
    }

    /** Early enough that all are ready, and less those whose people have come. */
    private Optional<SlotPlan.Want> byAppointment(
            Appointment appointment, List<Slot> rows, Instant now) {
        return wish(appointment.community(), appointment.profile())
                .flatMap(
                        wish -> {
                            var fill = lessons.of(wish.kind()).fill();
                            var lead =
                                    fill.multipliedBy(appointment.seats())
                                            .dividedBy(parallel)
                                            .plus(MARGIN);
                            if (!appointment.gathersAt(now.atZone(zone), lead)) {
                                return Optional.empty();
                            }
                            long come =
                                    rows.stream()
                                            .filter(row -> row.state() == Slot.State.CLAIMED)
                                            .filter(row -> row.kind().equals(wish.kind()))
                                            .count();
                            int missing = (int) Math.max(0, appointment.seats() - come);
                            return Optional.of(want(wish, missing));
                        });
    }

    private Optional<SlotWish> first(CommunityId community) {
        return config.spare() == 0 ? Optional.empty() : wish(community, "");
    }

    private Optional<SlotWish> wish(CommunityId community, String profile) {
        try {
            return profiles.offered(community, profile)
                    .filter(LaunchSpec::fitsSlot)
                    .map(spec -> wish(community, spec, scratch));
        } catch (Problem notNow) {
            log.debug("slots.profile-unresolved community={}", community, notNow);
            return Optional.empty();
        }
    }

    static SlotWish wish(CommunityId community, LaunchSpec spec, Bytes scratch) {
        return new SlotWish(
                new SlotKind(community, spec.imageId(), spec.command()),
                new ContainerSpec.Limits(spec.memory(), spec.milliCpus(), spec.pids(), scratch));
    }
}
