package org.lyceum.login.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;
import org.lyceum.login.OpenIdSettings;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Asks a provider whether it is what its settings say, with the JDK's client alone. */
final class Check {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Discovery documents and key sets have a few KiB. */
    private static final int MAX_BODY = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Answer(int status, byte[] body) {}

    private final OpenIdSettings settings;

    Check(OpenIdSettings settings) {
        this.settings = settings;
    }

    List<String> run(@Nullable Secret secret, String callback) {
        var found = new ArrayList<String>();
        var metadata = discover();
        found.add("The provider answers as " + settings.issuer() + ".");
        var keys = get(address(metadata, "jwks_uri")).path("keys");
        if (keys.isEmpty()) {
            throw notOpenId("its key set is empty");
        }
        found.add("Its keys can be read.");
        if (secret == null) {
            throw Problem.invalid(
                    "provider.secret-missing",
                    "The client's secret is missing; the provider shows it where the client is"
                            + " registered.");
        }
        credentials(metadata, secret, callback);
        found.add("It takes the client's id and secret.");
        return found;
    }

    JsonNode discover() {
        var base = settings.issuer().replaceAll("/+$", "");
        var metadata = get(base + "/.well-known/openid-configuration");
        var issuer = metadata.path("issuer").asText();
        if (issuer.isEmpty()) {
            throw notOpenId("its discovery document names no issuer");
        }
        if (!issuer.equals(settings.issuer())) {
            throw Failures.otherIssuer(settings.issuer(), issuer);
        }
        return metadata;
    }

    /**
     * Redeems a code that nobody was given: who takes the client refuses the code, who does not
     * refuses the client (RFC 6749 §5.2).
     */
    private void credentials(JsonNode metadata, Secret secret, String callback) {
        var form =
                "grant_type=authorization_code&code=not-a-code&code_verifier="
                        + "x".repeat(43)
                        + "&redirect_uri="
                        + Names.queryValue(callback);
        var builder =
                HttpRequest.newBuilder(URI.create(address(metadata, "token_endpoint")))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json");
        var methods = metadata.path("token_endpoint_auth_methods_supported");
        boolean basic =
                methods.isMissingNode() || methods.toString().contains("\"client_secret_basic\"");
        var id = Names.queryValue(settings.clientId());
        var word = Names.queryValue(secret.reveal());
        if (basic) {
            var pair = (id + ":" + word).getBytes(StandardCharsets.UTF_8);
            builder.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        } else {
            form += "&client_id=" + id + "&client_secret=" + word;
        }
        var answer = send(builder.POST(HttpRequest.BodyPublishers.ofString(form)).build());
        var error = parse(answer.body()).path("error").asText();
        if (answer.status() == 401
                || error.equals("invalid_client")
                || error.equals("unauthorized_client")) {
            throw Problem.invalid(
                    "provider.credentials-wrong",
                    "The provider does not take the client's id and secret; copy both again from"
                            + " where the client is registered.");
        }
        if (answer.status() / 100 == 5) {
            throw Failures.unreachable(settings.issuer(), "status " + answer.status(), null);
        }
    }

    private JsonNode get(String url) {
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(PATIENCE)
                        .header("Accept", "application/json")
                        .build();
        var answer = send(request);
        if (answer.status() != 200) {
            throw Failures.unreachable(settings.issuer(), "status " + answer.status(), null);
        }
        return parse(answer.body());
    }

    private Answer send(HttpRequest request) {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return new Answer(answer.statusCode(), body.readNBytes(MAX_BODY));
            }
        } catch (HttpTimeoutException e) {
            var late = "no answer within " + PATIENCE.toSeconds() + " s";
            throw Failures.unreachable(settings.issuer(), late, e);
        } catch (IOException e) {
            throw Failures.unreachable(settings.issuer(), "no connection", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.unreachable(settings.issuer(), "interrupted", e);
        }
    }

    private String address(JsonNode metadata, String name) {
        var url = metadata.path(name).asText();
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            throw notOpenId("its discovery document has no " + name);
        }
        return url;
    }

    private JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw notOpenId("it answers something that is no JSON");
        } catch (IOException e) {
            throw Failures.unreachable(settings.issuer(), "a broken answer", e);
        }
    }

    private Problem notOpenId(String why) {
        return Problem.invalid(
                "provider.not-openid",
                "At "
                        + settings.issuer()
                        + " is no OpenID Connect provider: "
                        + why
                        + ". Check the issuer, realm and tenant included.");
    }
}
