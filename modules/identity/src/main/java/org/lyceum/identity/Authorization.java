package org.lyceum.identity;

import java.util.List;

/** What becomes of a browser at {@code …/oauth2/authorize} (contract §3.2). */
public sealed interface Authorization {

    /** Nowhere to send it back to: a page with status 400. */
    record BadClient(String message) implements Authorization {}

    /** Back to the client, which learns the error from the query. */
    record ErrorRedirect(String url) implements Authorization {}

    /** The user may not go there: a page with status 403. */
    record Denied(String message) implements Authorization {}

    /**
     * The user must be asked first.
     *
     * @param description what asks, for example "Server at /user/ada/"
     * @param scopes what it asks for, sorted; the form sends some of them back
     */
    record Confirm(String description, List<String> scopes) implements Authorization {}

    /** Back to the client with a code. */
    record Granted(String url) implements Authorization {}
}
