package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads off a record what its JSON looks like. */
final class RecordShapes {

    /** They tell a record from the thing it is about; the reference has no need to. */
    private static final Pattern SUFFIX = Pattern.compile("(Json|Line)$");

    private static final Map<Type, Shape> PLAIN =
            Map.of(
                    String.class, Shape.text(),
                    Instant.class, Shape.time(),
                    int.class, Shape.whole(),
                    Integer.class, Shape.whole(),
                    long.class, Shape.whole(),
                    Long.class, Shape.whole(),
                    double.class, Shape.number(),
                    Double.class, Shape.number(),
                    boolean.class, Shape.flag(),
                    Boolean.class, Shape.flag());

    private RecordShapes() {}

    static Shape.ObjectOf of(Class<? extends Record> type) {
        var fields = Arrays.stream(type.getRecordComponents()).map(RecordShapes::field).toList();
        return new Shape.ObjectOf(name(type), fields);
    }

    private static String name(Class<?> type) {
        return SUFFIX.matcher(type.getSimpleName()).replaceFirst("");
    }

    private static Shape.Field field(RecordComponent component) {
        var meaning = component.getAnnotation(Meaning.class);
        return new Shape.Field(
                component.getName(),
                of(component.getAnnotatedType()),
                true,
                meaning == null ? "" : meaning.value());
    }

    private static Shape of(AnnotatedType type) {
        var shape = bare(type);
        return type.isAnnotationPresent(Nullable.class) ? Shape.orNull(shape) : shape;
    }

    private static Shape bare(AnnotatedType annotated) {
        var type = annotated.getType();
        var plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (type instanceof Class<?> c && c.isRecord()) {
            return Shape.of(c.asSubclass(Record.class));
        }
        if (type instanceof Class<?> c && c.isEnum()) {
            return Shape.word(
                    Arrays.stream(c.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toArray(String[]::new));
        }
        if (annotated instanceof AnnotatedParameterizedType many
                && type instanceof ParameterizedType named) {
            var arguments = many.getAnnotatedActualTypeArguments();
            if (named.getRawType() == List.class) {
                return Shape.list(of(arguments[0]));
            }
            if (named.getRawType() == Map.class) {
                return Shape.map(of(arguments[1]));
            }
        }
        if (type == Object.class) {
            return Shape.anything();
        }
        throw new IllegalArgumentException("no JSON is known for " + type);
    }
}
