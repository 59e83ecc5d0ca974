package org.lyceum.builds;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done for a repository, in the order and with the precedence of repo2docker.
 *
 * @param dockerfile its path in the repository, which then decides alone; null without one
 * @param files what the parts find in /media/files, by name
 * @param parts one container each
 */
record BuildPlan(@Nullable String dockerfile, Map<String, String> files, List<Part> parts) {

    /**
     * @param title for people
     * @param basis what the result depends on, besides the script and the part before
     * @param variables of the image that is made
     */
    record Part(String title, String script, String basis, Map<String, String> variables) {

        Part {
            variables = Map.copyOf(variables);
        }
    }

    /** Where the repository's files are in the image; a home is mounted elsewhere. */
    static final String REPOSITORY = "/srv/repo";

    private static final Map<String, String> NOT_HERE =
            Map.of(
                    "Pipfile", "write what it needs into requirements.txt",
                    "Pipfile.lock", "write what it needs into requirements.txt",
                    "Project.toml", "Julia's packages cannot be installed here; use a Dockerfile",
                    "REQUIRE", "Julia's packages cannot be installed here; use a Dockerfile",
                    "default.nix", "Nix cannot be used here; use apt.txt or a Dockerfile");

    BuildPlan {
        files = Map.copyOf(files);
        parts = List.copyOf(parts);
    }

    /**
     * @throws Problem INVALID {@code build.unmet} with the file and the line that asks for what
     *     cannot be done here
     */
    static BuildPlan of(Checkout checkout) {
        if (checkout.has("Dockerfile")) {
            return new BuildPlan(checkout.path("Dockerfile"), Map.of(), List.of());
        }
        for (var name : Checkout.NAMES) {
            if (checkout.has(name) && NOT_HERE.containsKey(name)) {
                throw unmet(checkout.path(name) + " is not understood: " + NOT_HERE.get(name));
            }
        }
        var parts = new ArrayList<Part>();
        var packages = AptFile.of(checkout);
        if (!packages.isEmpty()) {
            var words = packages.stream().map(Scripts::quoted).toList();
            parts.add(part("Debian's packages", "install_debian " + String.join(" ", words), ""));
        }
        var python = PythonFiles.of(checkout);
        if (!python.ahead().isEmpty()) {
            parts.add(part("Python's packages", python.ahead(), python.basis()));
        }
        var r = checkout.file("install.R");
        if (r != null) {
            parts.add(part("R's packages", R_PACKAGES, r));
        }
        parts.add(repository(checkout, python.inside()));
        var files = new HashMap<String, String>();
        files.put(PythonFiles.FILE, python.requirements());
        files.put("install.R", r == null ? "" : r);
        return new BuildPlan(null, files, parts);
    }

    private static final String R_PACKAGES =
            """
            need Rscript r-base-core
            mkdir /tmp/r && cd /tmp/r
            Rscript --vanilla -e 'if (nzchar(p <- Sys.getenv("R_PROFILE"))) source(p)' \
              -e 'options(warn = 2); source("/media/files/install.R", echo = TRUE)'
            cd /\
            """;

    private static Part repository(Checkout checkout, String python) {
        var script =
                new StringBuilder("mkdir -p " + REPOSITORY + "\n")
                        .append("tar -xf /media/source.tar --no-same-owner -C " + REPOSITORY + "\n")
                        .append("chown -R 1000:1000 " + REPOSITORY + "\n")
                        .append("cd " + REPOSITORY + "\n")
                        .append(python)
                        .append('\n');
        if (checkout.has("postBuild")) {
            var path = Scripts.quoted("./" + checkout.path("postBuild"));
            script.append("chmod a+x ").append(path).append('\n');
            script.append("need setpriv util-linux\n")
                    .append("setpriv --reuid 1000 --regid 1000 --clear-groups")
                    .append(" env HOME=\"$(getent passwd 1000 | cut -d: -f6)\" REPO_DIR=")
                    .append(REPOSITORY)
                    .append(' ')
                    .append(path)
                    .append('\n');
        }
        if (checkout.has("start")) {
            script.append(start(checkout.path("start")));
        }
        script.append("cd /");
        return new Part(
                "The repository",
                Scripts.part(script.toString()),
                checkout.tree(),
                Map.of("REPO_DIR", REPOSITORY));
    }

    /** The server's own command becomes one that goes through the repository's start. */
    private static String start(String path) {
        var inside = REPOSITORY + "/" + path;
        return """
        chmod a+x %1$s
        server=$(command -v jupyterhub-singleuser)
        printf '#!/bin/sh\\nexec %%s %%s "$@"\\n' %1$s "$server" >/tmp/server
        if [ "$server" = /usr/local/bin/jupyterhub-singleuser ]; then
          mv "$server" "$server.own"
          sed -i "s|$server|$server.own|" /tmp/server
        fi
        install -m 0755 /tmp/server /usr/local/bin/jupyterhub-singleuser
        """
                .formatted(Scripts.quoted(inside));
    }

    private static Part part(String title, String script, String basis) {
        return new Part(title, Scripts.part(script), basis, Map.of());
    }

    static Problem unmet(String sentence) {
        return Problem.invalid("build.unmet", sentence + ".");
    }
}
