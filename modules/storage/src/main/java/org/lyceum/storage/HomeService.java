package org.lyceum.storage;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.UserId;

/** Makes homes. Blocking. */
public final class HomeService {

    private final FolderService folders;

    HomeService(FolderService folders) {
        this.folders = folders;
    }

    /**
     * The user's home, made if it is not there, owned by the containers' user, closed to everybody
     * else. An existing home is left as it is.
     *
     * @throws Problem as {@link FolderService#ensure}
     */
    public Home ensure(CommunityId community, UserId user) {
        return new Home(community, user, folders.ensure(FolderKey.home(community, user)));
    }
}
