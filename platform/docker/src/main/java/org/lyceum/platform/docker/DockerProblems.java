package org.lyceum.platform.docker;

import com.github.dockerjava.api.exception.DockerException;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;

/** The one place where what Docker says becomes a {@link Problem}. */
final class DockerProblems {

    /** A chain of causes longer than this is a loop. */
    private static final int MAX_CAUSES = 20;

    private DockerProblems() {}

    /**
     * What to throw for {@code failure}. Docker's own text stays in the cause: it may hold paths of
     * the host.
     *
     * @param what the call that failed, for people: {@code start a container}
     */
    static RuntimeException translate(String what, Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof DockerException docker) {
            return refused(what, docker);
        }
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof IOException io) {
                return unreachable(io);
            }
            cause = cause.getCause();
        }
        return failure instanceof RuntimeException bug
                ? bug
                : new IllegalStateException("docker: " + what, failure);
    }

    private static Problem unreachable(IOException e) {
        if (e instanceof AccessDeniedException || says(e, "permission denied")) {
            return unavailable(
                    "docker.forbidden",
                    "The platform may not use Docker's socket; add its user to the group docker and"
                            + " start it again.",
                    e);
        }
        return unavailable(
                "docker.unavailable",
                "Docker does not answer; the operator can start it with 'systemctl start docker' or"
                        + " 'installer/lyceum up'. Servers that run go on running.",
                e);
    }

    private static Problem refused(String what, DockerException e) {
        if (says(e, "no space left")) {
            return unavailable(
                    "docker.no-space",
                    "The disk that holds Docker's files is full; free space on it (for example with"
                            + " 'docker system prune') and try again.",
                    e);
        }
        if (says(e, "no such image")) {
            return unavailable(
                    "docker.image-missing",
                    "The image of this environment is not on this machine; build it with"
                            + " 'installer/lyceum images build' and try again.",
                    e);
        }
        if (says(e, "non-overlapping ipv4 address pool")) {
            return unavailable(
                    "network.no-addresses",
                    "Docker has no addresses left for another network; remove networks that are not"
                            + " used ('docker network prune') or widen default-address-pools.",
                    e);
        }
        if (says(e, "network") && says(e, "not found")) {
            return unavailable(
                    "network.missing",
                    "The community's network is gone; try again, it is made at the next start.",
                    e);
        }
        if (says(e, "oci runtime") || says(e, "failed to create shim") || says(e, "runc")) {
            return unavailable(
                    "container.not-startable",
                    "The container could not be started; check the command of the environment and"
                            + " look at the platform's log.",
                    e);
        }
        return unavailable(
                "docker.refused",
                "Docker refused to " + what + "; its reason is in the platform's log.",
                e);
    }

    static Problem unavailable(String code, String message, Throwable cause) {
        return new Problem(Problem.Kind.UNAVAILABLE, code, message, cause);
    }

    private static boolean says(Throwable failure, String lowerCase) {
        var message = failure.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(lowerCase);
    }
}
