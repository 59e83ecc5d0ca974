package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.Acceptance;
import org.lyceum.login.EntryRequest;
import org.lyceum.login.LdapSettings;
import org.lyceum.login.LoginRule;
import org.lyceum.login.OpenIdSettings;
import org.lyceum.login.Preset;
import org.lyceum.login.Provider;
import org.lyceum.login.ProviderVersion;
import org.lyceum.login.Reachability;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What the panel's API reads and answers about signing in. No secret is ever answered. */
final class SignInJson {

    private SignInJson() {}

    record Providers(
            @Meaning("What every provider must be told; the same for all.") String callbackUrl,
            @Meaning("In the order they were made, at most 20.") List<ProviderLine> items) {}

    record ProviderLine(
            long id,
            String title,
            @Meaning("Whether it is used.") boolean enabled,
            @Meaning("What counts; null for one that was never put into force.")
                    @Nullable ProviderSettings live,
            @Meaning("What was saved and does not count yet; null for nothing.")
                    @Nullable ProviderSettings candidate,
            @Meaning("Whom a trial of the candidate has signed in; null for nobody.")
                    @Nullable String candidateTried,
            @Meaning("Whether there are earlier settings to go back to.") boolean canUndo,
            boolean hasSecret,
            @Meaning("How many people sign in by it.") int people,
            @Meaning("Since when it does not answer; null when it does.")
                    @Nullable Instant downSince,
            @Nullable String downBecause,
            long version) {

        static ProviderLine of(Provider provider, int people, Reachability.@Nullable Down down) {
            return new ProviderLine(
                    provider.id(),
                    provider.title(),
                    provider.enabled(),
                    ProviderSettings.of(provider.live()),
                    ProviderSettings.of(provider.candidate()),
                    provider.candidateTried(),
                    provider.previous() != null,
                    provider.hasSecret(),
                    people,
                    down == null ? null : down.since(),
                    down == null ? null : down.because(),
                    provider.version());
        }
    }

    record ProviderSettings(
            String title,
            Preset preset,
            @Nullable OpenId openId,
            @Nullable Ldap ldap,
            @Meaning(
                            "The last day on which the provider takes the secret; null when it does"
                                    + " not end.")
                    @Nullable String secretExpiresOn) {

        static @Nullable ProviderSettings of(@Nullable ProviderVersion version) {
            return version == null
                    ? null
                    : new ProviderSettings(
                            version.title(),
                            version.preset(),
                            OpenId.of(version.openId()),
                            Ldap.of(version.ldap()),
                            version.secretExpiresOn());
        }
    }

    record OpenId(
            @Meaning("Exactly as the provider writes it into its tokens.") String issuer,
            String clientId,
            @Meaning("Asked for besides openid.") List<String> scopes,
            @Meaning("What new users are called after.") String nameClaim,
            String groupsClaim,
            @Meaning("Whether addresses count that the provider does not call verified.")
                    boolean trustsEmail) {

        static @Nullable OpenId of(@Nullable OpenIdSettings settings) {
            return settings == null
                    ? null
                    : new OpenId(
                            settings.issuer(),
                            settings.clientId(),
                            settings.scopes(),
                            settings.nameClaim(),
                            settings.groupsClaim(),
                            settings.trustsEmail());
        }

        OpenIdSettings settings() {
            return new OpenIdSettings(
                    CatalogBody.text(issuer).strip(),
                    CatalogBody.text(clientId).strip(),
                    lines(scopes),
                    CatalogBody.text(nameClaim).strip(),
                    CatalogBody.text(groupsClaim).strip(),
                    trustsEmail);
        }
    }

    record Ldap(
            @Meaning("ldaps://host or ldap://host.") String url,
            boolean startTls,
            @Meaning(
                            "Of the authority that the directory's own is from, as PEM; empty for"
                                    + " those that Java knows.")
                    String certificate,
            @Meaning("Who searches; empty for anybody.") String bindDn,
            String userBase,
            @Meaning("With {name}, which is escaped.") String userFilter,
            @Meaning("What the directory never gives to anybody else.") String idAttribute,
            String nameAttribute,
            String emailAttribute,
            @Meaning("Empty for no groups.") String groupBase,
            @Meaning("With {dn} or {name}, which are escaped.") String groupFilter,
            String groupNameAttribute) {

        static @Nullable Ldap of(@Nullable LdapSettings settings) {
            return settings == null
                    ? null
                    : new Ldap(
                            settings.url(),
                            settings.startTls(),
                            settings.certificate(),
                            settings.bindDn(),
                            settings.userBase(),
                            settings.userFilter(),
                            settings.idAttribute(),
                            settings.nameAttribute(),
                            settings.emailAttribute(),
                            settings.groupBase(),
                            settings.groupFilter(),
                            settings.groupNameAttribute());
        }

        LdapSettings settings() {
            return new LdapSettings(
                    CatalogBody.text(url).strip(),
                    startTls,
                    CatalogBody.text(certificate).strip(),
                    CatalogBody.text(bindDn).strip(),
                    CatalogBody.text(userBase).strip(),
                    CatalogBody.text(userFilter).strip(),
                    CatalogBody.text(idAttribute).strip(),
                    CatalogBody.text(nameAttribute).strip(),
                    CatalogBody.text(emailAttribute).strip(),
                    CatalogBody.text(groupBase).strip(),
                    CatalogBody.text(groupFilter).strip(),
                    CatalogBody.text(groupNameAttribute).strip());
        }
    }

