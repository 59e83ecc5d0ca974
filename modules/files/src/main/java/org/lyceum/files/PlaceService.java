package org.lyceum.files;

import org.lyceum.identity.User;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.FolderGrant;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.MountService;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folders that somebody has, by the rule that decides what is mounted in their servers ({@link
 * MountService#granted}); asked each time, so that it holds from the next request on. Blocking.
 */
public final class PlaceService {

    private final MountService mounts;

    PlaceService(MountService mounts) {
        this.mounts = mounts;
    }

    /** The home first. What a server has twice is here once, to be changed. */
    public List<Place> of(CommunityId community, User user) {
        Map<FolderKey, Place> places = new LinkedHashMap<>();
        for (var grant : mounts.granted(community, user)) {
            places.merge(
                    grant.key(),
                    place(grant, user),
                    (one, other) -> one.readOnly() ? rename(other, one.name()) : one);
        }
        return List.copyOf(places.values());
    }

    /**
     * One of them.
     *
     * @param id {@link Place#id}
     * @throws Problem NOT_FOUND {@code files.place-unknown}
     */
    public Place require(CommunityId community, User user, String id) {
        var home = Place.home(community, user.id());
        if (id.equals(home.id())) {
            return home;
        }
        return of(community, user).stream()
                .filter(place -> place.id().equals(id))
                .findFirst()
                .orElseThrow(PlaceService::unknown);
    }

    private static Place place(FolderGrant grant, User user) {
        var name = grant.place().substring(grant.place().lastIndexOf('/') + 1);
        return new Place(grant.key(), user.id(), name, grant.readOnly());
    }

    private static Place rename(Place place, String name) {
        return new Place(place.key(), place.reader(), name, place.readOnly());
    }

    private static Problem unknown() {
        return Problem.notFound(
                "files.place-unknown",
                "You have no such folder here. If it was a group's, you may have left the group;"
                        + " ask who manages it.");
    }
}
