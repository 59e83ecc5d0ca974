package org.lyceum.identity;

import org.lyceum.platform.kernel.UserId;

/** A user is gone, with their sessions and tokens; told after the commit. */
public record UserDeleted(UserId id, String name) {}
