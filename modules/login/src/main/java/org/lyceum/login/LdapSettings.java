package org.lyceum.login;

import org.lyceum.platform.kernel.Problem;

import java.net.URI;

/**
 * How a directory is asked: bind, search for the person, bind as the person, search for groups.
 *
 * @param url {@code ldaps://host:636}, or {@code ldap://host:389}
 * @param startTls whether a connection by {@code ldap:} becomes an encrypted one; must be, to
 *     another machine
 * @param certificate of the authority that the directory's own is from, as PEM; empty for those
 *     that Java knows
 * @param bindDn who searches; empty for anybody
 * @param userBase below which people are
 * @param userFilter finds one person by {@code {name}}, which is escaped
 * @param idAttribute what the directory never gives to anybody else
 * @param nameAttribute what a new user is called after
 * @param emailAttribute may be empty
 * @param groupBase below which groups are; empty for no groups
 * @param groupFilter finds the groups of {@code {dn}} or {@code {name}}, both escaped
 * @param groupNameAttribute what groups are called
 */
public record LdapSettings(
        String url,
        boolean startTls,
        String certificate,
        String bindDn,
        String userBase,
        String userFilter,
        String idAttribute,
        String nameAttribute,
        String emailAttribute,
        String groupBase,
        String groupFilter,
        String groupNameAttribute) {

    private static final int MAX_CERTIFICATE = 20_000;

    /** Whether the connection is encrypted from its first octet. */
    public boolean secure() {
        return url.startsWith("ldaps:");
    }

    public String host() {
        return URI.create(url).getHost();
    }

    /** As written, or the scheme's own. */
    public int port() {
        int port = URI.create(url).getPort();
        return port > 0 ? port : secure() ? 636 : 389;
    }

    /**
     * @throws Problem INVALID provider.url-invalid, provider.not-encrypted, provider.field-invalid
     */
    void require() {
        requireUrl();
        Texts.optional("The bind name", bindDn);
        Texts.require("The base of people", userBase);
        requireFilter("The filter of people", userFilter);
        Texts.require("The attribute of identity", idAttribute);
        Texts.require("The attribute of names", nameAttribute);
        Texts.optional("The attribute of addresses", emailAttribute);
        Texts.optional("The base of groups", groupBase);
        if (!groupBase.isEmpty()) {
            Texts.require("The filter of groups", groupFilter);
            Texts.require("The attribute of group names", groupNameAttribute);
        }
        if (certificate.length() > MAX_CERTIFICATE) {
            throw Problem.invalid(
                    "provider.certificate-invalid",
                    "The certificate has at most " + MAX_CERTIFICATE + " characters, as PEM.");
        }
    }

    private void requireUrl() {
        try {
            var uri = URI.create(url);
            var scheme = String.valueOf(uri.getScheme());
            boolean known = scheme.equals("ldap") || scheme.equals("ldaps");
            if (url.length() > 300
                    || !known
                    || uri.getHost() == null
                    || uri.getUserInfo() != null) {
                throw invalidUrl();
            }
            if (scheme.equals("ldap") && !startTls && !OpenIdSettings.here(uri.getHost())) {
                throw Problem.invalid(
                        "provider.not-encrypted",
                        "Passwords would cross the network in the clear: use ldaps:// or"
                                + " StartTLS.");
            }
        } catch (IllegalArgumentException e) {
            throw invalidUrl();
        }
    }

    private static void requireFilter(String what, String filter) {
        Texts.require(what, filter);
        if (!filter.contains("{name}")) {
            throw Problem.invalid(
                    "provider.field-invalid",
                    what + " must hold {name}, where the name goes that somebody types.");
        }
    }

    private static Problem invalidUrl() {
        return Problem.invalid(
                "provider.url-invalid",
                "A directory's address is like ldaps://ldap.example.org or"
                        + " ldap://ldap.example.org:389.");
    }
}
