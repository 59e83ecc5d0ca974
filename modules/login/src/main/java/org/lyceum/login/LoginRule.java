package org.lyceum.login;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Locale;

/**
 * Whom a community lets in of those a provider vouches for. Who is a member comes in anyway.
 *
 * @param domains of verified e-mail addresses, such as {@code uni.example}
 * @param organisations as the provider names them: a domain, a tenant's number, an institution
 * @param groups groups, teams or roles at the provider
 * @param people names or verified e-mail addresses at the provider
 * @param asks whether those who are not admitted may ask a manager to be
 */
public record LoginRule(
        Who who,
        List<String> domains,
        List<String> organisations,
        List<String> groups,
        List<String> people,
        boolean asks) {

    /** Who comes in without being asked about. */
    public enum Who {
        EVERYBODY,
        /** Whoever any of the lists names. */
        MATCHING,
        /** Nobody new. */
        MEMBERS
    }

    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_LENGTH = 300;

    public LoginRule {
        domains =
                domains.stream()
                        .map(LoginRule::folded)
                        .map(d -> d.startsWith("@") ? d.substring(1) : d)
                        .toList();
        organisations = organisations.stream().map(LoginRule::folded).toList();
        groups = groups.stream().map(LoginRule::folded).toList();
        people = people.stream().map(LoginRule::folded).toList();
    }

    /**
     * @throws Problem INVALID rule.list-invalid, rule.lists-empty
     */
    void require() {
        for (var list : List.of(domains, organisations, groups, people)) {
            if (list.size() > MAX_ENTRIES
                    || list.stream().anyMatch(e -> e.isEmpty() || e.length() > MAX_LENGTH)) {
                throw Problem.invalid(
                        "rule.list-invalid",
                        "A list has at most "
                                + MAX_ENTRIES
                                + " entries of 1 to "
                                + MAX_LENGTH
                                + " characters.");
            }
        }
        if (who == Who.MATCHING
                && domains.isEmpty()
                && organisations.isEmpty()
                && groups.isEmpty()
                && people.isEmpty()) {
            throw Problem.invalid(
                    "rule.lists-empty",
                    "Name a domain, an organisation, a group or a person, or nobody could come"
                            + " in.");
        }
    }

    /** Why somebody new is not let in, as a sentence for them; null when they are. */
    @Nullable String refusal(ExternalIdentity them, String provider) {
        return switch (who) {
            case EVERYBODY -> null;
            case MEMBERS -> "Only people whom a manager has added come in.";
            case MATCHING -> matches(them) ? null : mismatch(them, provider);
        };
    }

    private boolean matches(ExternalIdentity them) {
        var email = them.email() == null || !them.emailVerified() ? null : folded(them.email());
        boolean byAddress =
                email != null
                        && (people.contains(email)
                                || domains.contains(email.substring(email.lastIndexOf('@') + 1)));
        // A name that looks like an address may have been chosen; only the address itself counts.
        var name = folded(them.name());
        boolean byName = name.indexOf('@') < 0 && people.contains(name);
        return byAddress
                || byName
                || them.organisations().stream()
                        .map(LoginRule::folded)
                        .anyMatch(organisations::contains)
                || them.groups().stream().map(LoginRule::folded).anyMatch(groups::contains);
    }

    private String mismatch(ExternalIdentity them, String provider) {
        if (!groups.isEmpty() && !them.groupsComplete()) {
            return provider
                    + " would not say all of your groups, because you are in very many. Ask a"
                    + " manager to name you, or one of your organisations.";
        }
        if (!domains.isEmpty() && them.email() == null) {
            return provider
                    + " does not say your e-mail address, by which people are let in. Add one to"
                    + " your account there, or ask a manager to name you.";
        }
        if (!domains.isEmpty() && !them.emailVerified()) {
            return provider
                    + " has not confirmed that "
                    + them.email()
                    + " is your address. Confirm it there, then sign in again.";
        }
        return "Your account at " + provider + " is in no group or list of this community's.";
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
