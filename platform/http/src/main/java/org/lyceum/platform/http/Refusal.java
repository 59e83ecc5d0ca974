package org.lyceum.platform.http;

/** Ends a request early with a given response; not an error, so it has no stack. */
public final class Refusal extends RuntimeException {

    private final transient Response response;

    public Refusal(Response response) {
        super("refused with " + response.status(), null, false, false);
        this.response = response;
    }

    public Response response() {
        return response;
    }
}
