package org.lyceum.hub;

import static org.lyceum.platform.http.Shape.anything;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.map;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;

import org.lyceum.platform.http.Operation;

/** What the reference says of {@link ServerEndpoints} and {@link ProgressEndpoints}. */
final class ServerOperations {

    private static final String TAG = "servers";

    static final Operation START =
            Operation.of(TAG, "Start a server")
                    .detail(
                            "The body is the options of the start; without one those of the last"
                                    + " start hold again.")
                    .optionalBody(orNull(map(anything())), "{}")
                    .answers(201, "It is ready.", "text/plain")
                    .answers(202, "It is starting; see its progress.", "text/plain")
                    .answers(400, "It runs already, or is stopping.")
                    .answers(429, "Too many at once; try again after Retry-After.")
                    .answers(500, "It could not be started; the message says why.");

    static final Operation STOP =
            Operation.of(TAG, "Stop a server")
                    .optionalBody(
                            object(
                                    "",
                                    optional(
                                            "remove",
                                            orNull(flag()),
                                            "Forget it as well; only for named servers.")),
                            "{}")
                    .answers(202, "It is stopping.", "text/plain")
                    .answers(204, "It does not run.");

    static final Operation PROGRESS =
            Operation.of(TAG, "Follow a start")
                    .detail(
                            "Server-sent events: each is a JSON object with progress (0 to 100) and"
                                + " message; the last one has ready or failed. Earlier events come"
                                + " first.")
                    .answers(
                            200,
                            "Events, until the server is ready or has failed.",
                            "text/event-stream")
                    .answers(400, "It is not starting.");

    private ServerOperations() {}
}
