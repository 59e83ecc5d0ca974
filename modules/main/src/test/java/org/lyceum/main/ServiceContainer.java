package org.lyceum.main;

import org.lyceum.identity.RegisteredService;
import org.lyceum.platform.testing.Eventually;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real HubOAuth service, registered with a platform and started with the contract's §2.2. */
final class ServiceContainer implements AutoCloseable {

    private static final String PROGRAM = "/srv/whoami.py";

    private final String container;
    private final Path folder;

    private ServiceContainer(String container, Path folder) {
        this.container = container;
        this.folder = folder;
    }

    /** Registers it, starts it, and waits until it listens. It shares the machine's network. */
    static ServiceContainer start(HubUnderTest hub, String name, boolean noConfirm) {
        var url = "http://127.0.0.1:" + HubUnderTest.freePort();
        var token =
                hub.service(
                        new RegisteredService.Draft(
                                name, false, url, Map.of(), true, noConfirm, List.of()));
        var prefix = "/services/" + name + "/";
        var access = "[\"access:services\", \"access:services!service=" + name + "\"]";
        var environment =
                Map.ofEntries(
                        Map.entry("JUPYTERHUB_SERVICE_NAME", name),
                        Map.entry("JUPYTERHUB_API_TOKEN", token),
                        Map.entry("JUPYTERHUB_API_URL", hub.origin() + "/hub/api"),
                        Map.entry("JUPYTERHUB_BASE_URL", "/"),
                        Map.entry("JUPYTERHUB_HOST", ""),
                        Map.entry("JUPYTERHUB_CLIENT_ID", "service-" + name),
                        Map.entry("JUPYTERHUB_SERVICE_PREFIX", prefix),
                        Map.entry("JUPYTERHUB_SERVICE_URL", url),
                        Map.entry("JUPYTERHUB_OAUTH_CALLBACK_URL", prefix + "oauth_callback"),
                        Map.entry("JUPYTERHUB_OAUTH_SCOPES", access),
                        Map.entry("JUPYTERHUB_OAUTH_ACCESS_SCOPES", access),
                        Map.entry("JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES", "[]"));
        var made = run("lyceum-test-" + name, environment);
        Eventually.holds("the service listens", () -> answers(url, prefix));
        return made;
    }

    private static ServiceContainer run(String container, Map<String, String> environment) {
        var folder = DockerCommand.volume("whoami.py", text -> text);
        DockerCommand.run("rm", "-f", container);
        var command = new ArrayList<>(List.of("run", "--detach", "--name", container));
        command.addAll(List.of("--network", "host", "--volume"));
        command.add(folder.resolve("whoami.py") + ":" + PROGRAM + ":ro");
        environment.forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
        command.add(System.getenv("LYCEUM_TEST_IMAGE_HUB"));
        command.addAll(List.of("python3", PROGRAM));
        DockerCommand.run(command.toArray(String[]::new));
        return new ServiceContainer(container, folder);
    }

    private static boolean answers(String url, String prefix) {
        try {
            return new RawClient(url).send("GET", prefix, List.of("Host: x"), "").status() == 302;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    String logs() {
        return DockerCommand.run("logs", container);
    }

    @Override
    public void close() {
        DockerCommand.run("rm", "-f", container);
        HubUnderTest.delete(folder);
    }
}
