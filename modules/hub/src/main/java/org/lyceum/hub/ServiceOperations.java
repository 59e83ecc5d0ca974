package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.anything;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.list;
import static org.lyceum.platform.http.Shape.map;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;

import org.lyceum.platform.http.Operation;

/** What the reference says of {@link ServiceEndpoints}. */
final class ServiceOperations {

    private static final String TAG = "services";

    static final Operation LIST =
            Operation.of(TAG, "List services")
                    .answers(
                            200, "Those that the caller may see, by name.", map(HubShapes.SERVICE));

    static final Operation ONE =
            Operation.of(TAG, "Show a service").answers(200, "The service.", HubShapes.SERVICE);

    static final Operation CREATE =
            Operation.of(TAG, "Register a service")
                    .optionalBody(
                            object(
                                    "",
                                    optional("name", orNull(text()), "Not looked at."),
                                    optional(
                                            "admin",
                                            orNull(flag()),
                                            "Let it do what administrators may."),
                                    optional("url", orNull(text()), "Where the hub reaches it."),
                                    optional("info", orNull(map(anything())), "Anything."),
                                    optional("display", orNull(flag()), "Whether pages list it."),
                                    optional(
                                            "oauth_no_confirm",
                                            orNull(flag()),
                                            "Ask nobody before it learns who they are."),
                                    optional(
                                            "command",
                                            orNull(list(text())),
                                            "Refused: the hub starts no services.")),
                            "{\"display\": false}")
                    .answers(201, "The service.", HubShapes.SERVICE)
                    .answers(409, "There is a service of this name.");

    static final Operation DELETE =
            Operation.of(TAG, "Remove a service").answers(200, "It is gone.");

    private ServiceOperations() {}
}
