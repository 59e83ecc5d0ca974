package org.lyceum.platform.docker;

import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;

import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Decides which files of the host a container may see: directories and plain files strictly below
 * one of the roots, after every symbolic link on the way was followed.
 *
 * <p>A link that is put in place after this check would win a race, so the directories above a
 * bind's source must belong to the platform and not to users; homes themselves may belong to users.
 */
final class BindRoots {

    private final List<Path> roots;

    BindRoots(List<Path> roots) {
        this.roots = roots;
    }

    /** The real path to bind. */
    Path resolve(Path source) {
        Path real;
        try {
            real = source.toRealPath();
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "container.bind-missing",
                    "A directory this container needs is not there; start it again, and look at the"
                            + " platform's log if it stays so.",
                    e);
        }
        boolean plain = Files.isDirectory(real) || Files.isRegularFile(real);
        if (!plain || roots.stream().noneMatch(root -> below(real, root))) {
            throw Problem.invalid(
                    "container.bind-refused",
                    "A container may only see files below the platform's own directories; remove"
                            + " the path from the environment, or add its parent to"
                            + " docker.bind-roots.");
        }
        return real;
    }

    /** A mount, not Docker's older bind: it fails when the source is gone instead of making it. */
    Mount mount(ContainerSpec.Bind bind) {
        return new Mount()
                .withType(MountType.BIND)
                .withSource(resolve(bind.source()).toString())
                .withTarget(bind.target())
                .withReadOnly(bind.readOnly())
                .withBindOptions(new BindOptions().withPropagation(BindPropagation.R_PRIVATE));
    }

    private static boolean below(Path real, Path root) {
        try {
            var realRoot = root.toRealPath();
            return real.startsWith(realRoot) && !real.equals(realRoot);
        } catch (IOException e) { // a root that is not there holds nothing
            return false;
        }
    }
}
