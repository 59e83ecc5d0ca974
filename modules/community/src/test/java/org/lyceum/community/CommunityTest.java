package org.lyceum.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lyceum.audit.AuditLog;
import org.lyceum.identity.IdentityModule;
import org.lyceum.identity.Owner;
import org.lyceum.identity.TokenRequest;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.platform.testing.TempDatabase;

import java.util.List;

/** Goal: communities stand apart, and leaving one takes everything there along. */
class CommunityTest {

    private static final Actor ADMIN = new Actor.Platform();

    @RegisterExtension final TempDatabase temp = new TempDatabase();

    private IdentityModule identity;
    private CommunityModule module;

    @BeforeEach
    void open() {
        var audit = new AuditLog(temp.database(), temp.clock());
        identity = new IdentityModule(temp.database(), audit, temp.clock());
        module =
                new CommunityModule(
                        HostsConfig.defaults(), temp.database(), audit, identity, temp.clock());
    }

    @AfterEach
    void close() {
        identity.close();
    }

    private User user(String name) {
        return identity.users().create(ADMIN, name, false);
    }

    private static String codeOf(Throwable failure) {
        return ((Problem) failure).code();
    }

    @Test
    void the_first_community_is_there_at_the_root() {
        var first = module.communities().ensureDefault();

        assertThat(first.id()).isEqualTo(Community.DEFAULT);
        assertThat(first.baseUrl()).isEqualTo("/");
        assertThat(module.communities().all()).containsExactly(first);
    }

    @Test
    void another_community_has_a_base_url_of_its_own() {
        var maths = module.communities().create(ADMIN, "maths", "Faculty of Mathematics");

        assertThat(maths.baseUrl()).isEqualTo("/maths/");
        assertThat(module.communities().find(maths.id())).contains(maths);
        assertThatThrownBy(() -> module.communities().create(ADMIN, "maths", "Again"))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("community.exists"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "hub", "user", "api", "panel", "sso", "Maths", "a/b", "..", "-a", "é",
                "a b"
            })
    void a_name_that_would_shadow_the_hub_or_break_a_url_is_refused(String name) {
        assertThatThrownBy(() -> module.communities().create(ADMIN, name, "Title"))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("community.name-invalid"));
    }

    @Test
    void joining_and_leaving_twice_is_fine() {
        var ada = user("ada");
        var members = module.members();
        members.join(ADMIN, Community.DEFAULT, ada.id());
        members.join(ADMIN, Community.DEFAULT, ada.id());
        assertThat(members.isMember(Community.DEFAULT, ada.id())).isTrue();

        members.leave(ADMIN, Community.DEFAULT, ada.id());
        members.leave(ADMIN, Community.DEFAULT, ada.id());

        assertThat(members.isMember(Community.DEFAULT, ada.id())).isFalse();
    }

    @Test
    void nobody_joins_what_is_not_there() {
        var ada = user("ada");
        assertThatThrownBy(() -> module.members().join(ADMIN, new CommunityId(77), ada.id()))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("community.unknown"));
        assertThatThrownBy(() -> module.members().join(ADMIN, Community.DEFAULT, new UserId(77)))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("user.unknown"));
    }

    @Test
    @SecurityStatement(42)
    void who_leaves_loses_sessions_tokens_and_groups_there_and_keeps_those_elsewhere() {
        var ada = user("ada");
        var maths = module.communities().create(ADMIN, "maths", "Mathematics").id();
        for (var community : List.of(Community.DEFAULT, maths)) {
            module.members().join(ADMIN, community, ada.id());
            identity.groups().create(ADMIN, community, "class", List.of("ada"));
        }
        var session = identity.sessions().open(Community.DEFAULT, ada.id(), "test").session();
        var here = identity.sessions().enter(session, Community.DEFAULT);
        var there = identity.sessions().enter(session, maths);
        var hereToken = token(Community.DEFAULT, ada);
        var thereToken = token(maths, ada);

        module.members().leave(ADMIN, Community.DEFAULT, ada.id());

        assertThat(identity.sessions().find(Community.DEFAULT, here)).isEmpty();
        assertThat(identity.tokens().authenticate(Community.DEFAULT, hereToken)).isEmpty();
        assertThat(identity.groups().groupsOf(ada.id(), Community.DEFAULT)).isEmpty();
        assertThat(identity.sessions().find(maths, there)).isPresent();
        assertThat(identity.tokens().authenticate(maths, thereToken)).isPresent();
        assertThat(identity.groups().groupsOf(ada.id(), maths)).containsExactly("class");
    }

    @Test
    void a_deleted_user_is_no_member_any_more() {
        var ada = user("ada");
        module.members().join(ADMIN, Community.DEFAULT, ada.id());

        identity.users().delete(ADMIN, ada.id());

        assertThat(module.members().isMember(Community.DEFAULT, ada.id())).isFalse();
    }

    private org.lyceum.platform.kernel.Secret token(CommunityId community, User user) {
        var request =
                new TokenRequest.Api(community, new Owner.OfUser(user), List.of(), "test", null);
        return identity.tokens().issue(ADMIN, request).secret();
    }
}
