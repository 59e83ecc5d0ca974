package org.lyceum.login;

import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is half done: sign-ins that wait for the second factor, and keys of authenticators that wait
 * for their first code; both by what the browser keeps. In memory: after a restart people begin
 * anew. Any thread.
 */
final class HalfWay {

    /** People look for their telephone in between. */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** Wrong codes in one sign-in; then the password is asked for again. */
    static final int MAX_FAILURES = 5;

    /** Each is under 1 KiB; the oldest gives way. */
    private static final int MAX = 5_000;

    /** A key that waits for its first code. */
    private record Offered(UserId user, Secret key, Instant until) {}

    private static final class Bounded<T> extends LinkedHashMap<String, T> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > MAX;
        }
    }

    private final Map<String, HalfSignedIn> signIns = new Bounded<>();
    private final Map<String, Offered> keys = new Bounded<>();
    private final Clock clock;

    HalfWay(Clock clock) {
        this.clock = clock;
    }

    synchronized Secret begin(UserId user, FactorService.Step step, String onward) {
        var browser = Secret.random();
        var until = clock.instant().plus(LIFE);
        signIns.put(browser.hash(), new HalfSignedIn(browser.hash(), user, step, onward, 0, until));
        return browser;
    }

    synchronized Optional<HalfSignedIn> find(Secret browser) {
        return Optional.ofNullable(signIns.get(browser.hash()))
                .filter(each -> each.until().isAfter(clock.instant()));
    }

    /** Ends it; of several callers exactly one is told that it was there. */
    synchronized boolean end(HalfSignedIn half) {
        return signIns.remove(half.browser()) != null;
    }

    synchronized void failed(HalfSignedIn half) {
        signIns.computeIfPresent(
                half.browser(),
                (browser, now) -> now.failures() + 1 >= MAX_FAILURES ? null : now.failed());
    }

    synchronized void forget(UserId user) {
        signIns.values().removeIf(each -> each.user().equals(user));
        keys.values().removeIf(each -> each.user().equals(user));
    }

    /** The key offered to this user in this browser: the same as long as it waits. */
    synchronized Secret key(UserId user, Secret browser) {
        return offered(user, browser)
                .orElseGet(
                        () -> {
                            var key = Secret.presented(Totp.newKey());
                            var until = clock.instant().plus(LIFE);
                            keys.put(browser.hash(), new Offered(user, key, until));
                            return key;
                        });
    }

    synchronized Optional<Secret> offered(UserId user, Secret browser) {
        return Optional.ofNullable(keys.get(browser.hash()))
                .filter(each -> each.user().equals(user) && each.until().isAfter(clock.instant()))
                .map(Offered::key);
    }

    synchronized void taken(Secret browser) {
        keys.remove(browser.hash());
    }
}
