package org.lyceum.slots;

import static org.lyceum.platform.schema.slots.Tables.SLOTS_APPOINTMENT;

import org.lyceum.audit.AuditAction;
import org.lyceum.audit.AuditLog;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.schema.slots.tables.records.SlotsAppointmentRecord;

import java.time.DayOfWeek;
import java.util.List;

/** The only class that reads or writes {@code slots_appointment}. */
final class AppointmentRepository {

    private static final int MAX = 1000;

    private final Database db;
    private final AuditLog audit;

    AppointmentRepository(Database db, AuditLog audit) {
        this.db = db;
        this.audit = audit;
    }

    /** By community, weekday and time; at most 1000. */
    List<Appointment> all() {
        return db.read(
                sql ->
                        sql.selectFrom(SLOTS_APPOINTMENT)
                                .orderBy(
                                        SLOTS_APPOINTMENT.COMMUNITY_ID,
                                        SLOTS_APPOINTMENT.WEEKDAY,
                                        SLOTS_APPOINTMENT.FROM_MINUTE,
                                        SLOTS_APPOINTMENT.ID)
                                .limit(MAX)
                                .fetch(AppointmentRepository::toAppointment));
    }

    Appointment add(Actor actor, Appointment wanted) {
        return db.write(
                sql -> {
                    var made =
                            sql.insertInto(SLOTS_APPOINTMENT)
                                    .set(SLOTS_APPOINTMENT.COMMUNITY_ID, wanted.community().value())
                                    .set(SLOTS_APPOINTMENT.PROFILE, wanted.profile())
                                    .set(
                                            SLOTS_APPOINTMENT.WEEKDAY,
                                            (long) wanted.weekday().getValue())
                                    .set(SLOTS_APPOINTMENT.FROM_MINUTE, (long) wanted.fromMinute())
                                    .set(
                                            SLOTS_APPOINTMENT.UNTIL_MINUTE,
                                            (long) wanted.untilMinute())
                                    .set(SLOTS_APPOINTMENT.SEATS, (long) wanted.seats())
                                    .returning()
                                    .fetchSingle(AppointmentRepository::toAppointment);
                    audit.record(
                            sql,
                            made.community(),
                            actor,
                            AuditAction.APPOINTMENT_ADDED,
                            "appointment:" + made.id(),
                            null,
                            made.profile() + " x " + made.seats());
                    return made;
                });
    }

    /**
     * @return whether there was one
     */
    boolean remove(Actor actor, CommunityId community, long id) {
        return db.write(
                sql -> {
                    boolean gone =
                            sql.deleteFrom(SLOTS_APPOINTMENT)
                                            .where(SLOTS_APPOINTMENT.ID.eq(id))
                                            .and(
                                                    SLOTS_APPOINTMENT.COMMUNITY_ID.eq(
                                                            community.value()))
                                            .execute()
                                    == 1;
                    if (gone) {
                        audit.record(
                                sql,
                                community,
                                actor,
                                AuditAction.APPOINTMENT_REMOVED,
                                "appointment:" + id,
                                null,
                                null);
                    }
                    return gone;
                });
    }

    private static Appointment toAppointment(SlotsAppointmentRecord row) {
        return new Appointment(
                row.getId(),
                new CommunityId(row.getCommunityId()),
                row.getProfile(),
                DayOfWeek.of(Math.toIntExact(row.getWeekday())),
                Math.toIntExact(row.getFromMinute()),
                Math.toIntExact(row.getUntilMinute()),
                Math.toIntExact(row.getSeats()));
    }
}
