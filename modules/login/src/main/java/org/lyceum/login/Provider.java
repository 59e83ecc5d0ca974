package org.lyceum.login;

import org.jspecify.annotations.Nullable;

/**
 * An institution that signs people in.
 *
 * @param enabled whether it is used; only with a live version
 * @param live what counts; null for a new one
 * @param candidate what was saved and does not count yet; null for nothing
 * @param candidateTried whom a trial of the candidate has signed in; null for nobody
 * @param previous what counted before, to go back to; null for nothing
 * @param version one more with each edit
 */
public record Provider(
        long id,
        boolean enabled,
        @Nullable ProviderVersion live,
        @Nullable ProviderVersion candidate,
        @Nullable String candidateTried,
        @Nullable ProviderVersion previous,
        Sealed sealed,
        long version) {

    /** Secrets of the three, as they lie in the database; null where there is none. */
    record Sealed(@Nullable String live, @Nullable String candidate, @Nullable String previous) {}

    /** What people read. */
    public String title() {
        var shown = live != null ? live : candidate;
        return shown == null ? "" : shown.title();
    }

    public boolean hasSecret() {
        return (candidate != null ? sealed.candidate() : sealed.live()) != null;
    }

    /** What the secret is sealed for. */
    static String purpose(long id) {
        return "login.provider:" + id;
    }

    /** Whose word an identity is, where the provider gives itself no such name. */
    String directoryIssuer() {
        return "ldap:" + id;
    }
}
