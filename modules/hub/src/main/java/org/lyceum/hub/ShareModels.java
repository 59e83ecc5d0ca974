package org.lyceum.hub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.Share;
import org.lyceum.identity.ShareCode;
import org.lyceum.identity.SharedServer;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.kernel.Names;
import org.lyceum.servers.Server;
import org.lyceum.servers.ServerKey;
import org.lyceum.servers.ServerQueries;

import java.util.List;

/**
 * JSON of shares and share codes (contract §4.2). Blocking: it looks whether servers are ready.
 * Source: jupyterhub 5.5.1, apihandlers/shares.py.
 */
final class ShareModels {

    private final HubUrls urls;
    private final ServerQueries servers;

    ShareModels(HubUrls urls, ServerQueries servers) {
        this.urls = urls;
        this.servers = servers;
    }

    ObjectNode share(Share share) {
        var json = Json.object();
        json.set("server", server(share.server()));
        HubModels.strings(json, "scopes", share.scopes());
        putName(json, "user", share.user());
        putName(json, "group", share.group());
        json.put("kind", share.group() == null ? "user" : "group");
        return json.put("created_at", HubTime.text(share.createdAt()));
    }

    ArrayNode shares(List<Share> shares) {
        ArrayNode items = Json.object().putArray("items");
        shares.forEach(share -> items.add(share(share)));
        return items;
    }

    ObjectNode code(ShareCode code) {
        var json = Json.object();
        json.set("server", server(code.server()));
        HubModels.strings(json, "scopes", code.scopes());
        json.put("id", code.id());
        json.put("created_at", HubTime.text(code.createdAt()));
        json.put("expires_at", HubTime.text(code.expiresAt()));
        json.put("exchange_count", code.exchanges());
        return json.put("last_exchanged_at", HubTime.text(code.lastExchangedAt()));
    }

    ArrayNode codes(List<ShareCode> codes) {
        ArrayNode items = Json.object().putArray("items");
        codes.forEach(code -> items.add(code(code)));
        return items;
    }

    /** With the code itself and a link: shown once. */
    ObjectNode issued(ShareCode.Issued issued) {
        var secret = issued.secret().reveal();
        var json = code(issued.code()).put("code", secret);
        json.put("accept_url", urls.hub("accept-share?code=") + Names.queryValue(secret));
        return json.putNull("full_accept_url");
    }

    boolean ready(SharedServer server) {
        var key = new ServerKey(server.community(), server.owner().id(), server.name());
        return servers.find(key).map(Server::ready).orElse(false);
    }

    private ObjectNode server(SharedServer server) {
        var json = Json.object();
        var owner = server.owner().name();
        json.putObject("user").put("name", owner);
        json.put("name", server.name());
        json.put("url", urls.server(owner, server.name()));
        return json.putNull("full_url").put("ready", ready(server));
    }

    private static void putName(ObjectNode json, String key, @Nullable String name) {
        if (name == null) {
            json.putNull(key);
        } else {
            json.putObject(key).put("name", name);
        }
    }
}
