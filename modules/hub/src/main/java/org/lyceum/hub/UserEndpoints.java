package org.lyceum.hub;

import org.lyceum.hub.HubAccess.Aim;
import org.lyceum.identity.User;
import org.lyceum.platform.http.Endpoint;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** JupyterHub's REST API for users (contract §4.5). Source: jupyterhub 5, apihandlers/users.py. */
final class UserEndpoints {

    private static final String ALL = "hub/api/users";
    private static final String ONE = "hub/api/users/:user";

    private final HubAccess access;
    private final HubModels models;
    private final HubMembers members;
    private final People people;
    private final UserChanges changes;

    UserEndpoints(
            HubAccess access,
            HubModels models,
            HubMembers members,
            People people,
            UserChanges changes) {
        this.access = access;
        this.models = models;
        this.members = members;
        this.people = people;
        this.changes = changes;
    }

    List<Endpoint> endpoints() {
        var read =
                access.api(
                        Aim.USER,
                        "read:users",
                        "read:users:name",
                        "read:users:groups",
                        "read:users:activity",
                        "read:roles:users",
                        "read:servers");
        // Whoever may administer some users only may not make others.
        var create = access.api(Aim.HUB, "admin:users");
        return List.of(
                Endpoint.post(ALL, create, this::createSeveral).as(UserOperations.CREATE_SEVERAL),
                Endpoint.get(ONE, read, this::one).as(UserOperations.ONE),
                Endpoint.post(ONE, create, this::createOne).as(UserOperations.CREATE_ONE),
                Endpoint.patch(ONE, access.api(Aim.USER, "admin:users"), this::change)
                        .as(UserOperations.CHANGE),
                Endpoint.delete(ONE, access.api(Aim.USER, "delete:users"), this::delete)
                        .as(UserOperations.DELETE));
    }

    private Response one(Request request) {
        return answer(request, 200, members.require(request.param("user")));
    }

    private Response createSeveral(Request request) {
        var body = Bodies.object(request);
        var names =
                Bodies.texts(body, "usernames").orElse(List.of()).stream()
                        .map(Names::normaliseUser)
                        .distinct()
                        .toList();
        if (names.isEmpty()) {
            throw Problem.invalid("user.no-names", "Must specify at least one user to create");
        }
        names.forEach(UserEndpoints::requireValid);
        boolean admin = admin(request, Bodies.flag(body, "admin")).orElse(false);
        var fresh = names.stream().filter(name -> members.find(name).isEmpty()).toList();
        if (fresh.isEmpty()) {
            throw Problem.conflict("user.exists", "All " + names.size() + " users already exist");
        }
        var created = new ArrayList<User>();
        var caller = HubCaller.of(request);
        fresh.forEach(name -> created.add(changes.add(caller, name, admin)));
        return Response.json(201, models(request, people.of(created)));
    }

    private List<Object> models(Request request, List<HubModels.Person> persons) {
        var scopes = HubCaller.of(request).caller().scopes();
        return persons.stream().map(p -> (Object) models.user(scopes, p, false)).toList();
    }

    /** Takes the name as it is, as JupyterHub does here. */
    private Response createOne(Request request) {
        var name = request.param("user");
        requireValid(name);
        boolean admin = admin(request, Bodies.flag(Bodies.object(request), "admin")).orElse(false);
        if (members.find(name).isPresent()) {
            throw Problem.conflict("user.exists", "User " + name + " already exists");
        }
        return answer(request, 201, changes.add(HubCaller.of(request), name, admin));
    }

    private Response change(Request request) {
        var user = members.require(request.param("user"));
        var body = Bodies.object(request, Set.of("name", "admin", "auth_state"));
        var admin = admin(request, Bodies.flag(body, "admin"));
        var name = Bodies.text(body, "name").filter(n -> !n.equals(user.name()));
        name.ifPresent(UserEndpoints::requireValid);
        var changed =
                changes.change(HubCaller.of(request), user, name.orElse(null), admin.orElse(null));
        return answer(request, 200, changed);
    }

    private Response delete(Request request) {
        var caller = HubCaller.of(request);
        var user = members.require(request.param("user"));
        if (caller.is(user)) {
            throw Problem.invalid("user.self", "Cannot delete yourself!");
        }
        changes.remove(caller, user);
        return Response.noContent();
    }

    /** Only who administers may let somebody else do so. */
    private Optional<Boolean> admin(Request request, Optional<Boolean> wanted) {
        if (wanted.isPresent() && !changes.administers(HubCaller.of(request))) {
            throw Problem.forbidden(
                    "user.admin-flag", "Only administrators can make somebody an administrator.");
        }
        return wanted;
    }

    private static void requireValid(String name) {
        if (!Names.valid(name)) {
            throw Problem.invalid("user.name-invalid", "Invalid username: " + name);
        }
    }

    private Response answer(Request request, int status, User user) {
        var scopes = HubCaller.of(request).caller().scopes();
        boolean stopped = People.includeStopped(request);
        return Response.json(status, models.user(scopes, people.of(user), stopped));
    }
}
