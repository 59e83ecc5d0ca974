package org.lyceum.login;

/**
 * Who must have a second factor, however they sign in.
 *
 * @param managers of whatever community
 * @param version counts edits
 */
public record FactorRule(boolean administrators, boolean managers, long version) {}
