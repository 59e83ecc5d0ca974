package org.lyceum.hub;

import org.lyceum.files.Download;
import org.lyceum.files.FilePath;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Sends something to be kept, whole or from a place in the middle (RFC 9110, 14). Never to be
 * shown: it is somebody's file and may be a page that would act in the hub's name.
 */
final class DownloadAnswer {

    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** No script of it runs, whatever a browser makes of it. */
    private static final String POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

    private DownloadAnswer() {}

    /** A part: from the first byte to the last, both included. */
    private record Range(long first, long last) {}

    /** Closes the download once it was sent, or cannot be. */
    static Response of(Request request, Download download, FileName name) {
        try {
            return answer(request, download, name);
        } catch (IOException e) {
            download.close();
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "files.unreachable",
                    "Your files cannot be reached just now. Try again in a minute.",
                    e);
        } catch (RuntimeException e) {
            download.close();
            throw e;
        }
    }

    private static Response answer(Request request, Download download, FileName name)
            throws IOException {
        var etag = "\"" + download.tag() + "\"";
        long length = download.length();
        var asked = request.header("range").orElse("");
        boolean same = request.header("if-range").map(etag::equals).orElse(true);
        var match = ONE_RANGE.matcher(asked);
        if (!same || !match.matches() || asked.equals("bytes=-")) {
            var whole = Response.stream(200, download.from(0), length);
            return described(whole, download, etag, name);
        }
        var range = range(match.group(1), match.group(2), length);
        if (range.first() > range.last()) {
            download.close();
            return Response.of(416).with("Content-Range", "bytes */" + length);
        }
        long count = range.last() - range.first() + 1;
        var part = Response.stream(206, download.from(range.first()), count);
        return described(part, download, etag, name)
                .with(
                        "Content-Range",
                        "bytes " + range.first() + "-" + range.last() + "/" + length);
    }

    private static Range range(String first, String last, long length) {
        if (first.isEmpty()) { // the last so many bytes
            return new Range(Math.max(0, length - Long.parseLong(last)), length - 1);
        }
        long end = last.isEmpty() ? length - 1 : Math.min(Long.parseLong(last), length - 1);
        return new Range(Long.parseLong(first), end);
    }

    private static Response described(
            Response response, Download download, String etag, FileName name) {
        var modified =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        download.modified().atOffset(ZoneOffset.UTC));
        return response.with("Content-Type", "application/octet-stream")
                .with("Content-Disposition", disposition(name))
                .with("Content-Security-Policy", POLICY)
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Accept-Ranges", "bytes")
                .with("Etag", etag)
                .with("Last-Modified", modified)
                .with("Cache-Control", "private, no-cache");
    }

    /** RFC 6266; a name that is no text is written with escapes, as on the page. */
    private static String disposition(FileName name) {
        var text = name.text() ? new String(name.bytes(), StandardCharsets.UTF_8) : shown(name);
        var plain = text.replaceAll("[^A-Za-z0-9._ -]", "_");
        return "attachment; filename=\""
                + plain
                + "\"; filename*=UTF-8''"
                + Names.queryValue(text.replaceAll("\\p{Cntrl}", "_"));
    }

    private static String shown(FileName name) {
        return FilePath.written(name);
    }
}
