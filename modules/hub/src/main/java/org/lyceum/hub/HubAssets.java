package org.lyceum.hub;

import org.lyceum.platform.http.Response;
import org.lyceum.platform.http.StaticFiles;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The style sheet, script and pictures of the pages, under names with a hash of what is in them.
 */
final class HubAssets {

    static final String STYLE = "hub.css";
    static final String SCRIPT = "hub.js";
    static final String LOGO = "logo.svg";

    private static final String[] ALL = {STYLE, SCRIPT, LOGO};

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

    /** The name a page refers to: {@code hub.01234567.css}. */
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

    /**
     * A checksum will do, and costs a start nothing: nobody gains from a collision with himself.
     */
    private static String digest(byte[] content) {
        var sum = new CRC32C();
        sum.update(content);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
