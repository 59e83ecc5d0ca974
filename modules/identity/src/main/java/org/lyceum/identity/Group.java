package org.lyceum.identity;

import org.lyceum.platform.kernel.CommunityId;

import java.util.List;
import java.util.Map;

/**
 * Some users of a community.
 *
 * @param properties any JSON object; the platform gives it no meaning
 * @param users today's names of the members, sorted
 */
public record Group(
        long id,
        CommunityId community,
        String name,
        Map<String, Object> properties,
        List<String> users) {}
