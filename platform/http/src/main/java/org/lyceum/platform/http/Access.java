package org.lyceum.platform.http;

import java.util.List;

/** Who may call an endpoint. Asked before the endpoint runs. */
public interface Access {

    /** What may prove who calls. */
    enum Credential {
        /** An {@code Authorization} header. */
        TOKEN,
        /** The cookie of a browser that has signed in. */
        COOKIE
    }

    /**
     * The rule as the reference pages and the access tests read it.
     *
     * @param words for people: {@code scope list:users}
     * @param credentials any one of them does; none when everybody may call
     * @param scopes any one of them does, sorted; none when it is enough to be known
     */
    record Rule(String words, List<Credential> credentials, List<String> scopes) {

        public Rule {
            credentials = List.copyOf(credentials);
            scopes = List.copyOf(scopes);
        }

        /** Everybody may call. */
        public static final Rule OPEN = new Rule("open", List.of(), List.of());

        public boolean open() {
            return credentials.isEmpty();
        }
    }

    /**
     * Lets the request pass, with whatever the endpoint needs to know of its caller attached
     * ({@link Request#withCaller}).
     *
     * @throws org.lyceum.platform.kernel.Problem when it may not pass
     * @throws Refusal when the answer is a response of its own, such as a redirect to the sign-in
     *     page
     */
    Request admit(Request request);

    Rule rule();

    /** Everybody may call; the endpoint learns nothing of who it is. */
    static Access open() {
        return new Access() {
            @Override
            public Request admit(Request request) {
                return request;
            }

            @Override
            public Rule rule() {
                return Rule.OPEN;
            }
        };
    }
}
