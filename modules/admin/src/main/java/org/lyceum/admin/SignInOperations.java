package org.lyceum.admin;

import org.lyceum.admin.SignInJson.CommunitySignIn;
import org.lyceum.admin.SignInJson.EntryRuleBody;
import org.lyceum.admin.SignInJson.ProviderBody;
import org.lyceum.admin.SignInJson.ProviderLine;
import org.lyceum.admin.SignInJson.ProviderVersionBody;
import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of signing in. */
final class SignInOperations {

    static final String TAG = "sign-in";

    private static final Shape PROVIDER = Shape.of(ProviderLine.class);
    private static final Shape VERSION = Shape.of(ProviderVersionBody.class);
    private static final String SEEN = "{\"version\": 3}";
    private static final String STALE = "Somebody else has changed it meanwhile.";

    private static final String EXAMPLE =
            "{\"title\": \"School\", \"preset\": \"KEYCLOAK\", \"openId\": {\"issuer\":"
                    + " \"https://id.example.org/realms/school\", \"clientId\": \"lyceum\","
                    + " \"scopes\": [\"profile\", \"email\"], \"nameClaim\":"
                    + " \"preferred_username\", \"groupsClaim\": \"groups\", \"trustsEmail\":"
                    + " false}, \"secret\": \"…\", \"secretExpiresOn\": \"2027-01-31\", \"seen\":"
                    + " 0}";

    static final Operation LIST =
            Operation.of(TAG, "List providers that sign people in")
                    .answers(200, "All of them.", Shape.of(SignInJson.Providers.class));

    static final Operation CHECK =
            Operation.of(TAG, "Ask whether a provider's settings work")
                    .detail("Nothing is kept.")
                    .body(Shape.of(ProviderBody.class), EXAMPLE)
                    .answers(200, "They do.", Shape.of(SignInJson.Checked.class))
                    .answers(400, "They do not, and why.")
                    .answers(503, "It does not answer, or as somebody else.");

    static final Operation CREATE =
            Operation.of(TAG, "Add a provider")
                    .detail("It counts when it has been tried and put into force.")
                    .body(Shape.of(ProviderBody.class), EXAMPLE)
                    .answers(201, "It is saved.", PROVIDER)
                    .answers(400, "The settings do not work, and why.")
                    .answers(409, "There are too many.")
                    .answers(503, "It does not answer, or as somebody else.");

    static final Operation PROPOSE =
            Operation.of(TAG, "Change a provider's settings")
                    .detail("What counts goes on counting until the change is put into force.")
                    .body(Shape.of(ProviderBody.class), EXAMPLE)
                    .answers(200, "They are saved.", PROVIDER)
                    .answers(400, "The settings do not work, and why.")
                    .answers(409, "People would lose their way in.")
                    .answers(412, STALE)
                    .answers(503, "It does not answer, or as somebody else.");

    static final Operation TRIAL =
            Operation.of(TAG, "Sign in by a directory on trial")
                    .detail("OpenID Connect is tried in the browser: /sso/start?trial=1.")
                    .body(
                            Shape.of(SignInJson.ProviderTrialBody.class),
                            "{\"name\": \"ada\", \"password\": \"…\"}")
                    .answers(200, "It works.", PROVIDER)
                    .answers(400, "Name and password do not fit.")
                    .answers(503, "It does not answer.");

    static final Operation ACTIVATE =
            change("Put a provider's saved settings into force", "Nobody has tried them.");

    static final Operation DISCARD =
            Operation.of(TAG, "Forget a provider's saved settings")
                    .body(VERSION, SEEN)
                    .answers(204, "What counts goes on counting.")
                    .answers(412, STALE);

    static final Operation UNDO =
            change("Put a provider's earlier settings into force", "There are none.");

    static final Operation ENABLE = change("Use a provider", "It was never put into force.");

    static final Operation DISABLE =
            Operation.of(TAG, "Use a provider no more")
                    .body(VERSION, SEEN)
                    .answers(200, "As it is now.", PROVIDER)
                    .answers(412, STALE);

    static final Operation REMOVE =
            Operation.of(TAG, "Remove a provider")
                    .body(VERSION, SEEN)
                    .answers(204, "It is gone.")
                    .answers(409, "People sign in by it.")
                    .answers(412, STALE);

    static final Operation ACCEPTED =
            Operation.of(TAG, "Show which providers a community accepts")
                    .answers(200, "With whom it lets in.", Shape.of(CommunitySignIn.class))
                    .answers(404, "There is no such community.");

    static final Operation ACCEPT =
            Operation.of(TAG, "Have a community accept a provider")
                    .body(
                            Shape.of(EntryRuleBody.class),
                            "{\"who\": \"MATCHING\", \"domains\": [\"school.example\"], \"asks\":"
                                    + " true}")
                    .answers(204, "It counts from the next sign-in on.")
                    .answers(404, "There is no such community or provider.");

    static final Operation ACCEPT_NO_MORE =
            Operation.of(TAG, "Have a community accept a provider no more")
                    .answers(204, "Its members stay members.")
                    .answers(404, "There is no such community.");

    static final Operation ADMIT = answer("Let somebody in who asked", "They are a member.");

    static final Operation REFUSE =
            answer("Do not let somebody in who asked", "They may ask again.");

    private SignInOperations() {}

    private static Operation change(String title, String conflict) {
        return Operation.of(TAG, title)
                .body(VERSION, SEEN)
                .answers(200, "As it is now.", PROVIDER)
                .answers(409, conflict)
                .answers(412, STALE);
    }

    private static Operation answer(String title, String done) {
        return Operation.of(TAG, title)
                .answers(204, done)
                .answers(404, "Nobody waits under this number any more.");
    }
}
