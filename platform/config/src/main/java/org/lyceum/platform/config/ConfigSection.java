package org.lyceum.platform.config;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One {@code [section]}. Each method reads one key; asking is what makes a key known. A value that
 * cannot be read is an error for {@link ConfigFile#finish()}, and the default is returned.
 */
public final class ConfigSection {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /** A token or a key; more is the wrong file. */
    private static final long MAX_SECRET_BYTES = 64 * 1024;

    private final String name;
    private final Map<String, String> table;
    private final Map<String, String> overrides;
    private final List<String> errors;
    private final Map<String, String> read = new TreeMap<>();

    ConfigSection(
            String name,
            Map<String, String> table,
            Map<String, String> overrides,
            List<String> errors) {
        this.name = name;
        this.table = table;
        this.overrides = overrides;
        this.errors = errors;
    }

    public String text(String key, String otherwise) {
        return value(key, otherwise, text -> text);
    }

    /** One of a few words; {@code parse} throws IllegalArgumentException that says which. */
    public <T> T choice(String key, T otherwise, Function<String, T> parse) {
        return value(key, otherwise, parse);
    }

    public int integer(String key, int otherwise) {
        return value(key, otherwise, Integer::parseInt);
    }

    /** A number with a point, such as 1.5. */
    public double decimal(String key, double otherwise) {
        return value(key, otherwise, Double::parseDouble);
    }

    public boolean flag(String key, boolean otherwise) {
        return value(
                key,
                otherwise,
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException("write true or false");
                        });
    }

    /** Written with a unit: {@code 500ms}, {@code 90s}, {@code 15m}, {@code 2h}, {@code 14d}. */
    public Duration duration(String key, Duration otherwise) {
        return value(key, otherwise, ConfigSection::parseDuration);
    }

    /** Written with a unit: {@code 512MiB}, {@code 2GiB}. */
    public Bytes bytes(String key, Bytes otherwise) {
        return value(key, otherwise, Bytes::parse);
    }

    /** An absolute path. */
    public Path path(String key, Path otherwise) {
        return value(
                key,
                otherwise,
                text -> {
                    var path = Path.of(text);
                    if (!path.isAbsolute()) {
                        throw new IllegalArgumentException("write an absolute path");
                    }
                    return path.normalize();
                });
    }

    /** A TOML list of texts; from the environment, separated by commas. */
    public List<String> textList(String key, List<String> otherwise) {
        return value(
                key,
                otherwise,
                text ->
                        text.isBlank()
                                ? List.of()
                                : List.of(text.split(",")).stream().map(String::strip).toList());
    }

    /**
     * The content of the file named by {@code key}, which ends with {@code -file}, without the
     * white space around it; empty when the key is not set. The file must not be everybody's to
     * read.
     */
    public Optional<Secret> secretFile(String key) {
        var file = text(key, "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        read.put(key, "<set>");
        try {
            return Optional.of(Secret.presented(secret(Path.of(file))));
        } catch (IOException | IllegalArgumentException e) {
            var reason =
                    e instanceof IOException
                            ? "the file cannot be read; check that it exists and who owns it."
                            : e.getMessage();
            errors.add(name + "." + key + ": " + reason);
            return Optional.empty();
        }
    }

    private static String secret(Path file) throws IOException {
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("write an absolute path");
        }
        if (Files.size(file) > MAX_SECRET_BYTES) {
            throw new IllegalArgumentException("the file is too large to be a secret.");
        }
        if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            throw new IllegalArgumentException("everybody can read the file; chmod it to 0600.");
        }
        var secret = Files.readString(file).strip();
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the file is empty.");
        }
        return secret;
    }

    void reportUnread() {
        var keys = new TreeSet<>(overrides.keySet());
        keys.addAll(table.keySet());
        for (var key : keys) {
            if (!read.containsKey(key)) {
                errors.add(
                        "The key "
                                + name
                                + "."
                                + key
                                + " is unknown"
                                + Nearest.hint(key, read.keySet()));
            }
        }
    }

    List<String> effective() {
        return read.entrySet().stream()
                .map(e -> name + "." + e.getKey() + "=" + e.getValue())
                .toList();
    }

    private <T> T value(String key, T otherwise, Function<String, T> parse) {
        var written = written(key);
        T value = otherwise;
        if (written.isPresent()) {
            try {
                value = parse.apply(written.get());
            } catch (IllegalArgumentException e) {
                errors.add(
                        name
                                + "."
                                + key
                                + " = \""
                                + written.get()
                                + "\" cannot be read: "
                                + e.getMessage());
            }
        }
        read.put(key, String.valueOf(value));
        return value;
    }

    private Optional<String> written(String key) {
        var overridden = overrides.get(key);
        return Optional.ofNullable(overridden == null ? table.get(key) : overridden);
    }

    private static Duration parseDuration(String text) {
        var match = DURATION.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "write a number with a unit, such as 90s, 15m or 2h");
        }
        long count = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
