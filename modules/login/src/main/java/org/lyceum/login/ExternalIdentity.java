package org.lyceum.login;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Who somebody is, by a provider's word.
 *
 * @param issuer with {@code subject} the identity; nothing else is
 * @param name as the provider calls them; may be empty
 * @param emailVerified whether the provider says that the address is theirs
 * @param groups names; what the provider calls groups, teams or roles
 * @param groupsComplete false when the provider had more than it would say
 * @param organisations that they belong to: a domain, a tenant, an institution
 */
public record ExternalIdentity(
        String issuer,
        String subject,
        String name,
        @Nullable String email,
        boolean emailVerified,
        List<String> groups,
        boolean groupsComplete,
        List<String> organisations) {

    private static final int MAX_LENGTH = 500;

    public ExternalIdentity {
        if (issuer.isEmpty()
                || issuer.length() > MAX_LENGTH
                || subject.isEmpty()
                || subject.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an identity needs an issuer and a subject");
        }
        name = Texts.tame(name);
        email = email == null || email.isBlank() ? null : Texts.tame(email);
        groups = List.copyOf(groups);
        organisations = List.copyOf(organisations);
    }

    /** For people who look whether it is the right one. */
    public String words() {
        var who = name.isEmpty() ? subject : name;
        return Texts.tame(email == null ? who : who + " (" + email + ")");
    }
}
