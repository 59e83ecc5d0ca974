package org.lyceum.storage.keeper;

import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.testing.ContainersUnderTest;

import java.nio.file.Path;
import java.util.List;

/** People in hardened containers, as the platform makes them. */
final class ContainerPeople implements People {

    private final ContainersUnderTest containers;

    ContainerPeople(ContainersUnderTest containers) {
        this.containers = containers;
    }

    @Override
    public Script start(Path folder, String script) {
        var bound = List.of(new Bind(folder, "/home/jovyan", false));
        var container = containers.run(bound, "sh", "-c", "cd /home/jovyan; " + script);
        return () -> {
            containers.ended(container);
            return containers.engine().logs(container.id(), 100);
        };
    }
}
