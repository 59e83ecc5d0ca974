package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * One method on one path.
 *
 * @param method upper case
 * @param path pattern below the surface's base path, without a leading slash: {@code
 *     hub/api/users/:user}. {@code :name} matches one segment that is not empty, {@code :name?} one
 *     that may be, a last {@code *} everything that is left, slashes included
 * @param operation what the reference says of it; null for pages and files, which people look at
 */
public record Endpoint(
        String method, String path, Access access, Action action, @Nullable Operation operation) {

    /** What an endpoint does: one request in, one response out. May block. */
    @FunctionalInterface
    public interface Action {
        /**
         * @throws org.lyceum.platform.kernel.Problem for a failure the caller should read
         */
        Response answer(Request request);
    }

    /** An action that reads the body while it is sent, however long it is. May block. */
    @FunctionalInterface
    public interface Upload extends Action {
        /**
         * @param body may end with an IOException: the client went away
         * @throws org.lyceum.platform.kernel.Problem for a failure the caller should read
         */
        Response answer(Request request, InputStream body);

        /** For a body that is whole already. */
        @Override
        default Response answer(Request request) {
            return answer(request, new ByteArrayInputStream(request.body()));
        }
    }

    /** The same under another rule. */
    public Endpoint with(Access other) {
        return new Endpoint(method, path, other, action, operation);
    }

    public static Endpoint get(String path, Access access, Action action) {
        return new Endpoint("GET", path, access, action, null);
    }

    public static Endpoint head(String path, Access access, Action action) {
        return new Endpoint("HEAD", path, access, action, null);
    }

    public static Endpoint post(String path, Access access, Action action) {
        return new Endpoint("POST", path, access, action, null);
    }

    public static Endpoint put(String path, Access access, Action action) {
        return new Endpoint("PUT", path, access, action, null);
    }

    /** Takes a body of any length as it comes; whoever may not call is refused before it comes. */
    public static Endpoint upload(String path, Access access, Upload action) {
        return new Endpoint("PUT", path, access, action, null);
    }

    public static Endpoint patch(String path, Access access, Action action) {
        return new Endpoint("PATCH", path, access, action, null);
    }

    public static Endpoint delete(String path, Access access, Action action) {
        return new Endpoint("DELETE", path, access, action, null);
    }

    /** The same endpoint, with its description for the reference. */
    public Endpoint as(Operation description) {
        return new Endpoint(method, path, access, action, description);
    }
}
