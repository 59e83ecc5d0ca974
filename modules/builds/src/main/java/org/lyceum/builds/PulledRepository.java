package org.lyceum.builds;

import static org.lyceum.platform.schema.builds.Tables.BUILDS_PULLED;

import org.lyceum.platform.db.Database;

import java.time.Clock;
import java.util.Map;

/** The only class that reads or writes {@code builds_pulled}. */
final class PulledRepository {

    private final Database db;
    private final Clock clock;

    PulledRepository(Database db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    void put(String imageId, String reference) {
        db.write(
                tx ->
                        tx.insertInto(BUILDS_PULLED)
                                .set(BUILDS_PULLED.IMAGE_ID, imageId)
                                .set(BUILDS_PULLED.REFERENCE, reference)
                                .set(BUILDS_PULLED.PULLED_AT, clock.millis())
                                .onDuplicateKeyIgnore()
                                .execute());
    }

    /** What each was called, by its id. */
    Map<String, String> all() {
        return db.read(
                sql ->
                        sql.selectFrom(BUILDS_PULLED)
                                .fetchMap(BUILDS_PULLED.IMAGE_ID, BUILDS_PULLED.REFERENCE));
    }

    void delete(String imageId) {
        db.write(
                tx ->
                        tx.deleteFrom(BUILDS_PULLED)
                                .where(BUILDS_PULLED.IMAGE_ID.eq(imageId))
                                .execute());
    }
}
