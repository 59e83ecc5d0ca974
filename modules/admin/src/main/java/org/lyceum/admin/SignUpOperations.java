package org.lyceum.admin;

import org.lyceum.admin.SignUpJson.SignUp;
import org.lyceum.admin.SignUpJson.SignUpBody;
import org.lyceum.admin.SignUpJson.SignUpEventBody;
import org.lyceum.admin.SignUpJson.SignUpEventMade;
import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of people who make their accounts themselves. */
final class SignUpOperations {

    private static final String TAG = SignInOperations.TAG;

    static final Operation SHOW =
            Operation.of(TAG, "Show how people make accounts in a community")
                    .answers(200, "With its events.", Shape.of(SignUp.class))
                    .answers(404, "There is no such community.");

    static final Operation CHANGE =
            Operation.of(TAG, "Say whether people may ask a community for an account")
                    .detail("Requests stand in the community's list of who waits to be let in.")
                    .body(Shape.of(SignUpBody.class), "{\"byRequest\": true}")
                    .answers(204, "It counts from now on.")
                    .answers(404, "There is no such community.");

    static final Operation ADD =
            Operation.of(TAG, "Make an event with a code by which people come in")
                    .body(
                            Shape.of(SignUpEventBody.class),
                            "{\"title\": \"Open day\", \"startsAt\": \"2027-01-31T08:00:00Z\","
                                    + " \"endsAt\": \"2027-01-31T16:00:00Z\", \"people\": 40,"
                                    + " \"temporary\": true}")
                    .answers(201, "With the code, this once.", Shape.of(SignUpEventMade.class))
                    .answers(400, "Something in it is not possible, and what.")
                    .answers(409, "There are too many.");

    static final Operation END =
            Operation.of(TAG, "End an event now")
                    .detail("Temporary accounts end within a minute; their files are kept a while.")
                    .answers(204, "Its code is taken no more.")
                    .answers(404, "There is no such community or event.");

    private SignUpOperations() {}
}
