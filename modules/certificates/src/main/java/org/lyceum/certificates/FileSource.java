package org.lyceum.certificates;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Two files that somebody else writes; looked into each time. */
final class FileSource implements Source {

    /** A chain has some kilobytes. */
    private static final long MAX_BYTES = 256 * 1024;

    private final CertificatesConfig.Files files;

    FileSource(CertificatesConfig.Files files) {
        this.files = files;
    }

    @Override
    public @Nullable Certificate better(@Nullable Certificate now, Instant at) {
        var chain = read(files.chain());
        var key = read(files.key());
        if (now != null && now.chain().equals(chain) && now.key().reveal().equals(key)) {
            return null;
        }
        Certificate found;
        try {
            found = Certificate.of(chain, Secret.presented(key));
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage(), e);
        }
        if (found.expired(at)) {
            throw refused("it ended at " + found.until(), null);
        }
        return found;
    }

    private Problem refused(@Nullable String why, @Nullable Throwable cause) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "certificate.file-refused",
                "The certificate in "
                        + files.chain()
                        + " with the key in "
                        + files.key()
                        + " cannot be used: "
                        + why
                        + ". Put a good one there; it is taken within a minute.",
                cause);
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "certificate.file-unreadable",
                    file + " cannot be read; check that it is there and who may read it.",
                    e);
        }
    }
}
