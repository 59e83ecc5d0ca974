package org.lyceum.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lyceum.community.Community;
import org.lyceum.community.Hosts;
import org.lyceum.community.HubAddress;
import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.ServiceClient;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The variables that a service's program wants to find (contract §2.2), for whoever starts it: the
 * platform does not. Source: jupyterhub 5.5, services/service.py.
 */
public final class ServiceEnvironment {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<String> origin;
    private final Hosts hosts;

    /**
     * @param origin how programs on this machine reach the platform: {@code http://127.0.0.1:8000}
     */
    ServiceEnvironment(Supplier<String> origin, Hosts hosts) {
        this.origin = origin;
        this.hosts = hosts;
    }

    /** In the order to show them. The token is in it: for the one answer that shows it. */
    public Map<String, String> of(
            Community community,
            RegisteredService service,
            Optional<ServiceClient> client,
            Secret token) {
        var hub = hosts.of(community);
        var base = hub.base();
        var env = new LinkedHashMap<String, String>();
        env.put("JUPYTERHUB_SERVICE_NAME", service.name());
        env.put("JUPYTERHUB_API_TOKEN", token.reveal());
        env.put("JUPYTERHUB_API_URL", origin.get() + community.baseUrl() + "hub/api");
        env.put("JUPYTERHUB_BASE_URL", base);
        env.put("JUPYTERHUB_HOST", hub.userHosts() ? hub.absolute("") : "");
        var url = service.url();
        if (url != null) {
            env.put("JUPYTERHUB_SERVICE_PREFIX", prefix(base, service.name()));
            env.put("JUPYTERHUB_SERVICE_URL", url);
        }
        client.ifPresent(of -> putClient(env, service, of));
        env.put("JUPYTERHUB_PUBLIC_URL", "");
        env.put("JUPYTERHUB_PUBLIC_HUB_URL", "");
        return env;
    }

    private static void putClient(
            Map<String, String> env, RegisteredService service, ServiceClient client) {
        var access = json(List.of("access:services", "access:services!service=" + service.name()));
        env.put("JUPYTERHUB_CLIENT_ID", client.identifier());
        env.put("JUPYTERHUB_OAUTH_CALLBACK_URL", client.redirectUri());
        env.put("JUPYTERHUB_OAUTH_SCOPES", access);
        env.put("JUPYTERHUB_OAUTH_ACCESS_SCOPES", access);
        env.put("JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES", json(client.allowedScopes()));
    }

    /** Where people reach the service; a path, unless it is on another host than the hub. */
    static String url(HubAddress hub, String name) {
        return hub.link(hub.serviceHost(name), prefix(hub.base(), name));
    }

    /** The path of that, percent-encoded. */
    static String prefix(String base, String name) {
        return base + "services/" + Names.pathSegment(name) + "/";
    }

    private static String json(List<String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts is always JSON", e);
        }
    }
}
