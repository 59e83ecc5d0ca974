package org.lyceum.identity;

import org.lyceum.platform.kernel.Problem;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guessing down: so many failures are free, after that one per interval, for each account and
 * for each address. Counts are in memory; a restart forgives. Safe for any thread.
 */
public final class LoginBrake {

    /** Per account: twenty tries at once, then one in 45 s, which is under 2,000 a day. */
    private static final int ACCOUNT_LIMIT = 20;

    /** Per address: a whole class may sit behind one and mistype. */
    private static final int ADDRESS_LIMIT = 200;

    private static final Duration ACCOUNT_INTERVAL = Duration.ofSeconds(45);
    private static final Duration ADDRESS_INTERVAL = Duration.ofSeconds(5);

    /** Accounts and addresses remembered; the one not seen for longest is forgotten first. */
    private static final int MAX_REMEMBERED = 10_000;

    /** How full, and when that was. A level falls by one per interval. */
    private record Level(double failures, long millis) {}

    private static final class Levels {
        private final int limit;
        private final double intervalMillis;
        private final Map<String, Level> levels =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
                        return size() > MAX_REMEMBERED;
                    }
                };

        Levels(int limit, Duration interval) {
            this.limit = limit;
            this.intervalMillis = interval.toMillis();
        }

        private double failures(String key, long now) {
            var level = levels.get(key);
            return level == null
                    ? 0
                    : Math.max(0, level.failures() - (now - level.millis()) / intervalMillis);
        }

        boolean full(String key, long now) {
            return failures(key, now) + 1 > limit;
        }

        void add(String key, double count, long now) {
            double failures = failures(key, now) + count;
            if (failures <= 0) {
                levels.remove(key);
            } else {
                levels.put(key, new Level(failures, now));
            }
        }
    }

    private final Clock clock;
    private final Levels accounts = new Levels(ACCOUNT_LIMIT, ACCOUNT_INTERVAL);
    private final Levels addresses = new Levels(ADDRESS_LIMIT, ADDRESS_INTERVAL);

    public LoginBrake(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts a try before its outcome is known, so that many at once cannot slip through.
     *
     * @throws Problem BUSY login.throttled; the text is the same whatever the account
     */
    public synchronized void begin(String account, String address) {
        long now = clock.millis();
        if (accounts.full(account, now) || addresses.full(address, now)) {
            throw Problem.of(
                    Problem.Kind.BUSY,
                    "login.throttled",
                    "Too many failed sign-ins; wait a few minutes and try again.");
        }
        accounts.add(account, 1, now);
        addresses.add(address, 1, now);
    }

    /** The try was right: it does not count, and the account's failures are forgiven. */
    public synchronized void succeeded(String account, String address) {
        long now = clock.millis();
        accounts.add(account, -ACCOUNT_LIMIT, now);
        addresses.add(address, -1, now);
    }
}
