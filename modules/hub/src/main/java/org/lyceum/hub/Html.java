package org.lyceum.hub;

import java.util.Collection;

/**
 * A piece of HTML that is safe to send. Every value put into a template is escaped, unless it is a
 * piece of HTML itself, so that forgetting to escape is not possible. Immutable.
 */
record Html(String markup) {

    static final Html NOTHING = new Html("");

    private static final String SLOT = "{}";

    /**
     * Fills the slots <code>{}</code> of a template, in order. A slot may stand in text or inside a
     * double-quoted attribute. A collection is filled in item by item.
     *
     * @param template a constant of ours, never something from outside
     */
    static Html of(String template, Object... values) {
        var out = new StringBuilder(template.length() + 64);
        int from = 0;
        for (var value : values) {
            int slot = template.indexOf(SLOT, from);
            if (slot < 0) {
                throw new IllegalArgumentException("more values than slots in: " + template);
            }
            out.append(template, from, slot);
            append(out, value);
            from = slot + SLOT.length();
        }
        if (template.indexOf(SLOT, from) >= 0) {
            throw new IllegalArgumentException("more slots than values in: " + template);
        }
        return new Html(out.append(template, from, template.length()).toString());
    }

    /** The piece, or nothing. */
    Html when(boolean condition) {
        return condition ? this : NOTHING;
    }

    /** Text for HTML content and for double- or single-quoted attributes. */
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Object value) {
        switch (value) {
            case Html html -> out.append(html.markup);
            case Collection<?> items -> items.forEach(item -> append(out, item));
            default -> out.append(escape(value.toString()));
        }
    }

    @Override
    public String toString() {
        return markup;
    }
}
