package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** While it is open, containers find nobody at the hub's API: their connections are reset. */
final class HubApiClosed implements AutoCloseable {

    private static final List<String> RULE =
            List.of(
                    "LYCEUM-INPUT",
                    "-p",
                    "tcp",
                    "--dport",
                    "8081",
                    "-j",
                    "REJECT",
                    "--reject-with",
                    "tcp-reset");

    HubApiClosed() {
        iptables("-I");
    }

    /** The rule is the first of the chain, so that it also holds for connections that are open. */
    private static void iptables(String verb) {
        var command = new ArrayList<>(List.of("iptables", "-w", verb));
        command.addAll(RULE);
        assertThat(DockerCommand.host(command)).isEmpty();
    }

    @Override
    public void close() {
        iptables("-D");
    }
}
