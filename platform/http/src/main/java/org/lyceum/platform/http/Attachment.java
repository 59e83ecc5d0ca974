package org.lyceum.platform.http;

import org.lyceum.platform.kernel.Names;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Something that is sent to be kept, whole or from a place in the middle (RFC 9110, 14). Never to
 * be shown: it is somebody's file and may be a page that would act in the platform's name.
 *
 * @param name as the browser keeps it
 * @param tag another text once the bytes may be others; of letters, digits and hyphens
 * @param length in bytes
 * @param close for what is not opened
 */
public record Attachment(
        String name, String tag, Instant modified, long length, Source source, Runnable close) {

    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** No script of it runs, whatever a browser makes of it. */
    private static final String POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

    /** Its bytes from a place on, to be closed; asked once. */
    @FunctionalInterface
    public interface Source {
        InputStream from(long from) throws IOException;
    }

    /** A part: from the first byte to the last, both included. */
    private record Range(long first, long last) {}

    /**
     * Closes it once it was sent, or cannot be.
     *
     * @throws IOException when it cannot be opened
     */
    public Response answer(Request request) throws IOException {
        try {
            return part(request);
        } catch (IOException | RuntimeException e) {
            close.run();
            throw e;
        }
    }

    private Response part(Request request) throws IOException {
        var asked = request.header("range").orElse("");
        boolean same = request.header("if-range").map(etag()::equals).orElse(true);
        var match = ONE_RANGE.matcher(asked);
        if (!same || !match.matches() || asked.equals("bytes=-")) {
            return described(Response.stream(200, source.from(0), length));
        }
        var range = range(match.group(1), match.group(2));
        if (range.first() > range.last()) {
            close.run();
            return Response.of(416).with("Content-Range", "bytes */" + length);
        }
        long count = range.last() - range.first() + 1;
        return described(Response.stream(206, source.from(range.first()), count))
                .with(
                        "Content-Range",
                        "bytes " + range.first() + "-" + range.last() + "/" + length);
    }

    private Range range(String first, String last) {
        if (first.isEmpty()) { // the last so many bytes
            return new Range(Math.max(0, length - Long.parseLong(last)), length - 1);
        }
        long end = last.isEmpty() ? length - 1 : Math.min(Long.parseLong(last), length - 1);
        return new Range(Long.parseLong(first), end);
    }

    private String etag() {
        return "\"" + tag + "\"";
    }

    private Response described(Response response) {
        var since = DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atOffset(ZoneOffset.UTC));
        return response.with("Content-Type", "application/octet-stream")
                .with("Content-Disposition", disposition())
                .with("Content-Security-Policy", POLICY)
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Accept-Ranges", "bytes")
                .with("Etag", etag())
                .with("Last-Modified", since)
                .with("Cache-Control", "private, no-cache");
    }

    /** RFC 6266. */
    private String disposition() {
        var plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        return "attachment; filename=\""
                + plain
                + "\"; filename*=UTF-8''"
                + Names.queryValue(name.replaceAll("\\p{Cntrl}", "_"));
    }
}
