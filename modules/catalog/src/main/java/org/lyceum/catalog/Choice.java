package org.lyceum.catalog;

/**
 * One of the answers to a profile's option.
 *
 * @param name how user options refer to it: {@code {"image": "r"}}
 * @param initial whether it is picked until somebody picks another
 */
public record Choice(String name, String title, boolean initial, Change change) {}
