package org.lyceum.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lyceum.audit.AuditEntry;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.testing.TempDatabase;

import java.util.ArrayList;

/** Goal: a community is renamed, paused, deleted and brought back, and loses nothing by it. */
class CommunityLifeTest {

    private static final Actor ADMIN = new Actor.Platform();

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private AuditLog audit;
    private IdentityModule identity;
    private CommunityService communities;
    private Community maths;

    @BeforeEach
    void open() {
        audit = new AuditLog(temp.database(), temp.clock());
        identity = new IdentityModule(temp.database(), audit, temp.clock());
        communities =
                new CommunityModule(
                                HostsConfig.defaults(),
                                temp.database(),
                                audit,
                                identity,
                                temp.clock())
                        .communities();
        maths = communities.create(ADMIN, "maths", "Mathematics");
    }

    @AfterEach
    void close() {
        identity.close();
    }

    private static String refused(ThrowingCallable call) {
        return catchThrowableOfType(Problem.class, call).code();
    }

    private Community now() {
        return communities.find(maths.id()).orElseThrow();
    }

    @Test
    void a_renamed_community_moves_and_keeps_its_old_address() {
        var renamed = communities.rename(ADMIN, maths.id(), maths.version(), "numbers");

        assertThat(renamed.baseUrl()).isEqualTo("/numbers/");
        assertThat(renamed.id()).isEqualTo(maths.id());
        assertThat(communities.formerAddresses())
                .extracting(FormerAddress::baseUrl, FormerAddress::community)
                .containsExactly(org.assertj.core.api.Assertions.tuple("/maths/", maths.id()));
        assertThat(refused(() -> communities.create(ADMIN, "maths", "Others")))
                .isEqualTo("community.name-was-used");
        assertThat(refused(() -> communities.create(ADMIN, "numbers", "Others")))
                .isEqualTo("community.exists");
    }

    @Test
    void who_goes_back_to_an_old_name_leaves_the_newer_one_behind() {
        var renamed = communities.rename(ADMIN, maths.id(), 0, "numbers");
        var back = communities.rename(ADMIN, maths.id(), renamed.version(), "maths");

        assertThat(back.baseUrl()).isEqualTo("/maths/");
        assertThat(communities.formerAddresses())
                .extracting(FormerAddress::baseUrl)
                .containsExactly("/numbers/");
    }

    @Test
    void the_first_community_stays_at_the_root_whatever_it_is_called() {
        var first = communities.ensureDefault();
        var renamed = communities.rename(ADMIN, first.id(), first.version(), "school");

        assertThat(renamed.baseUrl()).isEqualTo("/");
        assertThat(communities.formerAddresses()).isEmpty();
        assertThat(refused(() -> communities.delete(ADMIN, first.id(), renamed.version())))
                .isEqualTo("community.first-stays");
    }

    @Test
    void an_old_address_is_released_when_nothing_runs_there_any_more() {
        var running = new ArrayList<String>();
        communities.keepWhile(address -> running.contains(address.baseUrl()));
        running.add("/maths/");
        communities.rename(ADMIN, maths.id(), 0, "numbers");

        assertThat(refused(() -> communities.release(ADMIN, maths.id(), "/maths/")))
                .isEqualTo("community.address-in-use");
        running.clear();
        communities.release(ADMIN, maths.id(), "/maths/");

        assertThat(communities.create(ADMIN, "maths", "Others").baseUrl()).isEqualTo("/maths/");
        assertThat(refused(() -> communities.release(ADMIN, maths.id(), "/maths/")))
                .isEqualTo("community.address-unknown");
    }

    @Test
    void of_two_who_edit_the_same_version_the_second_is_told() {
        communities.change(ADMIN, maths.id(), 0, "Maths", null, null);

        assertThat(refused(() -> communities.change(ADMIN, maths.id(), 0, "Sums", null, null)))
                .isEqualTo("community.stale");
        assertThat(refused(() -> communities.rename(ADMIN, maths.id(), 0, "sums")))
                .isEqualTo("community.stale");
        assertThat(refused(() -> communities.pause(ADMIN, maths.id(), 0, "", false)))
                .isEqualTo("community.stale");
        assertThat(now().title()).isEqualTo("Maths");
        assertThat(now().version()).isEqualTo(1);
    }

