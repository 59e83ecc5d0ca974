package org.lyceum.identity;

import org.lyceum.platform.kernel.CommunityId;

/**
 * A server that is, or may be, shared.
 *
 * @param name empty for the owner's default server
 */
public record SharedServer(CommunityId community, User owner, String name) {

    /** {@code user/server}, as filters write it. */
    String filter() {
        return owner.name() + "/" + name;
    }

    /** The scope of this name, for this server only. */
    public String scope(String name) {
        return name + "!server=" + filter();
    }
}
