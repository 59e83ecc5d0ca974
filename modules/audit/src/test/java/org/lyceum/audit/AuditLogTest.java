package org.lyceum.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;
import org.slf4j.MDC;

import java.sql.DriverManager;
import java.util.Arrays;

/** Goal: a line is there exactly if its change is, and nobody changes one unnoticed. */
class AuditLogTest {

    private static final Actor ADA = new Actor.User(new UserId(7), "ada");

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private AuditLog audit;

    @BeforeEach
    void open() {
        audit = new AuditLog(temp.database(), temp.clock());
    }

    private void record(String thing) {
        audit.record(new CommunityId(1), ADA, AuditAction.USER_CREATED, thing);
    }

    @Test
    @SecurityStatement(54)
    void a_line_says_who_did_what_to_which_thing_when_and_in_which_request() {
        MDC.put("request", "r-1");
        try {
            temp.database()
                    .write(
                            tx -> {
                                audit.record(
                                        tx,
                                        new CommunityId(1),
                                        ADA,
                                        AuditAction.USER_RENAMED,
                                        "user:8",
                                        "bob",
                                        "robert");
                                return true;
                            });
        } finally {
            MDC.clear();
        }

        assertThat(audit.latest(10))
                .containsExactly(
                        new AuditEntry(
                                1,
                                temp.clock().instant(),
                                new CommunityId(1),
                                "user:7",
                                "ada",
                                "USER_RENAMED",
                                "user:8",
                                "bob",
                                "robert",
                                "r-1"));
    }

    @Test
    @SecurityStatement(54)
    void a_change_that_is_rolled_back_leaves_no_line() {
        assertThatThrownBy(
                        () ->
                                temp.database()
                                        .write(
                                                tx -> {
                                                    audit.record(
                                                            tx,
                                                            ADA,
                                                            AuditAction.USER_DELETED,
                                                            "user:8",
                                                            null,
                                                            null);
                                                    throw new IllegalStateException("no");
                                                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(audit.latest(10)).isEmpty();
    }

    @Test
    void the_newest_come_first_and_the_list_has_a_bound() {
        for (int i = 0; i < 5; i++) {
            record("user:" + i);
        }

        assertThat(audit.latest(2))
                .extracting(AuditEntry::thing)
                .containsExactly("user:4", "user:3");
        assertThat(audit.latest(1_000_000)).hasSize(5);
    }

    @Test
    void every_kind_of_actor_can_be_told_apart() {
        for (var actor :
                new Actor[] {
                    ADA,
                    new Actor.Service(3, "culler"),
                    new Actor.Job("servers.end-due"),
                    new Actor.Visitor(),
                    new Actor.Platform()
                }) {
            audit.record(null, actor, AuditAction.ACCESS_DENIED, "server:1");
        }

        assertThat(audit.latest(5))
                .extracting(AuditEntry::actor)
                .containsExactly(
                        "platform", "visitor", "job:servers.end-due", "service:3", "user:7");
    }

    @Test
    @SecurityStatement(54)
    void the_database_refuses_to_change_or_remove_a_line() {
        record("user:1");

        for (var statement :
                new String[] {
                    "UPDATE audit_entry SET actor = 'user:1'", "DELETE FROM audit_entry"
                }) {
            assertThatThrownBy(() -> temp.database().write(tx -> tx.execute(statement)))
                    .hasStackTraceContaining("never");
        }
    }

    @Test
    @SecurityStatement(54)
    void a_line_changed_or_taken_out_behind_our_back_breaks_the_chain() throws Exception {
        for (int i = 1; i <= 5; i++) {
            record("user:" + i);
        }
        assertThat(audit.firstBroken()).isEmpty();

        tamper("UPDATE audit_entry SET thing = 'user:9' WHERE id = 3");
        assertThat(audit.firstBroken()).contains(3L);
        tamper("UPDATE audit_entry SET thing = 'user:3' WHERE id = 3");
        assertThat(audit.firstBroken()).isEmpty();
        tamper("DELETE FROM audit_entry WHERE id = 2");
        assertThat(audit.firstBroken()).contains(3L);
    }

    /** As somebody with the file in their hands would. */
    private void tamper(String statement) throws Exception {
        var url = "jdbc:sqlite:" + temp.database().file();
        try (var connection = DriverManager.getConnection(url);
                var sql = connection.createStatement()) {
            sql.executeUpdate("DROP TRIGGER IF EXISTS audit_entry_no_update");
            sql.executeUpdate("DROP TRIGGER IF EXISTS audit_entry_no_delete");
            sql.executeUpdate(statement);
        }
    }

    @Test
    void values_that_would_flow_together_do_not_hash_alike() {
        audit.record(null, new Actor.Job("ab"), AuditAction.ACCESS_DENIED, "c");
        audit.record(null, new Actor.Job("a"), AuditAction.ACCESS_DENIED, "bc");

        var hashes =
                temp.database()
                        .read(sql -> sql.fetchValues("SELECT hash FROM audit_entry").toString());
        assertThat(hashes.split(",")).hasSize(2).doesNotHaveDuplicates();
        assertThat(audit.firstBroken()).isEmpty();
    }

    @Test
    void the_chain_goes_on_after_a_restart() {
        record("user:1");
        audit = new AuditLog(temp.reopen(), temp.clock());
        record("user:2");

        assertThat(audit.firstBroken()).isEmpty();
        assertThat(audit.latest(10)).hasSize(2);
    }

    @Test
    void every_action_has_a_sentence() {
        assertThat(Arrays.stream(AuditAction.values()).map(AuditAction::sentence))
                .allMatch(sentence -> sentence.endsWith("."))
                .doesNotHaveDuplicates();
    }
}
