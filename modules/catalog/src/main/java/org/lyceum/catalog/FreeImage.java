package org.lyceum.catalog;

/**
 * That an option may be answered with an image that is not among its choices.
 *
 * @param title what people read beside the field
 * @param pattern regular expression that the whole reference must match
 * @param advice what people read when it does not; empty for a sentence of ours
 */
public record FreeImage(String title, String pattern, String advice) {}
