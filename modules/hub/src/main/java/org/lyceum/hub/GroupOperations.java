package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.anything;
import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.map;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.text;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of {@link GroupEndpoints}. */
final class GroupOperations {

    private static final String TAG = "groups";

    private static final Shape MEMBERS = object("", field("users", list(text()), "Their names."));

    static final Operation LIST =
            Operation.of(TAG, "List groups")
                    .query(Paging.PARAMETERS)
                    .answers(
                            200,
                            "Those that the caller may see.",
                            HubShapes.paged("GroupPage", list(HubShapes.GROUP)));

    static final Operation CREATE_SEVERAL =
            Operation.of(TAG, "Create several groups")
                    .detail("Those that exist already are passed over.")
                    .body(
                            object(
                                    "",
                                    field("groups", list(text()), "Names of the new groups."),
                                    optional("users", list(text()), "Who is in each of them.")),
                            "{\"groups\": [\"physics\", \"chemistry\"], \"users\": [\"ada\"]}")
                    .answers(201, "The new groups.", list(HubShapes.GROUP))
                    .answers(409, "All of them exist already.");

    static final Operation ONE =
            Operation.of(TAG, "Show a group").answers(200, "The group.", HubShapes.GROUP);

    static final Operation CREATE_ONE =
            Operation.of(TAG, "Create a group")
                    .optionalBody(
                            object("", optional("users", list(text()), "Who is in it.")),
                            "{\"users\": [\"ada\"]}")
                    .answers(201, "The new group.", HubShapes.GROUP)
                    .answers(409, "There is a group of this name.");

    static final Operation DELETE = Operation.of(TAG, "Delete a group").answers(204, "It is gone.");

    static final Operation ADD_USERS =
            Operation.of(TAG, "Put users into a group")
                    .body(MEMBERS, "{\"users\": [\"ada\"]}")
                    .answers(200, "The group.", HubShapes.GROUP);

    static final Operation REMOVE_USERS =
            Operation.of(TAG, "Take users out of a group")
                    .body(MEMBERS, "{\"users\": [\"ada\"]}")
                    .answers(200, "The group.", HubShapes.GROUP);

    static final Operation SET_PROPERTIES =
            Operation.of(TAG, "Replace the properties of a group")
                    .detail("Properties mean something to whoever put them there only.")
                    .body(map(anything()), "{\"room\": \"B12\"}")
                    .answers(200, "The group.", HubShapes.GROUP);

    private GroupOperations() {}
}