    record ProviderBody(
            @Meaning("With a check: the provider whose secret is used when none is sent.")
                    @Nullable Long provider,
            String title,
            Preset preset,
            @Meaning("One of this and ldap.") @Nullable OpenId openId,
            @Nullable Ldap ldap,
            @Meaning("Null keeps the one that is there.") @Nullable String secret,
            @Meaning("Like 2027-01-31; null when the secret does not end.")
                    @Nullable String secretExpiresOn,
            @Meaning("Of the provider that was looked at; 0 for a new one.") long seen) {

        ProviderVersion version() {
            if (preset == null) {
                throw AdminBody.missing("preset");
            }
            var day = CatalogBody.text(secretExpiresOn).strip();
            return new ProviderVersion(
                    CatalogBody.text(title).strip(),
                    preset,
                    openId == null ? null : openId.settings(),
                    ldap == null ? null : ldap.settings(),
                    day.isEmpty() ? null : day);
        }

        @Nullable Secret secretOrNull() {
            if (secret == null || secret.isEmpty()) {
                return null;
            }
            if (secret.length() > 4_000) {
                throw Problem.invalid(
                        "provider.field-invalid", "A secret has at most 4000 characters.");
            }
            return Secret.presented(secret);
        }
    }

    /** Who must have a second factor, however they sign in. */
    record SecondFactorRule(
            @Meaning("Of the platform.") boolean administrators,
            @Meaning("Of any community.") boolean managers,
            @Meaning("Whether who asks has one themselves; else they cannot ask others for it.")
                    boolean own,
            long version) {}

    record SecondFactorRuleBody(
            boolean administrators,
            boolean managers,
            @Meaning("Of the rule that was looked at.") long version) {}

    record TakeAwayBody(
            @Meaning("For the log and for its owner, up to 500 characters.") String reason) {}

    record ProviderVersionBody(@Meaning("Of the provider that was looked at.") long version) {}

    record ProviderTrialBody(
            @Meaning("Of somebody in the directory.") String name,
            @Meaning("Theirs; it is not kept.") String password) {}

    record Checked(@Meaning("What was found, step by step.") List<String> found) {}

    record CommunitySignIn(
            @Meaning("All providers that have been put into force.")
                    List<AcceptedProviderLine> providers,
            @Meaning("Who waits to be let in, longest first; at most 500.")
                    List<EntryRequestLine> requests) {}

    record AcceptedProviderLine(
            long provider,
            String title,
            @Meaning("Whether the platform uses it.") boolean enabled,
            @Meaning("Null when the community does not accept it.") @Nullable EntryRule rule) {

        static AcceptedProviderLine of(Provider provider, @Nullable Acceptance acceptance) {
            return new AcceptedProviderLine(
                    provider.id(),
                    provider.title(),
                    provider.enabled(),
                    acceptance == null ? null : EntryRule.of(acceptance.rule()));
        }
    }

    record EntryRule(
            LoginRule.Who who,
            @Meaning("Of verified e-mail addresses.") List<String> domains,
            @Meaning("Domains, tenants or institutions, as the provider names them.")
                    List<String> organisations,
            @Meaning("Groups, teams or roles at the provider.") List<String> groups,
            @Meaning("Names or verified e-mail addresses.") List<String> people,
            @Meaning("Whether who is not admitted may ask a manager.") boolean asks) {

        static EntryRule of(LoginRule rule) {
            return new EntryRule(
                    rule.who(),
                    rule.domains(),
                    rule.organisations(),
                    rule.groups(),
                    rule.people(),
                    rule.asks());
        }
    }

    record EntryRuleBody(
            LoginRule.Who who,
            @Nullable List<String> domains,
            @Nullable List<String> organisations,
            @Nullable List<String> groups,
            @Nullable List<String> people,
            boolean asks) {

        LoginRule rule() {
            if (who == null) {
                throw AdminBody.missing("who");
            }
            return new LoginRule(
                    who, lines(domains), lines(organisations), lines(groups), lines(people), asks);
        }
    }

    record EntryRequestLine(
            long id,
            @Meaning("Null for who has chosen a name and a password here.") @Nullable Long provider,
            @Meaning("As the provider calls them, or as they call themselves.") String name,
            @Nullable String email,
            @Meaning("Who they say they are.") @Nullable String note,
            Instant askedAt) {

        static EntryRequestLine of(EntryRequest request) {
            var known = request.known();
            return new EntryRequestLine(
                    request.id(),
                    known == null ? null : known.provider(),
                    request.name(),
                    request.email(),
                    request.note(),
                    request.askedAt());
        }
    }

    private static List<String> lines(@Nullable List<String> list) {
        if (list != null && list.stream().anyMatch(Objects::isNull)) {
            throw Problem.invalid("body.wrong-type", "A list has an entry that is null.");
        }
        return list == null
                ? List.of()
                : list.stream().map(String::strip).filter(each -> !each.isEmpty()).toList();
    }
}
