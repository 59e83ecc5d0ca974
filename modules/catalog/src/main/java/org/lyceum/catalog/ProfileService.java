package org.lyceum.catalog;

import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Profiles as administrators make them. Blocking. What runs keeps what it started with. */
public final class ProfileService {

    private static final Logger log = LoggerFactory.getLogger(ProfileService.class);

    private final CatalogRepository catalog;
    private final ProfileRepository profiles;
    private final DeviceKinds devices;
    private final Runtimes runtimes;

    ProfileService(
            CatalogRepository catalog,
            ProfileRepository profiles,
            DeviceKinds devices,
            Runtimes runtimes) {
        this.catalog = catalog;
        this.profiles = profiles;
        this.devices = devices;
        this.runtimes = runtimes;
    }

    /**
     * Makes a profile, the last that people see.
     *
     * @throws Problem INVALID {@code profile.invalid}, {@code profile.environment-unknown}, {@code
     *     profile.pattern-invalid}, {@code profile.device-unknown}, {@code
     *     profile.device-too-many}, {@code profile.runtime-refused}, {@code
     *     profile.runtime-missing}, CONFLICT {@code profile.exists}, {@code profile.too-many}
     */
    public Profile create(Actor actor, CommunityId community, Profile.Draft draft) {
        ProfileRules.require(draft, environments(community), devices);
        runtimes.requireUsable(draft);
        var made = profiles.create(actor, community, draft);
        log.info("profile.created community={} profile={}", community, made.id());
        return made;
    }

    /**
     * Replaces all that there is to decide.
     *
     * @param version of the profile that was looked at
     * @throws Problem NOT_FOUND {@code profile.gone}, STALE {@code profile.stale}, and as {@link
     *     #create}
     */
    public Profile change(
            Actor actor, CommunityId community, long id, long version, Profile.Draft draft) {
        var before = require(community, id, version);
        ProfileRules.require(draft, environments(community), devices);
        if (!draft.runtime().equals(before.runtime())) { // else its title could not be changed
            runtimes.requireUsable(draft);
        }
        var changed = profiles.change(actor, before, draft);
        log.info("profile.changed community={} profile={}", community, id);
        return changed;
    }

    /**
     * @throws Problem NOT_FOUND {@code profile.gone}, STALE {@code profile.stale}, CONFLICT {@code
     *     profile.last}
     */
    public void delete(Actor actor, CommunityId community, long id, long version) {
        profiles.delete(actor, require(community, id, version));
        log.info("profile.deleted community={} profile={}", community, id);
    }

    /**
     * Puts them into the order that people see; the first is what somebody gets who does not
     * choose.
     *
     * @param ids of all of them
     * @throws Problem STALE {@code profile.stale} when these are not all
     */
    public void order(Actor actor, CommunityId community, List<Long> ids) {
        profiles.order(actor, community, ids);
        log.info("profile.ordered community={}", community);
    }

    /**
     * What an import of KubeSpawner's {@code profileList} would bring; nothing is changed.
     *
     * @throws Problem INVALID {@code profile.list-invalid}
     */
    public ProfileList read(CommunityId community, String yaml, Set<String> groups) {
        return new ProfileListReader(
                        catalog.environments(community),
                        catalog.profiles(community),
                        groups,
                        devices)
                .read(yaml);
    }

    /**
     * Adds what was read, whole or not at all.
     *
     * @throws Problem as {@link #create}, CONFLICT {@code environment.exists}
     */
    public List<Profile> add(
            Actor actor,
            CommunityId community,
            List<Environment.Draft> environments,
            List<Profile.Draft> drafts) {
        var known = environments(community);
        for (int n = 0; n < environments.size(); n++) {
            EnvironmentService.require(environments.get(n));
            known.add(-1L - n);
        }
        drafts.forEach(draft -> ProfileRules.require(draft, known, devices));
        var made = profiles.addAll(actor, community, environments, drafts);
        log.info("profile.imported community={} count={}", community, made.size());
        return made;
    }

    private Set<Long> environments(CommunityId community) {
        return catalog.environments(community).stream()
                .map(Environment::id)
                .collect(Collectors.toSet());
    }

    private Profile require(CommunityId community, long id, long version) {
        var profile =
                catalog.profiles(community).stream()
                        .filter(each -> each.id() == id)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Problem.notFound(
                                                "profile.gone", "There is no such profile."));
        if (profile.version() != version) {
            throw stale();
        }
        return profile;
    }

    static Problem stale() {
        return Problem.of(
                Problem.Kind.STALE,
                "profile.stale",
                "Somebody else has changed the profiles meanwhile; look at them again.");
    }
}
