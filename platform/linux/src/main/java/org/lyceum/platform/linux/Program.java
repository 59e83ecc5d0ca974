package org.lyceum.platform.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the machine's, for what is rare and has no call of the kernel's own. */
public final class Program {

    /** Enough of its last words to see what it is about. */
    private static final int LAST_WORDS = 400;

    private Program() {}

    /**
     * Runs it to its end, with no input and in the plain C locale.
     *
     * @param command the program by name or absolute path, and its arguments; no shell reads them
     * @return what it wrote
     * @throws IOException when it is not there, fails, or takes longer than {@code patience}
     */
    public static String run(Duration patience, List<String> command) throws IOException {
        var said = Files.createTempFile("lyceum-", ".out");
        try {
            var builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                            .redirectOutput(said.toFile());
            builder.environment().put("LC_ALL", "C");
            builder.environment()
                    .merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
            var process = builder.start();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(
                        command.getFirst() + " took longer than " + patience.toSeconds() + " s");
            }
            var words = Files.readString(said, StandardCharsets.ISO_8859_1);
            if (process.exitValue() != 0) {
                throw new IOException(
                        command.getFirst()
                                + " ended with "
                                + process.exitValue()
                                + ": "
                                + last(words));
            }
            return words;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " ran", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static String last(String words) {
        var one = words.strip().replaceAll("\\s+", " ");
        return one.length() <= LAST_WORDS ? one : one.substring(one.length() - LAST_WORDS);
    }
}