    @Test
    void a_pause_carries_its_notice_and_ends() {
        var paused = communities.pause(ADMIN, maths.id(), 0, " Back on Monday. ", true);
        assertThat(paused.state()).isEqualTo(Community.State.PAUSED);
        assertThat(paused.notice()).isEqualTo("Back on Monday.");
        assertThat(paused.stopsServers()).isTrue();

        var resumed = communities.resume(ADMIN, maths.id(), paused.version());

        assertThat(resumed.active()).isTrue();
        assertThat(resumed.notice()).isEmpty();
        assertThat(resumed.stopsServers()).isFalse();
    }

    @Test
    void what_is_deleted_keeps_its_name_and_comes_back_paused() {
        var deleted = communities.delete(ADMIN, maths.id(), 0);

        assertThat(deleted.deleted()).isTrue();
        assertThat(deleted.stopsServers()).isTrue();
        assertThat(communities.present()).doesNotContain(deleted);
        assertThat(communities.all()).contains(deleted);
        assertThat(refused(() -> communities.create(ADMIN, "maths", "Others")))
                .isEqualTo("community.exists-deleted");
        assertThat(refused(() -> communities.resume(ADMIN, maths.id(), deleted.version())))
                .isEqualTo("community.is-deleted");

        var restored = communities.restore(ADMIN, maths.id(), deleted.version());

        assertThat(restored.state()).isEqualTo(Community.State.PAUSED);
        assertThat(communities.present()).contains(restored);
    }

    @Test
    void impossible_limits_titles_and_notices_are_refused() {
        var id = maths.id();
        for (var limits :
                new Limits[] {
                    new Limits(0, null, null),
                    new Limits(null, -1, null),
                    new Limits(null, null, 9999)
                }) {
            assertThat(refused(() -> communities.change(ADMIN, id, 0, null, null, limits)))
                    .isEqualTo("community.limit-invalid");
        }
        assertThat(refused(() -> communities.change(ADMIN, id, 0, " ", null, null)))
                .isEqualTo("community.title-invalid");
        assertThat(refused(() -> communities.change(ADMIN, id, 0, "a\nb", null, null)))
                .isEqualTo("community.title-invalid");
        assertThat(refused(() -> communities.pause(ADMIN, id, 0, "x".repeat(501), false)))
                .isEqualTo("community.notice-invalid");
        assertThat(refused(() -> communities.rename(ADMIN, new CommunityId(99), 0, "sums")))
                .isEqualTo("community.unknown");
    }

    @Test
    void listeners_hear_of_each_change_and_one_that_fails_harms_nobody() {
        var heard = new ArrayList<CommunityId>();
        communities.onChanged(
                change -> {
                    throw new IllegalStateException("a listener's own trouble");
                });
        communities.onChanged(change -> heard.add(change.id()));

        communities.pause(ADMIN, maths.id(), 0, "", false);
        var other = communities.create(ADMIN, "physics", "Physics");

        assertThat(heard).containsExactly(maths.id(), other.id());
    }

    @Test
    void every_change_is_in_the_log_with_what_was_before() {
        communities.rename(ADMIN, maths.id(), 0, "numbers");
        communities.change(ADMIN, maths.id(), 1, "Sums", null, new Limits(1, 2, 3));
        communities.pause(ADMIN, maths.id(), 2, "", true);
        communities.delete(ADMIN, maths.id(), 3);

        assertThat(audit.latest(4))
                .extracting(AuditEntry::action)
                .containsExactly(
                        "COMMUNITY_DELETED",
                        "COMMUNITY_PAUSED",
                        "COMMUNITY_CHANGED",
                        "COMMUNITY_RENAMED");
        assertThat(audit.latest(3).getLast().before()).contains("title=Mathematics");
        assertThat(audit.latest(3).getLast().after()).contains("title=Sums", "active=2");
    }
}
