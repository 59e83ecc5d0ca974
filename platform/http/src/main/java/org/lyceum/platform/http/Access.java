package org.lyceum.platform.http;

/** Who may call an endpoint. Asked before the endpoint runs. */
public interface Access {

    /**
     * Lets the request pass, with whatever the endpoint needs to know of its caller attached
     * ({@link Request#withCaller}).
     *
     * @throws org.lyceum.platform.kernel.Problem when it may not pass
     * @throws Refusal when the answer is a response of its own, such as a redirect to the sign-in
     *     page
     */
    Request admit(Request request);

    /** The rule in words, for the reference page and the access tests: {@code scope list:users}. */
    String rule();
}
