package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lyceum.identity.RoleHolder;
import org.lyceum.main.CompatibilityPage.Difference;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.testing.Eventually;
import org.lyceum.platform.testing.RequiresDocker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Goal: whatever a client of JupyterHub does, we answer as JupyterHub does, and where we do not, a
 * page says so and why.
 *
 * <p>Method: one scripted session is played to the distribution's real JupyterHub and to the whole
 * platform, both starting the same single-user server from the same image. Statuses, the contract's
 * headers, cookies and JSON are compared leaf by leaf. A difference the page does not list fails;
 * so does a listed one that is no more. {@code -Dreference.write=true} writes the page's tables.
 */
@RequiresDocker(images = "LYCEUM_TEST_IMAGE_HUB")
class DifferentialIT {

    private static final Actor SETUP = new Actor.Platform();
    private static final String PASSWORD = "correct horse of all";
    private static final String ABSENT = "";

    /** Role and scopes of a service; as in {@code jupyterhub_config.py}. */
    private record Role(String name, List<String> scopes) {}

    private static final Map<String, Role> ROLES =
            Map.of(
                    "culler",
                    new Role(
                            "culling",
                            List.of(
                                    "list:users",
                                    "read:users:activity",
                                    "read:servers",
                                    "delete:servers")),
                    "reader",
                    new Role("reading", List.of("list:users", "read:users")),
                    "groupie",
                    new Role(
                            "grouping",
                            List.of(
                                    "list:users!group=lab",
                                    "read:users:name!group=lab",
                                    "read:servers!group=lab")));

    @Test
    void every_difference_to_a_real_jupyterhub_is_listed_with_its_reason() {
        var script = SessionStep.script("session.txt");
        var known = new HashMap<String, String>();
        known.put("password", PASSWORD);
        for (var name : List.of("operator", "culler", "reader", "groupie", "whoami")) {
            known.put(name, "secret-of-the-service-" + name);
        }
        Map<String, Map<String, String>> theirs;
        try (var jupyterHub = new JupyterHubContainer(known)) {
            prepare(jupyterHub, known);
            theirs = new SessionRun(jupyterHub.origin(), known).play(script);
        }
        Map<String, Map<String, String>> ours;
        try (var hub =
                HubUnderTest.withImage("LYCEUM_TEST_IMAGE_HUB", "servers.named-per-user = 1")) {
            known.putAll(prepare(hub));
            ours = new SessionRun(hub.origin(), known).play(script);
        }

        var seen = differences(script, theirs, ours);
        if (Boolean.getBoolean("reference.write")) {
            CompatibilityPage.read().write(seen);
        }
        assertThat(CompatibilityPage.read().faults(seen)).isEmpty();
    }

    private static void prepare(JupyterHubContainer hub, Map<String, String> known) {
        var client = new RawClient(hub.origin());
        for (var name : List.of("ada", "bob")) {
            var headers = List.of("Host: x", "Authorization: token " + known.get("operator"));
            assertThat(client.send("POST", "/hub/api/users/" + name, headers, "").status())
                    .isIn(201, 409); // who has a role is there already
        }
    }

    private static Map<String, String> prepare(HubUnderTest hub) {
        hub.user("root", true);
        hub.user("ada");
        hub.user("bob");
        List.of("root", "ada", "bob").forEach(name -> hub.setPassword(name, PASSWORD));
        hub.hub().identity().groups().create(SETUP, hub.community(), "lab", List.of());
        var secrets = new HashMap<String, String>();
        secrets.put("operator", hub.service(HubUnderTest.serviceDraft("operator", true, null)));
        secrets.put(
                "whoami",
                hub.service(HubUnderTest.serviceDraft("whoami", false, "http://127.0.0.1:9")));
        ROLES.forEach((name, role) -> secrets.put(name, hub.service(name, role.name, role.scopes)));
        hub.role(
                "visiting",
                List.of("access:services!service=whoami"),
                new RoleHolder.OfUser(hub.user("ada").id()));
        awaitRoute(hub, secrets.get("operator"));
        return secrets;
    }

    /** A service is there once the proxy has been told. */
    private static void awaitRoute(HubUnderTest hub, String token) {
        var client = new RawClient(hub.origin());
        var headers = List.of("Host: x", "Authorization: token " + token);
        Eventually.holds(
                "the service has its route",
                () ->
                        client.send("GET", "/hub/api/proxy", headers, "")
                                .body()
                                .contains("/services/whoami/"));
    }

    private static List<Difference> differences(
            List<SessionStep> script,
            Map<String, Map<String, String>> theirs,
            Map<String, Map<String, String>> ours) {
        var differences = new ArrayList<Difference>();
        for (var step : script) {
            if (!step.compared()) {
                continue;
            }
            var left = theirs.get(step.name());
            var right = ours.get(step.name());
            for (var aspect : aspects(left, right)) {
                var one = left.getOrDefault(aspect, ABSENT);
                var other = right.getOrDefault(aspect, ABSENT);
                if (!one.equals(other)) {
                    differences.add(
                            new Difference(step.section(), step.name(), aspect, one, other));
                }
            }
        }
        return differences;
    }

    /** One that succeeds and one that refuses have nothing else to compare. */
    private static Set<String> aspects(Map<String, String> theirs, Map<String, String> ours) {
        if (theirs.get("status").charAt(0) != ours.get("status").charAt(0)) {
            return Set.of("status");
        }
        var aspects = new TreeSet<>(theirs.keySet());
        aspects.addAll(ours.keySet());
        return aspects;
    }
}
