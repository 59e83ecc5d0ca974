package org.lyceum.platform.http;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the reference says of an endpoint. The OpenAPI documents are made from it, and tests compare
 * every answer with it. Immutable; a constant, shared by all communities' hubs.
 *
 * <pre>{@code
 * static final Operation CREATE =
 *         Operation.of("groups", "Create a group")
 *                 .body(object("", optional("users", list(text()), "Who is in it.")), "{}")
 *                 .answers(201, "The new group.", GROUP)
 *                 .answers(409, "There is a group of this name.");
 * }</pre>
 *
 * @param tag the chapter of the reference
 * @param summary one line, without a full stop: what the caller gets done
 * @param detail more sentences, or empty
 * @param query parameters it reads
 * @param body what it reads, or null
 * @param answers every success, and the failures that are worth a sentence; other failures have the
 *     surface's usual form
 */
public record Operation(
        String tag,
        String summary,
        String detail,
        List<Shape.Field> query,
        @Nullable Body body,
        List<Answer> answers) {

    public static final String JSON = "application/json";
    public static final String FORM = "application/x-www-form-urlencoded";

    /**
     * @param required whether a request without one is refused
     * @param example text of this media type that works
     */
    public record Body(String mediaType, Shape shape, boolean required, String example) {}

    /**
     * @param mediaType empty when the answer has no body
     * @param shape null when the body is not JSON
     */
    public record Answer(int status, String meaning, String mediaType, @Nullable Shape shape) {}

    public Operation {
        query = List.copyOf(query);
        answers = List.copyOf(answers);
    }

    public static Operation of(String tag, String summary) {
        return new Operation(tag, summary, "", List.of(), null, List.of());
    }

    /** With more to say than the summary. */
    public Operation detail(String sentences) {
        return new Operation(tag, summary, sentences, query, body, answers);
    }

    /** With query parameters; an optional field is a parameter that may be missing. */
    public Operation query(Shape.Field... parameters) {
        var all = new ArrayList<>(query);
        all.addAll(Arrays.asList(parameters));
        return new Operation(tag, summary, detail, all, body, answers);
    }

    /** With a JSON body that must be there. */
    public Operation body(Shape shape, String example) {
        return with(new Body(JSON, shape, true, example));
    }

    /** With a JSON body that may be left out. */
    public Operation optionalBody(Shape shape, String example) {
        return with(new Body(JSON, shape, false, example));
    }

    /** With the fields of an URL-encoded form. */
    public Operation form(Shape shape, String example) {
        return with(new Body(FORM, shape, true, example));
    }

    /** An answer without a body, or a failure of the surface's usual form. */
    public Operation answers(int status, String meaning) {
        return answers(new Answer(status, meaning, "", null));
    }

    /** An answer in JSON. */
    public Operation answers(int status, String meaning, Shape shape) {
        return answers(new Answer(status, meaning, JSON, shape));
    }

    /** An answer in something else than JSON. */
    public Operation answers(int status, String meaning, String mediaType) {
        return answers(new Answer(status, meaning, mediaType, null));
    }

    private Operation with(Body newBody) {
        return new Operation(tag, summary, detail, query, newBody, answers);
    }

    private Operation answers(Answer another) {
        var all = new ArrayList<>(answers);
        all.add(another);
        return new Operation(tag, summary, detail, query, body, all);
    }
}
