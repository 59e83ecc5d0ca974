package org.lyceum.storage.keeper;

import org.jspecify.annotations.Nullable;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.PoolReport.Tried;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What was decided when the pool was made, kept beside it. Never decided anew: a pool that does not
 * come up is a failure, and nobody is given another place for their files instead.
 *
 * @param id also stands in the pool itself, so that nothing else is taken for it
 * @param image whether the pool is a file system in the file {@link #imageOf}
 * @param projectBase added to a folder's number
 */
record PoolFile(String id, PoolKind kind, boolean image, long projectBase, List<Tried> tried) {

    private static final String NAME = "pool.properties";

    static Path imageOf(Path directory) {
        return directory.resolve("pool.img");
    }

    /** Where the folders are. */
    static Path rootOf(Path directory) {
        return directory.resolve("root");
    }

    /** Empty when no pool was made here. */
    static Optional<PoolFile> read(Path directory) throws IOException {
        var stored = new Properties();
        try (var in = Files.newInputStream(directory.resolve(NAME))) {
            stored.load(in);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        var tried = new ArrayList<Tried>();
        for (int i = 0; stored.containsKey("tried." + i + ".what"); i++) {
            tried.add(
                    new Tried(
                            text(stored, "tried." + i + ".what"),
                            Boolean.parseBoolean(text(stored, "tried." + i + ".worked")),
                            text(stored, "tried." + i + ".words")));
        }
        return Optional.of(
                new PoolFile(
                        text(stored, "id"),
                        PoolKind.valueOf(text(stored, "kind")),
                        Boolean.parseBoolean(text(stored, "image")),
                        Long.parseLong(text(stored, "project-base")),
                        tried));
    }

    private static String text(Properties stored, String key) throws IOException {
        @Nullable String value = stored.getProperty(key);
        if (value == null) {
            throw new IOException(NAME + " has no " + key);
        }
        return value;
    }

    /** Whole or not at all. */
    void write(Path directory) throws IOException {
        var stored = new Properties();
        stored.setProperty("id", id);
        stored.setProperty("kind", kind.name());
        stored.setProperty("image", Boolean.toString(image));
        stored.setProperty("project-base", Long.toString(projectBase));
        for (int i = 0; i < tried.size(); i++) {
            stored.setProperty("tried." + i + ".what", tried.get(i).what());
            stored.setProperty("tried." + i + ".worked", Boolean.toString(tried.get(i).worked()));
            stored.setProperty("tried." + i + ".words", tried.get(i).words());
        }
        var draft = directory.resolve(NAME + ".new");
        try (var out = Files.newOutputStream(draft)) {
            stored.store(out, "Written once, when the pool was made. Back it up with the pool.");
        }
        Files.move(draft, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }
}
