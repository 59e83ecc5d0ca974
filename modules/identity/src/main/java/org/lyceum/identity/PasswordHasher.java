package org.lyceum.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.kernel.Problem;

import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Argon2id with OWASP's parameters: 19 MiB, two passes, one lane; about 70 ms. It runs on two
 * platform threads of its own, so that a wave of sign-ins takes 38 MiB and not 19 each, and leaves
 * the carriers of virtual threads to the others. Blocking.
 */
final class PasswordHasher implements AutoCloseable {

    private static final int THREADS = 2;

    /** At 70 ms each on two threads, the last of these waits about two seconds. */
    private static final int MAX_WAITING = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SALT_BYTES = 16;

    /** Of a password that nobody has, for the same work when there is no user to compare with. */
    private static final String NOBODY =
            "$argon2id$v=19$m=19456,t=2,p=1$TwQbMfKX0Vv5Ue3VvBQwCg"
                    + "$JZlV8DoGJGMDf7tVWvEQ4Y8yQxV3m1sHq0aXn4d5i6U";

    private final ExecutorService threads = Threads.platform("password", THREADS);
    private final Semaphore room = new Semaphore(MAX_WAITING);

    /** The encoded hash, with its salt and parameters. */
    String hash(String password) {
        var normal = normal(password);
        return run(
                () -> Password.hash(normal).addRandomSalt(SALT_BYTES).with(argon2()).getResult());
    }

    boolean matches(String password, String hash) {
        var normal = normal(password);
        return run(
                () -> Password.check(normal, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    /** Takes as long as {@link #matches} when there is nobody to compare with. */
    void pretend(String password) {
        if (matches(password, NOBODY)) {
            throw new IllegalStateException("nobody has this password");
        }
    }

    /** Not a constant: the library holds 19 MiB for it from the first call on, used or not. */
    private static Argon2Function argon2() {
        return Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);
    }

    /** The same characters typed on another system may come in another form. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T run(Callable<T> work) {
        if (!room.tryAcquire()) {
            throw busy();
        }
        try {
            var result = threads.submit(work);
            try {
                return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                result.cancel(false);
                throw busy();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw busy();
            } catch (ExecutionException e) {
                throw new IllegalStateException("hash a password", e.getCause());
            }
        } finally {
            room.release();
        }
    }

    private static Problem busy() {
        return Problem.of(
                Problem.Kind.BUSY,
                "login.busy",
                "Too many people are signing in at this moment; try again in a few seconds.");
    }

    @Override
    public void close() {
        Threads.stop(threads, PATIENCE);
    }
}
