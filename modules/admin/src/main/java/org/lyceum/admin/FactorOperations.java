package org.lyceum.admin;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of the second factor. */
final class FactorOperations {

    private static final Shape ANSWER = Shape.of(SignInJson.SecondFactorRule.class);

    static final Operation RULE =
            Operation.of(SignInOperations.TAG, "Show who must have a second factor")
                    .answers(200, "The rule.", ANSWER);

    static final Operation CHANGE =
            Operation.of(SignInOperations.TAG, "Change who must have a second factor")
                    .detail(
                            "Whoever must have one and has none sets one up at the next sign-in,"
                                    + " and cannot use the panel before.")
                    .body(
                            Shape.of(SignInJson.SecondFactorRuleBody.class),
                            "{\"administrators\": true, \"managers\": false, \"version\": 0}")
                    .answers(200, "The rule.", ANSWER)
                    .answers(409, "Who asks has none themselves.")
                    .answers(412, "Somebody else has changed it meanwhile.");

    static final Operation TAKE_AWAY =
            Operation.of("people", "Remove the second factor of somebody who has lost it")
                    .detail("They are signed out everywhere, and told at the next sign-in.")
                    .body(
                            Shape.of(SignInJson.TakeAwayBody.class),
                            "{\"reason\": \"Telephone lost; seen in person.\"}")
                    .answers(204, "Their password alone opens the account.")
                    .answers(400, "There is no reason, or it is too long.")
                    .answers(404, "There is no such user, or they have none.")
                    .answers(409, "It is one's own.");

    private FactorOperations() {}
}
