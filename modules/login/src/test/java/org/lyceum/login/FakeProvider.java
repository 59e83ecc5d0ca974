package org.lyceum.login;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An OpenID Connect provider in memory, as far as a client sees one: discovery, keys, codes that
 * are good once, PKCE and client secrets that are checked. A test bends what it says.
 */
public final class FakeProvider implements AutoCloseable {

    public static final String CLIENT = "lyceum";
    public static final String SECRET = "the client's own & secret: %";
    public static final String CALLBACK = "http://127.0.0.1:8000/sso/callback";

    private record Code(String nonce, String challenge) {}

    private final HttpServer server;
    private final Map<String, Code> codes = new HashMap<>();
    private final RSAKey key = key();
    private RSAKey signing = key;
    private String issuerSaid;
    private Consumer<JWTClaimsSet.Builder> bend = claims -> {};

    public FakeProvider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuerSaid = issuer();
        server.createContext(
                "/.well-known/openid-configuration", http -> answer(http, 200, discovery()));
        server.createContext(
                "/keys", http -> answer(http, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/token", this::token);
        server.start();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    OpenIdSettings settings() {
        return new OpenIdSettings(
                issuer(),
                CLIENT,
                java.util.List.of("profile", "email"),
                "preferred_username",
                "groups",
                false);
    }

    ProviderVersion version(String title) {
        return new ProviderVersion(title, Preset.OPENID, settings(), null, null);
    }

    static Secret secret() {
        return Secret.presented(SECRET);
    }

    /** What the tokens say from now on, besides the usual. */
    public void says(Consumer<JWTClaimsSet.Builder> claims) {
        bend = claims;
    }

    void callsItself(String issuer) {
        issuerSaid = issuer;
    }

    void signsWithAnotherKey() {
        signing = key();
    }

    /** The person agrees: what the browser brings back from the address it was sent to. */
    public Map<String, String> agree(String address) {
        var asked = query(URI.create(address).getRawQuery());
        var code = Secret.random().reveal();
        codes.put(code, new Code(asked.get("nonce"), asked.get("code_challenge")));
        return Map.of("code", code, "state", asked.get("state"));
    }

    static Map<String, String> query(String raw) {
        var all = new HashMap<String, String>();
        for (var pair : raw.split("&")) {
            var parts = pair.split("=", 2);
            all.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return all;
    }

    private String discovery() {
        var base = issuer();
        return """
        {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token",
        "jwks_uri":"%s/keys","response_types_supported":["code"],
        "subject_types_supported":["public"],"code_challenge_methods_supported":["S256"],
        "id_token_signing_alg_values_supported":["RS256"],
        "token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_basic"]}
        """
                .formatted(issuerSaid, base, base, base);
    }

    private void token(HttpExchange http) throws IOException {
        var form = query(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (!client(http)) {
            answer(http, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        var code = codes.remove(form.getOrDefault("code", ""));
        if (code == null
                || !s256(form.getOrDefault("code_verifier", "")).equals(code.challenge())) {
            answer(http, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(
                http,
                200,
                "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":60,\"id_token\":\""
                        + idToken(code)
                        + "\"}");
    }

    private static boolean client(HttpExchange http) {
        var header = String.valueOf(http.getRequestHeaders().getFirst("Authorization"));
        if (!header.startsWith("Basic ")) {
            return false;
        }
        var pair =
                new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
        var parts = pair.split(":", 2);
        return parts[0].equals(CLIENT)
                && URLDecoder.decode(parts[1], StandardCharsets.UTF_8).equals(SECRET);
    }

    private String idToken(Code code) {
        var now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("248289761001")
                        .audience(CLIENT)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("nonce", code.nonce())
                        .claim("preferred_username", "ada")
                        .claim("email", "ada@school.example")
                        .claim("email_verified", true);
        bend.accept(claims);
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                            claims.build());
            token.sign(new RSASSASigner(signing));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String s256(String verifier) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange http, int status, String body) throws IOException {
        try (http) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            http.getResponseHeaders().add("Content-Type", "application/json");
            http.sendResponseHeaders(status, bytes.length);
            http.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
