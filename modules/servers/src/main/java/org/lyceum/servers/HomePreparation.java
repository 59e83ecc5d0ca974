package org.lyceum.servers;

import org.jspecify.annotations.Nullable;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.CommunityId;

import java.util.function.Consumer;

/** Something that is done in a home before a server of its owner's starts. Blocking. */
public interface HomePreparation {

    /**
     * Takes a bounded time, and never fails: a server always starts.
     *
     * @param profile number of what is started; null when it is not known
     * @param said what happens, for the page that shows the start
     */
    void prepare(CommunityId community, User user, @Nullable Long profile, Consumer<String> said)
            throws InterruptedException;
}
