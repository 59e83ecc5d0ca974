package org.lyceum.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What lies as JSON in the tables of this module. */
final class VersionJson {

    /** An older program than the one that wrote a row reads what it knows. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private VersionJson() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a row of login", e);
        }
    }

    static @Nullable ProviderVersion version(@Nullable String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, ProviderVersion.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reading login_provider", e);
        }
    }

    static List<String> texts(String json) {
        try {
            return MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reading login_acceptance", e);
        }
    }
}
