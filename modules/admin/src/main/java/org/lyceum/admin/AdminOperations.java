package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.anything;
import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.map;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Access.Credential;
import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;
import org.lyceum.platform.openapi.Api;
import org.lyceum.platform.openapi.Api.Chapter;
import org.lyceum.platform.openapi.Api.Name;
import org.lyceum.platform.openapi.Api.Proof;

import java.util.List;
import java.util.Map;

/** What the reference says of the panel's API. */
final class AdminOperations {

    static final Api API =
            new Api(
                    "Lyceum's administration API",
                    "1",
                    "What the panel reads and does, for administrators of the platform; some of it"
                            + " for managers, about their own communities."
                            + " Failures are RFC 9457 problems.",
                    "v1",
                    List.of(
                            new Chapter("platform", "The platform as a whole"),
                            new Chapter("communities", "Communities"),
                            new Chapter("servers", "Servers"),
                            new Chapter("people", "People"),
                            new Chapter("environments", "Environments and profiles"),
                            new Chapter(SignInOperations.TAG, "Signing in"),
                            new Chapter(StorageOperations.TAG, "People's files"),
                            new Chapter(RoleOperations.TAG, "Roles, scopes and services")),
                    Map.ofEntries(
                            Map.entry("id", new Name("Number of the thing, from its list.", "1")),
                            Map.entry("user", new Name("Number of the user, from a list.", "1")),
                            Map.entry("trial", new Name("Number of the trial.", "1")),
                            Map.entry("provider", new Name("Number of the provider.", "1")),
                            Map.entry("request", new Name("Number of the request.", "1")),
                            Map.entry("event", new Name("Number of the event.", "1")),
                            Map.entry("build", new Name("Number of the build.", "1")),
                            Map.entry("environment", new Name("Number of the environment.", "1")),
                            Map.entry("content", new Name("Number of the repository.", "1")),
                            Map.entry("profile", new Name("Number of the profile.", "1")),
                            Map.entry(
                                    "folder", new Name("Number of the folder, from a list.", "7")),
                            Map.entry(
                                    "group", new Name("Number of the group, from its list.", "1")),
                            Map.entry(
                                    "name",
                                    new Name("Name of the job, from the list.", "tokens.expire")),
                            Map.entry("role", new Name("Name of a role.", "grader")),
                            Map.entry("kind", new Name("users, groups or services.", "users")),
                            Map.entry(
                                    "holder", new Name("Name of a user, group or service.", "ada")),
                            Map.entry(
                                    "scope", new Name("Name of a custom scope.", "custom:grades")),
                            Map.entry("service", new Name("Name of a service.", "whoami"))),
                    Map.of(
                            Credential.COOKIE,
                            new Proof(
                                    "cookie",
                                    AdminAccess.COOKIE,
                                    "Set when signing in. Whatever changes something needs the"
                                            + " header X-Lyceum-CSRF as well, with the content of"
                                            + " the element <meta name=\"csrf\"> of /panel/.",
                                    "-b \""
                                            + AdminAccess.COOKIE
                                            + "=$COOKIE\" -H \"X-Lyceum-CSRF: $PROOF\"")),
                    new Api.Failure(ProblemJson.MEDIA_TYPE, Shape.of(AdminJson.Failure.class)));

    private static final String PLATFORM = "platform";

    /** An object without keys: it was taken on. */
    private static final Shape NOTHING = object("");

    static final Operation ME =
            Operation.of(PLATFORM, "Show who is signed in")
                    .answers(200, "The administrator.", Shape.of(AdminJson.Me.class));

    static final Operation OVERVIEW =
            Operation.of(PLATFORM, "Show how the platform is")
                    .answers(200, "As it is now.", Shape.of(AdminJson.Overview.class));

    static final Operation JOBS =
            Operation.of(PLATFORM, "List jobs")
                    .answers(200, "All jobs.", items(AdminJson.Job.class));

    static final Operation RUN_JOB =
            Operation.of(PLATFORM, "Run a job now").answers(202, "It will run.", NOTHING);

    static final Operation HEALTH =
            Operation.of(PLATFORM, "Read how the platform is")
                    .detail("The latest answers; the first time it looks.")
                    .answers(200, "All checks.", Shape.of(HealthJson.Health.class));

    static final Operation CHECK_HEALTH =
            Operation.of(PLATFORM, "Look how the platform is")
                    .detail("Takes ten seconds at most.")
                    .answers(200, "All checks.", Shape.of(HealthJson.Health.class));

    static final Operation AUDIT =
            Operation.of(PLATFORM, "Read the audit log")
                    .answers(
                            200,
                            "The latest entries, newest first.",
                            items(AdminJson.AuditEntryLine.class));

    static final Operation DOCUMENT =
            Operation.of(PLATFORM, "Read this reference")
                    .answers(200, "An OpenAPI 3.1 document.", map(anything()));

    static final Operation SERVERS =
            Operation.of("servers", "List servers")
                    .answers(200, "Those that run come first.", items(AdminJson.Server.class));

    static final Operation STOP_SERVER =
            Operation.of("servers", "Stop a server")
                    .answers(202, "It is stopping.", NOTHING)
                    .answers(404, "There is no such server any more.");

    static final Operation PEOPLE =
            Operation.of("people", "List people")
                    .query(optional("offset", whole(), "How many to pass over."))
                    .answers(200, "At most 200.", Shape.of(AdminJson.PersonPage.class));

    private AdminOperations() {}

    private static Shape items(Class<? extends Record> item) {
        return object("", field("items", list(Shape.of(item)), ""));
    }
}
