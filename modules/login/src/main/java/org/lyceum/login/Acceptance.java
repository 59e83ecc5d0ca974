package org.lyceum.login;

import org.lyceum.platform.kernel.CommunityId;

/** That a community accepts a provider, and whom it lets in. */
public record Acceptance(CommunityId community, long provider, LoginRule rule) {}
