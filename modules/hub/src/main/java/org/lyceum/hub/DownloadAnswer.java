package org.lyceum.hub;

import org.lyceum.files.Download;
import org.lyceum.files.FilePath;
import org.lyceum.platform.http.Attachment;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.linux.FileName;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends somebody's file, or an archive of many. */
final class DownloadAnswer {

    private DownloadAnswer() {}

    /** Closes the download once it was sent, or cannot be. */
    static Response of(Request request, Download download, FileName name) {
        try {
            return new Attachment(
                            text(name),
                            download.tag(),
                            download.modified(),
                            download.length(),
                            download::from,
                            download::close)
                    .answer(request);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "files.unreachable",
                    "Your files cannot be reached just now. Try again in a minute.",
                    e);
        }
    }

    /** A name that is no text is written with escapes, as on the page. */
    private static String text(FileName name) {
        return name.text()
                ? new String(name.bytes(), StandardCharsets.UTF_8)
                : FilePath.written(name);
    }
}
