package org.lyceum.login.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.ExternalIdentity;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.Credentials;
import org.pac4j.core.credentials.UsernamePasswordCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.profile.CommonProfile;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** pac4j's authenticator over a directory: finds the person, binds as them, reads their groups. */
final class PasswordCheck implements Authenticator {

    /** Of one person; who is in more is told so. */
    private static final int MAX_GROUPS = 1_000;

    private static final int MAX_NAME = 255;
    private static final int MAX_PASSWORD = 1_000;

    private static final String IDENTITY = "identity";

    /** What Active Directory adds to a refusal, in hexadecimal; source: winerror.h. */
    private static final Pattern AD_REASON = Pattern.compile("data ([0-9a-f]{3,4})\\b");

    private final Session session;
    private final String issuer;

    PasswordCheck(Session session, String issuer) {
        this.session = session;
        this.issuer = issuer;
    }

    Optional<ExternalIdentity> of(String name, Secret password) {
        var credentials = new UsernamePasswordCredentials(name.strip(), password.reveal());
        // pac4j hands the context through; a directory needs nothing of it.
        return check(credentials)
                .map(Credentials::getUserProfile)
                .map(profile -> (ExternalIdentity) profile.getAttribute(IDENTITY));
    }

    @Override
    public Optional<Credentials> validate(CallContext context, Credentials credentials) {
        return credentials instanceof UsernamePasswordCredentials pair
                ? check(pair)
                : Optional.empty();
    }

    private Optional<Credentials> check(UsernamePasswordCredentials pair) {
        var name = pair.getUsername();
        var password = pair.getPassword();
        // An empty password is a bind as nobody, which succeeds (RFC 4513 §5.1.2).
        boolean usable =
                !name.isEmpty()
                        && name.length() <= MAX_NAME
                        && !password.isEmpty()
                        && password.length() <= MAX_PASSWORD;
        if (!usable) {
            return Optional.empty();
        }
        try (var searching = session.bound()) {
            var person = find(searching, name);
            if (person == null || !proves(person, password)) {
                return Optional.empty();
            }
            var profile = new CommonProfile();
            var identity = identity(searching, person, name);
            profile.setId(identity.subject());
            profile.addAttribute(IDENTITY, identity);
            pair.setUserProfile(profile);
            return Optional.of(pair);
        }
    }

    private @Nullable SearchResultEntry find(LDAPConnection searching, String name) {
        var settings = session.settings();
        var found =
                session.search(
                        searching,
                        settings.userBase(),
                        settings.userFilter(),
                        name,
                        "",
                        2,
                        settings.idAttribute(),
                        settings.nameAttribute(),
                        settings.emailAttribute().isEmpty() ? "1.1" : settings.emailAttribute());
        if (found.getEntryCount() > 1) {
            throw Problem.conflict(
                    "directory.ambiguous",
                    "Several people of the directory have this name; tell an administrator, whose"
                            + " filter should find one.");
        }
        return Session.entries(found).stream().findFirst().orElse(null);
    }

    /** On a connection of its own, so that the search's stays the searcher's. */
    private boolean proves(SearchResultEntry person, String password) {
        try (var connection = session.connect()) {
            connection.bind(person.getDN(), password);
            return true;
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
                explain(e.getDiagnosticMessage());
                return false;
            }
            if (e.getResultCode().equals(ResultCode.TIMEOUT)
                    || !e.getResultCode().isConnectionUsable()) {
                throw Directory.unreachable(session.settings(), e);
            }
            throw closed();
        }
    }

    /** Active Directory refuses right passwords of closed accounts too, and says so aside. */
    private static void explain(@Nullable String diagnostic) {
        var reason = AD_REASON.matcher(diagnostic == null ? "" : diagnostic);
        if (!reason.find()) {
            return;
        }
        switch (reason.group(1)) {
            case "532", "773" ->
                    throw Problem.forbidden(
                            "directory.password-expired",
                            "Your password has expired or must be changed. Change it where you"
                                    + " usually do, then sign in again.");
            case "530", "531", "533", "701", "775" -> throw closed();
            default -> {} // 52e and 525: name or password, and nobody is told which
        }
    }

    private static Problem closed() {
        return Problem.forbidden(
                "directory.account-closed",
                "The directory does not let you sign in just now: your account is closed, locked or"
                        + " expired. Ask whoever looks after it.");
    }

    private ExternalIdentity identity(
            LDAPConnection searching, SearchResultEntry person, String typed) {
        var settings = session.settings();
        var subject = subject(person.getAttribute(settings.idAttribute()));
        if (subject.isEmpty()) {
            throw Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "directory.no-identity",
                    "The directory does not say what tells you apart ("
                            + settings.idAttribute()
                            + "); tell an administrator.");
        }
        var groups = new ArrayList<String>();
        boolean complete = true;
        if (!settings.groupBase().isEmpty()) {
            // Asks for groups by their member: one of 5,000 costs as much as one of 5.
            var found =
                    session.search(
                            searching,
                            settings.groupBase(),
                            settings.groupFilter(),
                            typed,
                            person.getDN(),
                            MAX_GROUPS,
                            settings.groupNameAttribute());
            complete = found.getResultCode().equals(ResultCode.SUCCESS);
            Session.entries(found)
                    .forEach(group -> groups.addAll(texts(group, settings.groupNameAttribute())));
        }
        var email =
                settings.emailAttribute().isEmpty()
                        ? null
                        : person.getAttributeValue(settings.emailAttribute());
        var name = person.getAttributeValue(settings.nameAttribute());
        return new ExternalIdentity(
                issuer,
                subject,
                name == null ? typed : name,
                email,
                true,
                groups,
                complete,
                List.of());
    }

    private static List<String> texts(SearchResultEntry entry, String attribute) {
        var values = entry.getAttributeValues(attribute);
        return values == null ? List.of() : List.of(values);
    }

    /** Active Directory's objectGUID is 16 octets and no text. */
    private static String subject(@Nullable Attribute id) {
        if (id == null || !id.hasValue()) {
            return "";
        }
        var text = id.getValue();
        if (text != null && text.chars().noneMatch(c -> c < ' ' || c > '~')) {
            return text;
        }
        return HexFormat.of().formatHex(id.getValueByteArray());
    }
}
