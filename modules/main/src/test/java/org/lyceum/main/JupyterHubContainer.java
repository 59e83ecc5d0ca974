package org.lyceum.main;

import org.lyceum.platform.testing.Eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real JupyterHub of the distribution with its own proxy, in a container without a network. */
final class JupyterHubContainer implements AutoCloseable {

    private static final String NAME = "lyceum-test-jupyterhub";
    private static final String INSIDE = "/etc/jupyterhub/jupyterhub_config.py";
    private static final int PORT = 8000;

    private final Path folder;
    private final String origin;

    /**
     * @param values what stands between {@code @} in the configuration
     */
    JupyterHubContainer(Map<String, String> values) {
        this.folder = DockerCommand.volume("jupyterhub_config.py", text -> filled(text, values));
        DockerCommand.run("rm", "-f", NAME);
        var run =
                List.of(
                        "docker",
                        "run",
                        "--detach",
                        "--rm",
                        "--name",
                        NAME,
                        "--tmpfs",
                        "/tmp:size=256m,mode=1777",
                        "--volume",
                        folder.resolve("jupyterhub_config.py") + ":" + INSIDE + ":ro",
                        System.getenv("LYCEUM_TEST_IMAGE_HUB"),
                        "jupyterhub",
                        "--config",
                        INSIDE);
        DockerCommand.host(run);
        var address = DockerCommand.run("inspect", "-f", "{{.NetworkSettings.IPAddress}}", NAME);
        this.origin = "http://" + address.strip() + ":" + PORT;
    }

    /** Waits until it runs, and returns where. Its log says so; asking would only slow it down. */
    String origin() {
        try {
            Eventually.holds("JupyterHub runs", () -> logs().contains("JupyterHub is now running"));
        } catch (AssertionError late) {
            throw new AssertionError(logs(), late);
        }
        return origin;
    }

    String logs() {
        return DockerCommand.run("logs", NAME);
    }

    private static String filled(String text, Map<String, String> values) {
        var filled = text;
        for (var value : values.entrySet()) {
            filled = filled.replace("@" + value.getKey() + "@", value.getValue());
        }
        return filled;
    }

    @Override
    public void close() {
        DockerCommand.run("rm", "-f", NAME);
        HubUnderTest.delete(folder);
    }
}
