package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * What a provider is called and how it is asked: all but the secret. Kept as JSON.
 *
 * @param title on the button that people press
 * @param openId exactly one of this and {@code ldap} is there
 * @param secretExpiresOn the day after which the provider takes the secret no more, as {@code
 *     2027-01-31}; null when it does not end
 */
public record ProviderVersion(
        String title,
        Preset preset,
        @Nullable OpenIdSettings openId,
        @Nullable LdapSettings ldap,
        @Nullable String secretExpiresOn) {

    private static final int MAX_TITLE = 60;

    /**
     * @throws Problem INVALID provider.title-invalid, provider.kind-missing, provider.date-invalid,
     *     and as the settings
     */
    void require() {
        if (title.isBlank()
                || title.length() > MAX_TITLE
                || title.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "provider.title-invalid",
                    "A provider's title has 1 to " + MAX_TITLE + " characters, on one line.");
        }
        if ((openId == null) == (ldap == null)) {
            throw Problem.invalid(
                    "provider.kind-missing", "Send the settings of OpenID Connect, or of LDAP.");
        }
        if (openId != null) {
            openId.require();
        }
        if (ldap != null) {
            ldap.require();
        }
        expiry();
    }

    /**
     * @throws Problem INVALID provider.date-invalid
     */
    public @Nullable LocalDate expiry() {
        try {
            return secretExpiresOn == null ? null : LocalDate.parse(secretExpiresOn);
        } catch (DateTimeParseException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "provider.date-invalid",
                    "The day on which the secret expires is like 2027-01-31.",
                    e);
        }
    }

    /** Whether people prove who they are at the provider's own page, and not on ours. */
    public boolean elsewhere() {
        return openId != null;
    }

    /** How the log tells of it. */
    String words() {
        return title
                + (openId != null
                        ? " openid " + openId.issuer() + " as " + openId.clientId()
                        : ldap != null ? " ldap " + ldap.url() : "");
    }
}
