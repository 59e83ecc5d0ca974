package org.lyceum.platform.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The tables of a TOML text, by name: each key with its value as text, a list separated by commas.
 * One within another is named after both, with a dot. Goes through the parser alone. A mapper would
 * bring the whole of data binding into the first tenth of a second of a start, before anything can
 * be done beside it.
 */
final class TomlTables {

    private final JsonParser parser;
    private final Map<String, Map<String, String>> tables = new LinkedHashMap<>();

    private TomlTables(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * @return what stands outside of every table counts as an empty table of that name
     * @throws com.fasterxml.jackson.core.JsonProcessingException with the place of what is no TOML
     */
    static Map<String, Map<String, String>> read(String toml) throws IOException {
        try (var parser = new TomlFactory().createParser(toml)) {
            return new TomlTables(parser).tables();
        }
    }

    private Map<String, Map<String, String>> tables() throws IOException {
        parser.nextToken(); // the whole text is one object
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            boolean table = parser.nextToken() == JsonToken.START_OBJECT;
            if (!table) {
                parser.skipChildren();
            }
            tables.put(name, Map.of());
            if (table) {
                tables.put(name, table(name + "."));
            }
        }
        return tables;
    }

    /**
     * @param inner what the names of tables within it begin with; null where there are none
     */
    private Map<String, String> table(@Nullable String inner) throws IOException {
        var values = new LinkedHashMap<String, String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && inner != null) {
                tables.put(inner + key, table(null));
            } else {
                values.put(key, value(token));
            }
        }
        return values;
    }

    /** A table further in is nothing that any key takes, and reads as an empty text. */
    private String value(JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            var items = new StringJoiner(",");
            for (var item = parser.nextToken();
                    item != JsonToken.END_ARRAY;
                    item = parser.nextToken()) {
                items.add(value(item));
            }
            return items.toString();
        }
        if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
            return "";
        }
        return parser.getText();
    }
}
