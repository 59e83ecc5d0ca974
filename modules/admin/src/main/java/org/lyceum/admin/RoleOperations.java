package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of roles, custom scopes and services. */
final class RoleOperations {

    static final String TAG = "roles";

    private static final Shape.Field[] ROLE = {
        optional("description", text(), ""), field("scopes", list(text()), "JupyterHub's.")
    };

    private static final Shape.Field VERSION =
            field("version", whole(), "Of the thing that was looked at.");

    static final Operation ROLES =
            Operation.of(TAG, "List roles")
                    .answers(200, "JupyterHub's own first.", items(RoleJson.RoleLine.class));

    static final Operation ROLE_ONE =
            Operation.of(TAG, "Show a role and who holds it")
                    .answers(200, "The role.", Shape.of(RoleJson.RoleDetail.class));

    static final Operation ROLE_PUT =
            Operation.of(TAG, "Make or change a role")
                    .detail("With a version it changes the role of that version.")
                    .body(
                            object("", ROLE[0], ROLE[1], optional("version", whole(), "")),
                            "{\"scopes\": [\"read:hub\"]}")
                    .answers(200, "The changed role.", Shape.of(RoleJson.RoleLine.class))
                    .answers(201, "The new role.", Shape.of(RoleJson.RoleLine.class))
                    .answers(409, "There is one of this name, or it cannot be changed.")
                    .answers(412, "Somebody else has changed it.");

    static final Operation ROLE_DELETE =
            Operation.of(TAG, "Remove a role")
                    .query(VERSION)
                    .answers(204, "It is gone, also from whoever held it.")
                    .answers(412, "Somebody else has changed it.");

    static final Operation GIVE =
            Operation.of(TAG, "Give a role")
                    .detail("To users, groups or services, by name. It counts at once.")
                    .answers(204, "It is given.");

    static final Operation TAKE =
            Operation.of(TAG, "Take a role").answers(204, "It is taken. It counts at once.");

    static final Operation SCOPES =
            Operation.of(TAG, "List custom scopes")
                    .answers(200, "Those of the community.", items(RoleJson.CustomScopeLine.class));

    static final Operation SCOPE_PUT =
            Operation.of(TAG, "Declare or change a custom scope")
                    .detail("With a version it changes the scope of that version.")
                    .body(
                            object(
                                    "",
                                    field("description", text(), ""),
                                    optional("subscopes", list(text()), ""),
                                    optional("version", whole(), "")),
                            "{\"description\": \"Read grades.\"}")
                    .answers(200, "The changed scope.", Shape.of(RoleJson.CustomScopeLine.class))
                    .answers(201, "The new scope.", Shape.of(RoleJson.CustomScopeLine.class));

    static final Operation SCOPE_DELETE =
            Operation.of(TAG, "Withdraw a custom scope")
                    .query(VERSION)
                    .answers(204, "It means nothing any more.")
                    .answers(409, "A role or another scope names it.");

    private static final Shape SERVICE =
            object(
                    "",
                    optional("admin", flag(), ""),
                    optional("url", text(), "http://, a host and a port."),
                    optional("display", flag(), ""),
                    optional("noConfirm", flag(), ""),
                    optional("redirectUri", text(), ""),
                    optional("allowedScopes", list(text()), ""),
                    optional("version", whole(), ""));

    static final Operation SERVICES =
            Operation.of(TAG, "List services")
                    .answers(200, "Those of the community.", items(RoleJson.ServiceLine.class));

    static final Operation SERVICE_PUT =
            Operation.of(TAG, "Register or change a service")
                    .detail("With a version it changes the service of that version.")
                    .body(SERVICE, "{\"display\": false}")
                    .answers(200, "The changed service.", Shape.of(RoleJson.ServiceLine.class))
                    .answers(
                            201,
                            "The new service, with its token.",
                            Shape.of(RoleJson.ServiceSecrets.class));

    static final Operation SERVICE_TOKEN =
            Operation.of(TAG, "Give a service another token")
                    .detail("Those it had are worth nothing from then on.")
                    .answers(200, "Shown this once.", Shape.of(RoleJson.ServiceSecrets.class));

    static final Operation SERVICE_DELETE =
            Operation.of(TAG, "Remove a service").answers(204, "It is gone.");

    private RoleOperations() {}

    private static Shape items(Class<? extends Record> item) {
        return object("", field("items", list(Shape.of(item)), ""));
    }
}
