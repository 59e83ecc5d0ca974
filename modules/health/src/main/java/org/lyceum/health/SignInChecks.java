package org.lyceum.health;

import static org.lyceum.health.Finding.fault;
import static org.lyceum.health.Finding.warning;
import static org.lyceum.health.Finding.well;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.Provider;
import org.lyceum.login.ProviderService;
import org.lyceum.login.ProviderVersion;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The ways people sign in at their institution. */
final class SignInChecks {

    /** Time enough to have a secret renewed by somebody else. */
    private static final int SECRET_DAYS = 30;

    private static final String RENEW =
            "Make a new secret at the provider and enter it on the panel's page Signing in.";

    private final ProviderService providers;
    private final Clock clock;

    SignInChecks(ProviderService providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    List<Check> all() {
        return List.of(
                new Check(
                        "sign-in.providers",
                        Area.SIGN_IN,
                        "Do the institutions' sign-ins answer?",
                        this::answers),
                new Check(
                        "sign-in.secrets",
                        Area.SIGN_IN,
                        "Are the secrets for them still good?",
                        this::secrets));
    }

    private List<Provider> used() {
        return providers.list().stream().filter(Provider::enabled).toList();
    }

    private Finding answers() {
        var used = used();
        for (var provider : used) {
            if (!providers.look(provider)) {
                var down = providers.reachability().down(provider.id());
                return fault(
                        provider.title()
                                + " signs nobody in"
                                + (down == null
                                        ? "."
                                        : " since " + down.since() + ": " + down.because()),
                        "Other ways to sign in work. Ask whoever runs it; if its settings were"
                                + " changed here, the panel's page Signing in undoes that.",
                        null);
            }
        }
        return used.isEmpty()
                ? well("People sign in with passwords of the platform only.")
                : well("All " + used.size() + " answered just now.");
    }

    private Finding secrets() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var provider : used()) {
            var ends = ends(provider.live());
            if (ends != null && ends.isBefore(today)) {
                return fault(
                        "The secret for " + provider.title() + " ended on " + ends + ".",
                        RENEW,
                        null);
            }
            if (ends != null && ends.isBefore(today.plusDays(SECRET_DAYS))) {
                return warning(
                        "The secret for " + provider.title() + " ends on " + ends + ".",
                        RENEW,
                        null);
            }
        }
        return well("None ends within " + SECRET_DAYS + " days, as far as it was entered.");
    }

    private static @Nullable LocalDate ends(@Nullable ProviderVersion version) {
        return version == null ? null : version.expiry();
    }
}
