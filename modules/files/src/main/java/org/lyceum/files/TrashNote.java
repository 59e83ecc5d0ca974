package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;
import org.lyceum.storage.MountService;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands beside a thing in the trash: where it lay and when it was deleted. The form is the
 * FreeDesktop.org Trash specification's, 1.0, which JupyterLab's own deleting follows too; there
 * the home is called as servers see it, and other folders are not named at all.
 */
record TrashNote(@Nullable FilePath from, @Nullable LocalDateTime deleted) {

    /**
     * What JupyterLab's library says of a thing in another folder than the home: it comes over the
     * link in the home, and the way from there to the folder's top is not its own.
     */
    private static final Pattern OVER_LINK =
            Pattern.compile(
                    "(?:\\.\\./)+"
                            + MountService.HOME.substring(1)
                            + "/(?:shared|shared-readwrite|scratch|groups/[^/]+)/(.+)");

    /** By RFC 2396, as the specification says, and the slash. */
    private static final String PLAIN = "-_.!~*'()/";

    static TrashNote of(FilePath from, Instant now) {
        var second = now.atOffset(ZoneOffset.UTC).toLocalDateTime().withNano(0);
        return new TrashNote(from, second);
    }

    /**
     * @param prefix before paths from the folder's top on; in a home its place in servers
     */
    byte[] written(String prefix) {
        var where = from == null ? "" : escaped(from);
        var when = deleted == null ? "" : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(deleted);
        var text = "[Trash Info]\nPath=" + prefix + where + "\nDeletionDate=" + when + "\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whatever somebody has put there: what cannot be understood is not known. */
    static TrashNote read(byte[] note, String prefix) {
        FilePath from = null;
        LocalDateTime deleted = null;
        for (var line : new String(note, StandardCharsets.ISO_8859_1).split("\n")) {
            if (from == null && line.startsWith("Path=")) {
                from = path(line.substring(5).strip(), prefix);
            } else if (deleted == null && line.startsWith("DeletionDate=")) {
                deleted = time(line.substring(13).strip());
            }
        }
        return new TrashNote(from, deleted);
    }

    private static @Nullable FilePath path(String escaped, String prefix) {
        var overLink = OVER_LINK.matcher(escaped);
        if (!overLink.matches() && !escaped.startsWith(prefix)) {
            return null;
        }
        var below = overLink.matches() ? overLink.group(1) : escaped.substring(prefix.length());
        try {
            var names = new ArrayList<FileName>();
            for (var part : below.split("/", -1)) {
                names.add(FileName.of(unescaped(part)));
            }
            return names.size() > FilePath.MAX_DEPTH ? null : new FilePath(List.copyOf(names));
        } catch (IllegalArgumentException | Problem strange) {
            return null;
        }
    }

    private static @Nullable LocalDateTime time(String written) {
        try {
            return LocalDateTime.parse(written);
        } catch (DateTimeException strange) {
            return null;
        }
    }

    private static String escaped(FilePath path) {
        var out = new StringBuilder();
        for (var name : path.names()) {
            out.append(out.isEmpty() ? "" : "/");
            for (byte each : name.bytes()) {
                char c = (char) (each & 0xff);
                boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
                if (plain) {
                    out.append(c);
                } else {
                    out.append('%').append(String.format("%02X", (int) c));
                }
            }
        }
        return out.toString();
    }

    private static byte[] unescaped(String part) {
        var out = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%' && i + 2 < part.length()) {
                out.write(Integer.parseInt(part, i + 1, i + 3, 16));
                i += 2;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
