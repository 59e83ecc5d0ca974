package org.lyceum.catalog;

import java.util.List;

/**
 * What was read from KubeSpawner's {@code profileList}.
 *
 * @param environments that are not there yet; profiles name them by negative numbers, -1 first
 * @param left what was not taken, and why, in the order it was met
 */
public record ProfileList(
        List<Environment.Draft> environments, List<Taken> profiles, List<String> left) {

    public ProfileList {
        environments = List.copyOf(environments);
        profiles = List.copyOf(profiles);
        left = List.copyOf(left);
    }

    /**
     * A profile that can be made.
     *
     * @param groups whom it is for, by name; empty for everybody
     */
    public record Taken(Profile.Draft draft, List<String> groups) {

        public Taken {
            groups = List.copyOf(groups);
        }
    }
}
