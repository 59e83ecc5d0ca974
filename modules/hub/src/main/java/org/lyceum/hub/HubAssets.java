package org.lyceum.hub;

import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.StaticFiles;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The style sheet, script and pictures of the pages, under names with a hash of what is in them.
 */
final class HubAssets {

    static final String STYLE = "hub.css";
    static final String SCRIPT = "hub.js";
    static final String LOGO = "logo.svg";

    private static final String[] ALL = {STYLE, SCRIPT, LOGO};

    /** 48 bits tell the versions of one small file apart. */
    private static final int HASH_DIGITS = 12;

    private final StaticFiles files =
            new StaticFiles(HubAssets.class.getClassLoader(), "org/lyceum/hub/static");
    private final Map<String, String> hashedByName = new LinkedHashMap<>();
    private final Map<String, String> nameByHashed = new LinkedHashMap<>();

    HubAssets() {
        for (var name : ALL) {
            var hashed = hashed(name);
            hashedByName.put(name, hashed);
            nameByHashed.put(hashed, name);
        }
    }

    /** The name a page refers to: {@code hub.0123456789ab.css}. */
    String hashedName(String name) {
        var hashed = hashedByName.get(name);
        if (hashed == null) {
            throw new IllegalArgumentException("no such asset: " + name);
        }
        return hashed;
    }

    /** A file by its own name, or by its hashed one, which may then be kept for ever. */
    Optional<Response> find(String requested) {
        var name = nameByHashed.get(requested);
        if (name != null) {
            return files.find(name, true);
        }
        return hashedByName.containsKey(requested)
                ? files.find(requested, false)
                : Optional.empty();
    }

    private String hashed(String name) {
        byte[] content =
                files.bytes(name)
                        .orElseThrow(() -> new IllegalStateException("not packed: " + name));
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot) + "." + digest(content) + name.substring(dot);
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
