package org.lyceum.catalog;

import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/**
 * What a user picks: an environment, a size, and options that change them.
 *
 * @param name how user options refer to it: {@code {"profile": "jupyterlab"}}
 * @param runtime that its servers run by; empty for what the configuration says
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
        String runtime,
        long version) {

    public Profile {
        options = List.copyOf(options);
    }

    /** What an administrator decides about it. */
    public Draft draft() {
        return new Draft(
                name, title, description, environmentId, size, network, options, audience, runtime);
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
            Audience audience,
            String runtime) {

        public Draft {
            options = List.copyOf(options);
        }

        /** One in the community's network, whose servers are run as the configuration says. */
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
                    audience,
                    "");
        }

        /** The same, run by that runtime. */
        public Draft under(String other) {
            return new Draft(
                    name,
                    title,
                    description,
                    environmentId,
                    size,
                    network,
                    options,
                    audience,
                    other);
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
