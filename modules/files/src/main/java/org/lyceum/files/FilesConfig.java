package org.lyceum.files;

import org.lyceum.platform.config.ConfigSection;

import java.time.Duration;

/**
 * {@code files.*} of the configuration. Every default is written here and nowhere else.
 *
 * @param trashAge after which what is in somebody's trash goes for good
 */
public record FilesConfig(Duration trashAge) {

    public FilesConfig {
        if (trashAge.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("files.trash-age must be at least 1h");
        }
    }

    public static FilesConfig from(ConfigSection files) {
        return new FilesConfig(files.duration("trash-age", defaults().trashAge));
    }

    public static FilesConfig defaults() {
        return new FilesConfig(Duration.ofDays(30));
    }
}
