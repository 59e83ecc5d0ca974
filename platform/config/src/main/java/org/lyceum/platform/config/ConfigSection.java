package org.lyceum.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Secret;

/**
 * The keys of one section. Each is asked for once, with its default; a value that cannot be read is
 * noted, and the default is returned so that the rest is looked at too.
 */
public final class ConfigSection {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** A token or password; more is the wrong file. */
    private static final long MAX_SECRET_BYTES = 64 * 1024;

    private final String name;
    private final Map<String, ConfigValue> given;
    private final List<String> errors;
    private final Map<String, String> shown = new TreeMap<>();

    ConfigSection(String name, Map<String, ConfigValue> given, List<String> errors) {
        this.name = name;
        this.given = given;
        this.errors = errors;
    }

    public String text(String key, String fallback) {
        return value(key, ConfigValue.Shape.TEXT, fallback, "a text", Function.identity());
    }

    public int integer(String key, int fallback) {
        return value(key, ConfigValue.Shape.NUMBER, fallback, "a whole number", Integer::parseInt);
    }

    public boolean flag(String key, boolean fallback) {
        return value(key, ConfigValue.Shape.FLAG, fallback, "true or false", ConfigSection::bool);
    }

    /** Written with a unit: {@code 500ms}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 14d}. */
    public Duration duration(String key, Duration fallback) {
        return value(
                key,
                ConfigValue.Shape.TEXT,
                fallback,
                "a time with its unit, for example 90s, 5m or 2h",
                ConfigSection::time);
    }

    /** Written with a unit: {@code 512MiB}, {@code 2GiB}. */
    public Bytes bytes(String key, Bytes fallback) {
        return value(
                key,
                ConfigValue.Shape.TEXT,
                fallback,
                "a size with its unit, for example 512MiB or 2GiB",
                Bytes::parse);
    }

    /** Absolute: the directory a service is started in is nobody's business. */
    public Path path(String key, Path fallback) {
        return value(
                key, ConfigValue.Shape.TEXT, fallback, "an absolute path", ConfigSection::absolute);
    }

    /** A list of texts; in the environment separated by commas. */
    public List<String> textList(String key, List<String> fallback) {
        var value = given.get(key);
        if (value == null) {
            return show(key, fallback, "default");
        }
        return switch (value.shape()) {
            case LIST -> show(key, value.items(), value.source());
            case ANY -> show(key, split(value.items().getFirst()), value.source());
            default -> {
                refuse(key, value, "a list of texts");
                yield fallback;
            }
        };
    }

    /**
     * The secret inside the file that {@code key} names, without the white space around it; empty when
     * the key is not set. The file must be for its owner's eyes only.
     */
    public Optional<Secret> secretFile(String key) {
        var value = given.get(key);
        shown.put(key, value == null ? "<not set> (default)" : "<set> (" + value.source() + ")");
        if (value == null) {
            return Optional.empty();
        }
        try {
            var file = absolute(value.as(ConfigValue.Shape.TEXT).orElseThrow());
            if (Files.size(file) > MAX_SECRET_BYTES) {
                errors.add(full(key) + ": the file is too large to be a secret.");
                return Optional.empty();
            }
            var mode = Files.getPosixFilePermissions(file).toString();
            if (mode.contains("OTHERS")) {
                errors.add(full(key) + ": everybody can read or write the file; chmod it to 0600.");
                return Optional.empty();
            }
            var secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                errors.add(full(key) + ": the file is empty.");
                return Optional.empty();
            }
            return Optional.of(Secret.presented(secret));
        } catch (IOException | RuntimeException e) {
            errors.add(full(key) + ": the file cannot be read; it must be an absolute path.");
            return Optional.empty();
        }
    }

    /** Notes every key that was given and not asked for. */
    void reportUnknown() {
        for (var key : new TreeMap<>(given).keySet()) {
            if (!shown.containsKey(key)) {
                errors.add(
                        "There is no key '" + full(key) + "'"
                                + Nearest.hint(key, shown.keySet()));
            }
        }
    }

    List<String> effective() {
        return shown.entrySet().stream()
                .map(entry -> full(entry.getKey()) + "=" + entry.getValue())
                .toList();
    }

    private <T> T value(
            String key,
            ConfigValue.Shape shape,
            T fallback,
            String expected,
            Function<String, T> parse) {
        var value = given.get(key);
        if (value == null) {
            return show(key, fallback, "default");
        }
        try {
            return show(key, parse.apply(value.as(shape).orElseThrow()), value.source());
        } catch (RuntimeException unreadable) {
            refuse(key, value, expected);
            return fallback;
        }
    }

    private void refuse(String key, ConfigValue value, String expected) {
        shown.put(key, value.written());
        errors.add(full(key) + " is " + value.written() + ", and must be " + expected + ".");
    }

    private <T> T show(String key, T value, String source) {
        shown.put(key, value + " (" + source + ")");
        return value;
    }

    private String full(String key) {
        return name + "." + key;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Duration time(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(text);
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

    private static Path absolute(String text) {
        try {
            var path = Path.of(text);
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException(text);
            }
            return path.normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(text.toLowerCase(Locale.ROOT), e);
        }
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
