package org.lyceum.community;

import java.util.List;

/**
 * Somebody on a list of people who are to be members.
 *
 * @param line where they stand in it, counted from 1 with the heading
 * @param name as it was written
 * @param groups names of groups they are to be in
 * @param manager whether they are to manage the community
 */
public record RosterLine(int line, String name, List<String> groups, boolean manager) {

    public RosterLine {
        groups = List.copyOf(groups);
    }
}
