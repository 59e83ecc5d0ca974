package org.lyceum.platform.config;

import com.fasterxml.jackson.core.JsonProcessingException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The configuration while it is being read. Used by one thread, at the start of the program. */
public final class ConfigFile {

    private static final String PREFIX = "LYCEUM_";
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final Map<String, Map<String, String>> tables;
    private final Map<String, Map<String, String>> environment = new TreeMap<>();
    private final Map<String, ConfigSection> sections = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();

    private ConfigFile(
            Map<String, Map<String, String>> tables,
            Map<String, String> environment,
            List<String> errors) {
        this.tables = tables;
        this.errors.addAll(errors);
        environment.forEach(this::override);
    }

    /**
     * Reads a file. One that is missing or malformed is an error that {@link #finish()} shows.
     *
     * @param environment the process's; only names like {@code LYCEUM_SECTION__KEY} are looked at
     */
    public static ConfigFile load(Path file, Map<String, String> environment) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return broken(file + " is over 1 MiB; that is no configuration file.", environment);
            }
            return parse(Files.readString(file), file.toString(), environment);
        } catch (IOException e) {
            return broken(
                    file
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + "); create it, or name another with --config.",
                    environment);
        }
    }

    /** Reads a text, as {@link #load} reads a file. */
    public static ConfigFile of(String toml, Map<String, String> environment) {
        return parse(toml, "the configuration", environment);
    }

    private static ConfigFile parse(String toml, String source, Map<String, String> environment) {
        try {
            return new ConfigFile(TomlTables.read(toml), environment, List.of());
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            return broken(
                    source
                            + ", line "
                            + (where == null ? "?" : where.getLineNr())
                            + ": "
                            + e.getOriginalMessage(),
                    environment);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
    }

    private static ConfigFile broken(String error, Map<String, String> environment) {
        return new ConfigFile(Map.of(), environment, List.of(error));
    }

    /**
     * Reads one section into its record. When the record's constructor refuses a value, the error
     * is kept for {@link #finish()} and {@code otherwise} is returned.
     */
    public <T> T read(String section, Function<ConfigSection, T> reader, T otherwise) {
        try {
            return reader.apply(section(section));
        } catch (IllegalArgumentException e) {
            errors.add(String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    /**
     * Reads each section {@code [parent.name]}, in the order they are written. One that its reader
     * refuses is an error for {@link #finish()} and left out.
     *
     * @param reader takes the name after the dot
     */
    public <T> List<T> readEach(String parent, BiFunction<String, ConfigSection, T> reader) {
        section(parent);
        var all = new ArrayList<T>();
        for (var name : List.copyOf(tables.keySet())) {
            if (name.startsWith(parent + ".")) {
                try {
                    all.add(reader.apply(name.substring(parent.length() + 1), section(name)));
                } catch (IllegalArgumentException e) {
                    errors.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return all;
    }

    private ConfigSection section(String name) {
        return sections.computeIfAbsent(
                name,
                n ->
                        new ConfigSection(
                                n,
                                tables.getOrDefault(n, Map.of()),
                                environment.getOrDefault(variable(n), Map.of()),
                                errors));
    }

    /**
     * @throws ConfigException when anything was wrong, or a key was never read
     */
    public void finish() {
        tables.keySet().forEach(name -> known("section [" + name + "]", name, sections));
        var variables = new TreeMap<String, ConfigSection>();
        sections.forEach((name, section) -> variables.put(variable(name), section));
        environment
                .keySet()
                .forEach(name -> known("variable for section " + name, name, variables));
        sections.values().forEach(ConfigSection::reportUnread);
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }

    /** What is in force, a line for each key, for the log; secrets show as {@code <set>}. */
    public List<String> effective() {
        return sections.values().stream().flatMap(section -> section.effective().stream()).toList();
    }

    private void known(String what, String name, Map<String, ?> read) {
        if (!read.containsKey(name)) {
            errors.add(
                    "The "
                            + what
                            + " is unknown"
                            + Nearest.hint(name, new TreeSet<>(read.keySet())));
        }
    }

    private void override(String variable, String value) {
        int split = variable.indexOf("__");
        if (variable.startsWith(PREFIX) && split > PREFIX.length()) {
            environment
                    .computeIfAbsent(
                            key(variable.substring(PREFIX.length(), split)), s -> new TreeMap<>())
                    .put(key(variable.substring(split + 2)), value);
        }
    }

    /** A variable's name has no dots. */
    private static String variable(String section) {
        return section.replace('.', '-');
    }

    private static String key(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
