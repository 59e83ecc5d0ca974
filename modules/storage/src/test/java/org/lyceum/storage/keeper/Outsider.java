package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Programs of ours in a process without any of root's rights. They get copies of the class path:
 * what Maven keeps is in its owner's home, where nobody else may look.
 */
final class Outsider {

    /** What a program of ours needs without a database or an engine. */
    private static final Pattern OURS = Pattern.compile("/target/|/slf4j-api");

    private final Path classes;

    /**
     * @param classes a directory that everybody may read; the copies go there
     */
    Outsider(Path classes) throws IOException {
        this.classes = classes;
        int number = 0;
        for (var entry : System.getProperty("java.class.path").split(":")) {
            if (OURS.matcher(entry).find() && Files.exists(Path.of(entry))) {
                copy(Path.of(entry), classes.resolve(Integer.toString(number++)));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var each : all.toList()) {
                var place = from.equals(each) ? to : to.resolve(from.relativize(each).toString());
                Files.copy(each, place);
                var mode = Files.isDirectory(each) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
            }
        }
    }

    /** What the program says, once it has ended well. */
    List<String> run(int uid, Class<?> program, List<Object> words)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + uid,
                                "--regid=" + uid,
                                "--clear-groups",
                                "--bounding-set=-all",
                                "--inh-caps=-all",
                                "--no-new-privs",
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                path(),
                                program.getName()));
        words.forEach(word -> command.add(word.toString()));
        var process =
                new ProcessBuilder(command)
                        .directory(classes.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said.lines().toList();
    }

    private String path() throws IOException {
        try (var copies = Files.list(classes)) {
            return copies.sorted().map(Path::toString).collect(Collectors.joining(":"));
        }
    }
}
