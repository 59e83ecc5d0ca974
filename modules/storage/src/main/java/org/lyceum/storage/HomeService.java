package org.lyceum.storage;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

/** Makes homes, and brings them to where they are used. Blocking. */
public final class HomeService {

    private final FolderService folders;

    HomeService(FolderService folders) {
        this.folders = folders;
    }

    /**
     * The user's home, made if it is not there, owned by the containers' user, closed to everybody
     * else. An existing home is left as it is.
     *
     * @throws Problem UNAVAILABLE {@code storage.disk-full} when less than the reserve is free,
     *     {@code storage.unsafe} when something that is not ours is in the way, {@code
     *     storage.unwritable}
     */
    public Home ensure(CommunityId community, UserId user) {
        return new Home(community, user, folders.ensure(FolderKey.home(community, user)));
    }

    /**
     * Puts the home into a container that runs already, without setuid programs and devices, for
     * all processes there. It goes with the container.
     *
     * @throws Problem UNAVAILABLE {@code storage.not-mountable}
     */
    public void mount(Home home, Keeper.ContainerProcess container) {
        folders.mount(
                FolderKey.home(home.community(), home.user()), container, StorageConfig.INSIDE);
    }
}
