package org.lyceum.identity;

import java.util.Set;

/**
 * Whom a scope is held for, when it is not held for everybody: what a list has to keep to, and its
 * count of pages too.
 *
 * @param users names
 * @param groups names; each stands for itself and for its members
 */
public record Reach(Set<String> users, Set<String> groups) {}
