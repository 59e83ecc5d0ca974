package org.lyceum.platform.docker;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs each call on a virtual thread of its own, under our own deadline and with a bounded number
 * at once. docker-java's responseTimeout has no effect on a Unix socket (3.7.1, measured);
 * interrupting the thread ends the call at once, because it closes the socket.
 */
final class DockerCalls implements AutoCloseable {

    private final ExecutorService threads = Threads.virtual("docker");
    private final Semaphore places;
    private final Duration deadline;

    DockerCalls(Duration deadline, int maxCalls) {
        this.deadline = deadline;
        this.places = new Semaphore(maxCalls, true);
    }

    <T> T call(String what, Callable<T> command) {
        return call(what, Duration.ZERO, command);
    }

    /** As {@link #call(String, Callable)}, for a call that may take {@code extra} longer. */
    <T> T call(String what, Duration extra, Callable<T> command) {
        var started = new AtomicBoolean();
        // The place is taken inside the task: a call that was given up holds it until it has ended.
        var running =
                threads.submit(
                        () -> {
                            places.acquire();
                            try {
                                started.set(true);
                                return command.call();
                            } finally {
                                places.release();
                            }
                        });
        var patience = deadline.plus(extra);
        try {
            return running.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw tooLate(what, patience, started.get(), e);
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw DockerProblems.unavailable(
                    "docker.cancelled", "The wait for Docker was cancelled; try again.", e);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            throw DockerProblems.translate(what, cause == null ? e : cause);
        }
    }

    private static Problem tooLate(
            String what, Duration patience, boolean started, TimeoutException e) {
        if (!started) {
            return new Problem(
                    Problem.Kind.BUSY,
                    "docker.busy",
                    "Docker has too much to do at once; try again in a minute.",
                    e);
        }
        return DockerProblems.unavailable(
                "docker.timeout",
                "Docker did not "
                        + what
                        + " within "
                        + patience.toMillis() / 1000.0
                        + " s; try again, and have the operator look at the engine ('docker info')"
                        + " if it stays so.",
                e);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
