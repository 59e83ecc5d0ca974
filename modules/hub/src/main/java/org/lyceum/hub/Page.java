package org.lyceum.hub;

import org.jspecify.annotations.Nullable;

/**
 * What is particular to one page; {@link PageFrame} puts the rest around it.
 *
 * @param title for the browser's title bar
 * @param name of the menu entry it belongs to, or empty
 * @param narrow whether it is a short form
 * @param refreshSeconds for browsers without scripts: when to look again; null for never
 */
record Page(
        String title, String name, boolean narrow, @Nullable Integer refreshSeconds, Html body) {

    static Page of(String title, String name, Html body) {
        return new Page(title, name, false, null, body);
    }

    static Page narrow(String title, Html body) {
        return new Page(title, "", true, null, body);
    }

    Page refreshing(int seconds) {
        return new Page(title, name, narrow, seconds, body);
    }
}
