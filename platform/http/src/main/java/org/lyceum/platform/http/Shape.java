package org.lyceum.platform.http;

import java.util.List;
import java.util.stream.Stream;

/**
 * The shape of a piece of JSON, as the reference shows it. Made by hand with the methods below, or
 * from the record that is written ({@link #of}). Immutable.
 */
public sealed interface Shape {

    /**
     * @param type string, integer, number or boolean
     * @param format JSON Schema's word for what a string holds, or empty
     * @param values all that it may be; empty for anything of its type
     */
    record Plain(String type, String format, List<String> values) implements Shape {}

    record ListOf(Shape item) implements Shape {}

    /** An object whose keys are not known beforehand. */
    record MapOf(Shape value) implements Shape {}

    /** Any JSON at all. */
    record Anything() implements Shape {}

    record OrNull(Shape shape) implements Shape {}

    record Either(List<Shape> shapes) implements Shape {}

    /**
     * An object with these keys and no others.
     *
     * @param name under which the reference lists it; empty for one that is described in place
     */
    record ObjectOf(String name, List<Field> fields) implements Shape {

        public ObjectOf {
            fields = List.copyOf(fields);
        }

        /** One more shape: this one's fields and these, under another name. */
        public ObjectOf and(String newName, Field... more) {
            return new ObjectOf(newName, Stream.concat(fields.stream(), Stream.of(more)).toList());
        }
    }

    /** What {@link Json} writes for a record; read off it when somebody asks. */
    record Written(Class<? extends Record> type) implements Shape {

        /**
         * @throws IllegalArgumentException for a component of a type that has no plain JSON
         */
        public ObjectOf object() {
            return RecordShapes.of(type);
        }
    }

    /**
     * A key of an object, a query parameter or a field of a form.
     *
     * @param required in a request: must be there; in an answer: is always there
     * @param meaning one sentence, or empty where the name says it all
     */
    record Field(String name, Shape shape, boolean required, String meaning) {}

    static Shape text() {
        return new Plain("string", "", List.of());
    }

    /** One of these words. */
    static Shape word(String... words) {
        return new Plain("string", "", List.of(words));
    }

    /** A moment, ISO 8601 in UTC. */
    static Shape time() {
        return new Plain("string", "date-time", List.of());
    }

    static Shape whole() {
        return new Plain("integer", "int64", List.of());
    }

    static Shape number() {
        return new Plain("number", "double", List.of());
    }

    static Shape flag() {
        return new Plain("boolean", "", List.of());
    }

    static Shape anything() {
        return new Anything();
    }

    static Shape list(Shape item) {
        return new ListOf(item);
    }

    static Shape map(Shape value) {
        return new MapOf(value);
    }

    static Shape orNull(Shape shape) {
        return shape instanceof OrNull ? shape : new OrNull(shape);
    }

    static Shape either(Shape... shapes) {
        return new Either(List.of(shapes));
    }

    /** {@code name}: empty for an object that is described in place. */
    static ObjectOf object(String name, Field... fields) {
        return new ObjectOf(name, List.of(fields));
    }

    static Field field(String name, Shape shape, String meaning) {
        return new Field(name, shape, true, meaning);
    }

    static Field optional(String name, Shape shape, String meaning) {
        return new Field(name, shape, false, meaning);
    }

    /**
     * The shape of what {@link Json} writes for a record: components are keys, {@code @Nullable}
     * ones may be null, {@link Meaning} says what they are. The record's name without a trailing
     * {@code Json} or {@code Line} names it.
     */
    static Shape of(Class<? extends Record> type) {
        return new Written(type);
    }
}
