package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.CustomScope;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.Role;
import org.lyceum.identity.ServiceClient;
import org.lyceum.platform.http.Meaning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the panel's API answers about roles, custom scopes and services. */
final class RoleJson {

    private RoleJson() {}

    record RoleLine(
            String name,
            String description,
            List<String> scopes,
            @Meaning("Whether it is one of JupyterHub's own, which stay.") boolean builtIn,
            @Meaning("To be sent with a change.") long version) {

        static RoleLine of(Role role) {
            return new RoleLine(
                    role.name(), role.description(), role.scopes(), role.builtIn(), role.version());
        }
    }

    /** A role and to whom it was given. */
    record RoleDetail(
            RoleLine role, List<String> users, List<String> groups, List<String> services) {

        static RoleDetail of(Role role, Role.Holders holders) {
            return new RoleDetail(
                    RoleLine.of(role), holders.users(), holders.groups(), holders.services());
        }
    }

    record CustomScopeLine(
            String name,
            @Meaning("Users read it when they are asked to grant the scope.") String description,
            @Meaning("Custom scopes that come with it.") List<String> subscopes,
            @Meaning("To be sent with a change.") long version) {

        static CustomScopeLine of(CustomScope scope) {
            return new CustomScopeLine(
                    scope.name(), scope.description(), scope.subscopes(), scope.version());
        }
    }

    record ServiceLine(
            String name,
            boolean admin,
            @Meaning("Where the proxy finds it; null when it has no page.") @Nullable String url,
            boolean display,
            boolean noConfirm,
            @Meaning("Null when nobody signs in at it.") @Nullable String redirectUri,
            List<String> allowedScopes,
            @Meaning("Roles it was given.") List<String> roles,
            @Meaning("To be sent with a change.") long version) {

        static ServiceLine of(
                RegisteredService service, Optional<ServiceClient> client, List<String> roles) {
            return new ServiceLine(
                    service.name(),
                    service.admin(),
                    service.url(),
                    service.display(),
                    service.noConfirm(),
                    client.map(ServiceClient::redirectUri).orElse(null),
                    client.map(ServiceClient::allowedScopes).orElse(List.of()),
                    roles,
                    service.version());
        }
    }

    /** A service with what its program must be told; the token is in it, and shown this once. */
    record ServiceSecrets(
            ServiceLine service,
            @Meaning("Variables for the service's program.") Map<String, String> environment) {}
}
