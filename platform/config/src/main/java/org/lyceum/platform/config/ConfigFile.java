package org.lyceum.platform.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The configuration of the process: sections of a TOML file under the environment. Read all sections,
 * then call {@link #finish}. Not thread-safe; used once, at start.
 */
public final class ConfigFile {

    /** A configuration fits in a few pages; more is the wrong file. */
    private static final long MAX_BYTES = 1 << 20;

    /** {@code LYCEUM_SERVERS__CULL_AFTER} is {@code servers.cull-after}. */
    private static final Pattern VARIABLE = Pattern.compile("LYCEUM_([A-Z0-9_]+?)__([A-Z0-9_]+)");

    private final List<String> errors = new ArrayList<>();
    private final Map<String, Map<String, ConfigValue>> given = new TreeMap<>();
    private final Map<String, ConfigSection> sections = new TreeMap<>();

    private ConfigFile() {}

    /**
     * Reads {@code toml}, then lays {@code environment} over it. A file that is not there is an empty
     * one: every key has a default. What is wrong is told by {@link #finish}.
     */
    public static ConfigFile load(Path toml, Map<String, String> environment) {
        var file = new ConfigFile();
        file.readFile(toml);
        file.readEnvironment(environment);
        return file;
    }

    /** The section of this name, empty when nobody wrote one. */
    public ConfigSection section(String name) {
        return sections.computeIfAbsent(
                name, key -> new ConfigSection(key, given.getOrDefault(key, Map.of()), errors));
    }

    /**
     * What {@code reader} makes of the section.
     *
     * @throws ConfigException when {@code reader} refuses its values with an {@link
     *     IllegalArgumentException}; it also lists what was wrong before
     */
    public <T> T read(String name, Function<ConfigSection, T> reader) {
        try {
            return reader.apply(section(name));
        } catch (IllegalArgumentException refused) {
            errors.add(String.valueOf(refused.getMessage()));
            throw new ConfigException(errors);
        }
    }

    /**
     * Call after the last section was read.
     *
     * @throws ConfigException with every bad value and every key that nobody asked for
     */
    public void finish() {
        given.forEach(
                (name, values) -> {
                    var section = sections.get(name);
                    if (section == null) {
                        errors.add(
                                "There is no section '" + name + "'"
                                        + Nearest.hint(name, sections.keySet()));
                    } else {
                        section.reportUnknown();
                    }
                });
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }

    /** Every key that was read, with its value and where that came from; secrets as {@code <set>}. */
    public List<String> effective() {
        return sections.values().stream().flatMap(section -> section.effective().stream()).toList();
    }

    private void readFile(Path toml) {
        if (!Files.exists(toml)) {
            return;
        }
        try {
            if (Files.size(toml) > MAX_BYTES) {
                errors.add(toml + " is larger than 1 MiB; this cannot be a configuration.");
                return;
            }
            var root = new TomlMapper().readTree(Files.readString(toml));
            root.properties().forEach(entry -> readTable(entry.getKey(), entry.getValue()));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            errors.add(
                    toml + (at == null ? "" : " line " + at.getLineNr()) + ": "
                            + e.getOriginalMessage());
        } catch (IOException e) {
            errors.add(toml + " cannot be read: " + e.getMessage());
        }
    }

    private void readTable(String name, JsonNode table) {
        if (!table.isObject()) {
            errors.add("The key '" + name + "' stands before the first [section].");
            return;
        }
        var values = given.computeIfAbsent(name, key -> new HashMap<>());
        table.properties()
                .forEach(entry -> values.put(entry.getKey(), ConfigValue.ofFile(entry.getValue())));
    }

    private void readEnvironment(Map<String, String> environment) {
        environment.forEach(
                (variable, text) -> {
                    var match = VARIABLE.matcher(variable);
                    if (match.matches()) {
                        given.computeIfAbsent(dashed(match.group(1)), key -> new HashMap<>())
                                .put(dashed(match.group(2)), ConfigValue.ofEnvironment(text));
                    }
                });
    }

    private static String dashed(String upper) {
        return upper.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
