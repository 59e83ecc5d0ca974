package org.lyceum.slots;

import static org.lyceum.platform.schema.slots.Tables.SLOTS_IMAGE;

import org.lyceum.platform.db.Database;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.schema.slots.tables.records.SlotsImageRecord;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** The only class that reads or writes {@code slots_image}. */
final class LessonRepository {

    private final Database db;

    LessonRepository(Database db) {
        this.db = db;
    }

    /** {@link Lesson#NONE} when nothing is known. */
    Lesson of(SlotKind kind) {
        return db.read(
                sql ->
                        sql.selectFrom(SLOTS_IMAGE)
                                .where(SLOTS_IMAGE.IMAGE_ID.eq(kind.imageId()))
                                .and(SLOTS_IMAGE.COMMAND.eq(Commands.json(kind.command())))
                                .fetchOptional(LessonRepository::toLesson)
                                .orElse(Lesson.NONE));
    }

    /** Changes what is known, from what is known at this moment. */
    void change(SlotKind kind, Instant now, UnaryOperator<Lesson> change) {
        var command = Commands.json(kind.command());
        db.write(
                sql -> {
                    var known =
                            sql.selectFrom(SLOTS_IMAGE)
                                    .where(SLOTS_IMAGE.IMAGE_ID.eq(kind.imageId()))
                                    .and(SLOTS_IMAGE.COMMAND.eq(command))
                                    .fetchOptional(LessonRepository::toLesson)
                                    .orElse(Lesson.NONE);
                    var fresh = toRow(change.apply(known), now);
                    return sql.insertInto(SLOTS_IMAGE)
                            .set(SLOTS_IMAGE.IMAGE_ID, kind.imageId())
                            .set(SLOTS_IMAGE.COMMAND, command)
                            .set(fresh)
                            .onConflict(SLOTS_IMAGE.IMAGE_ID, SLOTS_IMAGE.COMMAND)
                            .doUpdate()
                            .set(fresh)
                            .execute();
                });
    }

    private static SlotsImageRecord toRow(Lesson lesson, Instant now) {
        var retry = lesson.retryAt();
        var row = new SlotsImageRecord();
        row.setModules(lesson.learned() ? Commands.json(lesson.modules()) : null);
        row.setFillMillis(lesson.fill().toMillis());
        row.setMemoryBytes(lesson.memory().value());
        row.setFailures((long) lesson.failures());
        row.setFailure(lesson.failure());
        row.setRetryAt(retry == null ? null : retry.toEpochMilli());
        row.setLearnedAt(now.toEpochMilli());
        return row;
    }

    private static Lesson toLesson(SlotsImageRecord row) {
        var modules = row.getModules();
        var fill = row.getFillMillis();
        var memory = row.getMemoryBytes();
        var retry = row.getRetryAt();
        return new Lesson(
                modules == null ? List.of() : Commands.list(modules),
                fill == null ? Lesson.USUAL_FILL : Duration.ofMillis(fill),
                memory == null ? Lesson.USUAL_MEMORY : new Bytes(memory),
                Math.toIntExact(row.getFailures()),
                row.getFailure(),
                retry == null ? null : Instant.ofEpochMilli(retry));
    }
}
