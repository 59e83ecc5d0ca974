package org.lyceum.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Where a test's builds get packages from: this machine's own mirror, and a package of ours. */
final class BuildSettings {

    private static final String RELEASE = "trixie";

    private BuildSettings() {}

    static void write(Path directory, String certificate) throws IOException {
        installer(
                "mirror_settings "
                        + RELEASE
                        + " \"$1\"; rmdir -p --ignore-fail-on-non-empty"
                        + " \"$1\"/archives/partial \"$1\"/lists/partial 2>/dev/null || true",
                directory.toString());
        var believed = directory.resolve("ca.crt");
        Files.writeString(
                believed, (Files.exists(believed) ? Files.readString(believed) : "") + certificate);
        Files.createDirectories(directory.resolve("wheels"));
        wheel(directory.resolve("wheels/lyceum_demo-1.0-py3-none-any.whl"));
        Files.writeString(
                directory.resolve("pip.conf"),
                "[global]\nno-index = true\nfind-links = /mnt/wheels\n");
        DockerCommand.host(List.of("chmod", "-R", "a+rX", directory.toString()));
    }

    /** Closes the platform and removes what its builds and trials have left with the engine. */
    static void removeLeft(HubUnderTest platform) {
        var id = platform.platformId();
        platform.close();
        removeLeft(id);
    }

    static void removeLeft(String platformId) {
        var trials = "label=org.lyceum.platform=" + platformId + "-trial";
        for (var id : DockerCommand.run("ps", "-aq", "--filter", trials).lines().toList()) {
            DockerCommand.run("rm", "-f", id);
        }
        var label = "org.lyceum.built=" + platformId;
        var left = DockerCommand.images(label);
        for (int round = 0; round < MAX_PARTS && !left.isEmpty(); round++) {
            left.forEach(image -> DockerCommand.run("rmi", image)); // the last part first
            left = DockerCommand.images(label);
        }
    }

    /** Images that stand on each other: no plan has more parts. */
    private static final int MAX_PARTS = 5;

    /** The servers that packages come from here; no image may name them. */
    static List<String> hosts() {
        return installer("mirror_debian; echo; mirror_security", "")
                .lines()
                .map(line -> line.replaceFirst("^[a-z]+://([^/:]+).*", "$1").strip())
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList();
    }

    private static String installer(String script, String argument) {
        var lib = SourceTree.ROOT.resolve("installer/lib");
        return DockerCommand.host(
                List.of(
                        "bash",
                        "-c",
                        ". " + lib.resolve("mirror.sh") + "; set -e; " + script,
                        "settings",
                        argument));
    }

    /** The smallest package that pip installs. */
    private static void wheel(Path file) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            var about = "lyceum_demo-1.0.dist-info/";
            put(zip, "lyceum_demo.py", "A = 42\n");
            put(
                    zip,
                    about + "METADATA",
                    "Metadata-Version: 2.1\nName: lyceum-demo\nVersion: 1.0\n");
            put(
                    zip,
                    about + "WHEEL",
                    "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            put(zip, about + "RECORD", "lyceum_demo.py,,\n");
        }
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
