package org.lyceum.admin;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of builds. */
final class BuildOperations {

    private static final String TAG = "environments";

    private static final Shape BUILD = Shape.of(BuildJson.BuildLine.class);

    static final Operation SHOW =
            Operation.of(TAG, "Show what is built from repositories")
                    .answers(200, "Repositories and builds.", Shape.of(BuildJson.Builds.class))
                    .answers(404, "There is no such community.");

    static final Operation SET_SOURCE =
            Operation.of(TAG, "Say which repository an environment is built from")
                    .detail(
                            "With DEPLOY_KEY the platform makes a key and answers with its public"
                                + " half. UNCHANGED keeps key or token while the address stays.")
                    .body(
                            Shape.of(BuildJson.SourceBody.class),
                            "{\"url\": \"https://git.example/course.git\", \"reference\":"
                                    + " \"main\", \"access\": \"OPEN\", \"token\": null}")
                    .answers(200, "As it is now.", Shape.of(BuildJson.SourceLine.class))
                    .answers(409, "The image is the platform's setting.");

    static final Operation REMOVE_SOURCE =
            Operation.of(TAG, "Have an environment built from no repository any more")
                    .answers(204, "What was built stays.");

    static final Operation BUILD_NOW =
            Operation.of(TAG, "Have an environment's image built")
                    .detail("People get it when it has passed its trial.")
                    .answers(202, "It is in line.", BUILD)
                    .answers(404, "No repository is known for it.")
                    .answers(409, "It is being built already.")
                    .answers(503, "The disk is nearly full.");

    static final Operation CANCEL =
            Operation.of(TAG, "Cancel a build")
                    .answers(202, "It ends within seconds, or was over.", BUILD);

    static final Operation LOG =
            Operation.of(TAG, "Follow the log of a build")
                    .detail(
                            "From its beginning to its end, as events whose data is a JSON object"
                                    + " with the lines as text.")
                    .answers(200, "Ends when the build has.", "text/event-stream");

    private BuildOperations() {}
}
