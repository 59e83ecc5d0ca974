package org.lyceum.platform.openapi;

import org.lyceum.platform.http.Access.Credential;
import org.lyceum.platform.http.Shape;

import java.util.List;
import java.util.Map;

/**
 * What a reference says besides its operations. Immutable.
 *
 * @param version of the interface, not of the program
 * @param prefix where the operations lie below the surface's base path, without slashes at its ends
 * @param chapters the tags of operations, in the order to read them
 * @param names what the {@code :name}s of paths are
 * @param proofs how each kind of credential is sent
 * @param failure what every failure looks like
 */
public record Api(
        String title,
        String version,
        String description,
        String prefix,
        List<Chapter> chapters,
        Map<String, Name> names,
        Map<Credential, Proof> proofs,
        Failure failure) {

    public record Chapter(String tag, String title) {}

    /** A parameter of a path. */
    public record Name(String meaning, String example) {}

    /**
     * @param in header or cookie
     * @param name of the header or cookie
     * @param meaning what to send
     * @param curl arguments that send it
     */
    public record Proof(String in, String name, String meaning, String curl) {}

    public record Failure(String mediaType, Shape shape) {}
}
