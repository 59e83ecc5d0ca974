package org.lyceum.login.ldap;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.ExternalIdentity;
import org.lyceum.login.LdapSettings;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Signs people in by a directory: search, bind, groups. Blocking, with deadlines. Any thread. */
public final class Directory {

    /** A whole class signs in at once; more wait at a directory that stalls, and nobody else. */
    private static final int MAX_AT_ONCE = 30;

    private static final int CONNECT_MILLIS = 5_000;

    private final Semaphore room = new Semaphore(MAX_AT_ONCE);

    /**
     * Who this name and password are.
     *
     * @param secret of the name that searches; null for none
     * @param issuer what the identity is to be of
     * @return empty when nobody has the name, or the password is another
     * @throws Problem UNAVAILABLE provider.unreachable, provider.credentials; BUSY directory.busy;
     *     FORBIDDEN directory.account-closed, directory.password-expired; CONFLICT
     *     directory.ambiguous
     */
    public Optional<ExternalIdentity> ask(
            LdapSettings settings,
            @Nullable Secret secret,
            String issuer,
            String name,
            Secret password) {
        if (!room.tryAcquire()) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "directory.busy",
                    "Too many people sign in by this directory just now, or it is slow; try again"
                            + " in a minute.");
        }
        try {
            return new PasswordCheck(new Session(settings, secret), issuer).of(name, password);
        } finally {
            room.release();
        }
    }

    /**
     * Whether the directory is there, lets us search, and has people where the settings say.
     *
     * @return what was found, a sentence for each step
     * @throws Problem UNAVAILABLE provider.unreachable; INVALID provider.credentials-wrong,
     *     provider.base-empty, provider.filter-invalid, provider.certificate-invalid
     */
    public List<String> check(LdapSettings settings, @Nullable Secret secret) {
        return new Session(settings, secret).check();
    }

    /**
     * Whether somebody listens there, and no more; without UnboundID.
     *
     * @throws Problem UNAVAILABLE provider.unreachable
     */
    public void look(LdapSettings settings) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), CONNECT_MILLIS);
        } catch (IOException e) {
            throw unreachable(settings, e);
        }
    }

    static Problem unreachable(LdapSettings settings, Throwable cause) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "provider.unreachable",
                settings.url()
                        + " does not answer, or not in time. Try again in a few minutes, or sign in"
                        + " another way.",
                cause);
    }
}
