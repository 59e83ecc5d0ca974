package org.lyceum.builds;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What a repository asks for, at one commit.
 *
 * @param tree what all its files together are called
 * @param place where its build files are: {@code binder/}, {@code .binder/} or empty
 * @param files those that say how to build it, by their names
 */
record Checkout(String commit, String tree, String place, Map<String, String> files) {

    /** What is looked for; that which cannot be done here as well, to say so. */
    static final List<String> NAMES =
            List.of(
                    "Dockerfile",
                    "environment.yml",
                    "requirements.txt",
                    "setup.py",
                    "pyproject.toml",
                    "apt.txt",
                    "install.R",
                    "runtime.txt",
                    "postBuild",
                    "start",
                    "Pipfile",
                    "Pipfile.lock",
                    "Project.toml",
                    "REQUIRE",
                    "DESCRIPTION",
                    "default.nix");

    Checkout {
        files = Map.copyOf(files);
    }

    @Nullable String file(String name) {
        return files.get(name);
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    /** How people call a file of it. */
    String path(String name) {
        return place + name;
    }
}
