package org.lyceum.login.oidc;

import org.jspecify.annotations.Nullable;
import org.pac4j.core.context.Cookie;
import org.pac4j.core.context.WebContext;

import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request for our callback, as far as pac4j needs it: its address and its parameters. */
final class Visit implements WebContext {

    private final URI address;
    private final Map<String, String> parameters;
    private final Map<String, Object> attributes = new HashMap<>();

    Visit(String address, Map<String, String> parameters) {
        this.address = URI.create(address);
        this.parameters = Map.copyOf(parameters);
    }

    @Override
    public Optional<String> getRequestParameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public Map<String, String[]> getRequestParameters() {
        var all = new HashMap<String, String[]>();
        parameters.forEach((name, value) -> all.put(name, new String[] {value}));
        return all;
    }

    // pac4j's own type is raw (6.5.5).
    @SuppressWarnings("rawtypes")
    @Override
    public Optional getRequestAttribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    @Override
    public void setRequestAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public Optional<String> getRequestHeader(String name) {
        return Optional.empty();
    }

    @Override
    public String getRequestMethod() {
        return "GET";
    }

    @Override
    public String getRemoteAddr() {
        return "";
    }

    @Override
    public void setResponseHeader(String name, String value) {
        // our answer is ours
    }

    @Override
    public Optional<String> getResponseHeader(String name) {
        return Optional.empty();
    }

    @Override
    public void setResponseContentType(String type) {
        // our answer is ours
    }

    @Override
    public String getServerName() {
        return address.getHost();
    }

    @Override
    public int getServerPort() {
        return address.getPort() > 0 ? address.getPort() : isSecure() ? 443 : 80;
    }

    @Override
    public String getScheme() {
        return address.getScheme();
    }

    @Override
    public boolean isSecure() {
        return "https".equals(address.getScheme());
    }

    @Override
    public String getFullRequestURL() {
        return address.toString();
    }

    @Override
    public Collection<Cookie> getRequestCookies() {
        return List.of();
    }

    @Override
    public void addResponseCookie(Cookie cookie) {
        // our answer is ours
    }

    @Override
    public String getPath() {
        return address.getPath();
    }
}
