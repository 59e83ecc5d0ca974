package org.lyceum.servers;

import java.util.List;
import org.lyceum.identity.User;

/**
 * Part of a list of members.
 *
 * @param total how many there are on all pages
 */
public record MemberPage(List<User> users, long total) {

    public MemberPage {
        users = List.copyOf(users);
    }
}
