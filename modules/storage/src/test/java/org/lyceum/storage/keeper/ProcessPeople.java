package org.lyceum.storage.keeper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** People as processes of user 1000 without any capability, where there is no engine. */
final class ProcessPeople implements People {

    @Override
    public Script start(Path folder, String script) {
        var command =
                List.of(
                        "setpriv",
                        "--reuid=1000",
                        "--regid=1000",
                        "--clear-groups",
                        "--bounding-set=-all",
                        "--inh-caps=-all",
                        "--no-new-privs",
                        "sh",
                        "-c",
                        "cd " + folder + " && " + script);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return () -> lines(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Process process) {
        try (var reader = process.inputReader()) {
            var lines = reader.lines().toList();
            process.waitFor();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
