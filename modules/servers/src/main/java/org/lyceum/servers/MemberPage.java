package org.lyceum.servers;

import org.lyceum.identity.User;

import java.util.List;

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
