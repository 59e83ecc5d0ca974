package org.lyceum.catalog;

import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/**
 * What a user picks: an environment, a size, and options that change them.
 *
 * @param name how user options refer to it: {@code {"profile": "jupyterlab"}}
 * @param network what its servers reach
 * @param version counts edits
 */
public record Profile(
        long id,
        CommunityId community,
        String name,
        String title,
        String description,
        long environmentId,
        Size size,
        NetworkAccess network,
        List<ProfileOption> options,
        Audience audience,
        long version) {

    public Profile {
        options = List.copyOf(options);
    }

    /** What an administrator decides about it. */
    public Draft draft() {
        return new Draft(name, title, description, environmentId, size, network, options, audience);
    }

    /** A profile that is to be, or that one is to become. */
    public record Draft(
            String name,
            String title,
            String description,
            long environmentId,
            Size size,
            NetworkAccess network,
            List<ProfileOption> options,
            Audience audience) {

        public Draft {
            options = List.copyOf(options);
        }

        /** One in the community's network. */
        public Draft(
                String name,
                String title,
                String description,
                long environmentId,
                Size size,
                List<ProfileOption> options,
                Audience audience) {
            this(
                    name,
                    title,
                    description,
                    environmentId,
                    size,
                    NetworkAccess.COMMUNITY,
                    options,
                    audience);
        }

        /** The most that any choice leads to, in each respect. */
        public Size largest() {
            return ProfileRules.largest(this);
        }

        /** Whether any choice leads to a size that is promised less than it may use. */
        public boolean overcommits() {
            return ProfileRules.overcommits(this);
        }
    }
}
