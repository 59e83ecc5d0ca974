package org.lyceum.login;

/** What a provider is, as far as the panel fills in its settings; none of it is a rule. */
public enum Preset {
    GOOGLE,
    ENTRA,
    CILOGON,
    KEYCLOAK,
    GITLAB,
    OPENID,
    ACTIVE_DIRECTORY,
    LDAP
}
