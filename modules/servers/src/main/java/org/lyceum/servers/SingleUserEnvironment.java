package org.lyceum.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lyceum.catalog.LaunchSpec;
import org.lyceum.catalog.WebApplication;
import org.lyceum.community.Community;
import org.lyceum.community.HubAddress;
import org.lyceum.community.Limits;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.MountService;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The variables a single-user server finds; source: jupyterhub 5 spawner.py, get_env, and
 * dockerspawner. Pure.
 */
final class SingleUserEnvironment {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Community community;
    private final HubAddress hub;
    private final User user;
    private final String server;

    SingleUserEnvironment(Community community, HubAddress hub, User user, String server) {
        this.community = community;
        this.hub = hub;
        this.user = user;
        this.server = server;
    }

    /** {@code jupyterhub-user-alice}, and {@code -my%20srv} for a named one. */
    String clientId() {
        var id = "jupyterhub-user-" + Names.clientId(user.name());
        return server.isEmpty() ? id : id + "-" + Names.clientId(server);
    }

    String prefix() {
        return ServerPaths.encoded(hub, user.name(), server);
    }

    /** A path, unless the server is on another host than the hub. */
    String redirectUri() {
        return hub.link(hub.serverHost(user.name()), prefix() + "oauth_callback");
    }

    /**
     * What anybody may see who inspects the container.
     *
     * @param hubOrigin how the container reaches the hub: {@code http://172.18.0.1:8081}
     */
    Map<String, String> open(String hubOrigin, LaunchSpec spec) {
        var env = contract(hubOrigin);
        if (!spec.defaultUrl().isEmpty()) {
            env.put("JUPYTERHUB_DEFAULT_URL", spec.defaultUrl());
        }
        env.put("MEM_LIMIT", Long.toString(spec.memory().value()));
        env.put("CPU_LIMIT", String.format(Locale.ROOT, "%.3f", spec.milliCpus() / 1000.0));
        env.put("JUPYTER_IMAGE_SPEC", spec.imageReference());
        return env;
    }

    /** The same for a program that knows nothing of JupyterHub; nothing in it is of use to it. */
    Map<String, String> ofWeb(LaunchSpec spec, WebApplication web) {
        var env = new LinkedHashMap<String, String>();
        env.put("HOME", MountService.HOME);
        env.put("PORT", Integer.toString(web.port()));
        env.put("LYCEUM_PREFIX", prefix());
        env.put("LYCEUM_USER", user.name());
        env.put("MEM_LIMIT", Long.toString(spec.memory().value()));
        env.put("CPU_LIMIT", String.format(Locale.ROOT, "%.3f", spec.milliCpus() / 1000.0));
        return env;
    }

    /** A command in which {@code {prefix}}, {@code {port}} and {@code {user}} stand for these. */
    List<String> filled(List<String> command, WebApplication web) {
        return command.stream()
                .map(
                        word ->
                                word.replace("{prefix}", prefix())
                                        .replace("{port}", Integer.toString(web.port()))
                                        .replace("{user}", user.name()))
                .toList();
    }

    private Map<String, String> contract(String hubOrigin) {
        var api = hubOrigin + community.baseUrl() + "hub/api";
        var access = json(accessScopes());
        var env = new LinkedHashMap<String, String>();
        env.put("JUPYTERHUB_CLIENT_ID", clientId());
        env.put("JUPYTERHUB_HOST", hub.userHosts() ? hub.absolute("") : "");
        env.put("JUPYTERHUB_OAUTH_CALLBACK_URL", redirectUri());
        env.put("JUPYTERHUB_USER", user.name());
        env.put("JUPYTERHUB_SERVER_NAME", server);
        env.put("JUPYTERHUB_API_URL", api);
        env.put(
                "JUPYTERHUB_ACTIVITY_URL",
                api + "/users/" + Names.pathSegment(user.name()) + "/activity");
        env.put("JUPYTERHUB_BASE_URL", hub.base());
        env.put("JUPYTERHUB_SERVICE_PREFIX", prefix());
        env.put("JUPYTERHUB_SERVICE_URL", "http://0.0.0.0:" + ServersConfig.PORT + prefix());
        env.put("JUPYTERHUB_OAUTH_SCOPES", access);
        env.put("JUPYTERHUB_OAUTH_ACCESS_SCOPES", access);
        env.put("JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES", "[]");
        env.put("JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED", hub.hostCookies() ? "1" : "0");
        env.put("JUPYTERHUB_PUBLIC_URL", publicUrl(hub.serverHost(user.name()), prefix()));
        env.put("JUPYTERHUB_PUBLIC_HUB_URL", publicUrl("", hub.base() + "hub/"));
        return env;
    }

    /** Of nobody's server, at addresses that lead nowhere. */
    static Map<String, String> rehearsal() {
        var community =
                new Community(
                        Community.DEFAULT,
                        "rehearsal",
                        "Rehearsal",
                        "/",
                        null,
                        Community.State.ACTIVE,
                        "",
                        false,
                        Limits.NONE,
                        0);
        var nobody = new User(new UserId(1), "rehearsal", false, Instant.EPOCH, null);
        var here = HubAddress.path(community.baseUrl());
        var env =
                new SingleUserEnvironment(community, here, nobody, "")
                        .contract("http://127.0.0.1:9");
        env.putAll(secret(Secret.random()));
        return env;
    }

    /** Empty where paths will do. */
    private String publicUrl(String host, String path) {
        if (!hub.userHosts()) {
            return "";
        }
        return host.isEmpty() ? hub.absolute(path) : hub.link(host, path);
    }

    /** What only the server itself may see. */
    static Map<String, String> secret(Secret token) {
        return Map.of("JUPYTERHUB_API_TOKEN", token.reveal(), "JPY_API_TOKEN", token.reveal());
    }

    /** Raw names, not escaped. */
    private List<String> accessScopes() {
        return List.of(
                "access:servers!server=" + user.name() + "/" + server,
                "access:servers!user=" + user.name());
    }

    private static String json(List<String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts is always JSON", e);
        }
    }
}
