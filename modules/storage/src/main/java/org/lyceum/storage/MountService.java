package org.lyceum.storage;

import org.lyceum.identity.GroupService;
import org.lyceum.identity.RoleService;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which folders somebody has, and where their servers have them. All but the home lie outside of it
 * and are linked to from there: a mount inside would go wherever a link of its owner's leads (ADR
 * 0022). Blocking.
 */
public final class MountService {

    private static final Logger log = LoggerFactory.getLogger(MountService.class);

    /** Where the home is. */
    public static final String HOME = StorageConfig.INSIDE;

    private static final String SCRATCH = "/scratch";

    private static final String OTHERS = "/folders";

    private static final String GROUPS = OTHERS + "/groups";

    /** What a container must have before anything can be mounted in it that runs already. */
    public static final List<String> POINTS = List.of(HOME, SCRATCH, OTHERS, GROUPS);

    /** Tells the launcher in the container what to link to from the home. */
    public static final String VARIABLE = "LYCEUM_FOLDERS";

    /** A container has a bounded number of mounts; nobody works in more groups at once. */
    private static final int MAX_GROUPS = 16;

    /** Group folders of a community that are looked through. */
    private static final int MAX_FOLDERS = 1_000;

    private final FolderService folders;
    private final FolderRepository rows;
    private final GroupService groups;
    private final RoleService roles;

    MountService(
            FolderService folders, FolderRepository rows, GroupService groups, RoleService roles) {
        this.folders = folders;
        this.rows = rows;
        this.groups = groups;
        this.roles = roles;
    }

    /**
     * The folders that somebody may have, the home first: the one rule of who may read and who may
     * change which. Makes none. Whoever may change what is shared has it twice, as a server does.
     */
    public List<FolderGrant> granted(CommunityId community, User user) {
        var grants = new ArrayList<FolderGrant>();
        grants.add(new FolderGrant(FolderKey.home(community, user.id()), HOME, false));
        grants.add(new FolderGrant(FolderKey.scratch(community, user.id()), SCRATCH, false));
        grants.add(new FolderGrant(FolderKey.shared(community), OTHERS + "/shared", true));
        if (user.admin() || roles.managedBy(user.id()).contains(community)) {
            var place = OTHERS + "/shared-readwrite";
            grants.add(new FolderGrant(FolderKey.shared(community), place, false));
        }
        addGroups(grants, community, user);
        return grants;
    }

    /**
     * The same as a server has them, each made if it is not there. One other than the home that
     * cannot be had is left out: a server always starts.
     *
     * @throws Problem as {@link FolderService#ensure}, about the home
     */
    public List<FolderMount> of(CommunityId community, User user) {
        var mounts = new ArrayList<FolderMount>();
        for (var grant : granted(community, user)) {
            try {
                mounts.add(grant.at(folders.ensure(grant.key())));
            } catch (Problem missing) {
                if (grant.key().kind() == FolderKind.HOME) {
                    throw missing;
                }
                log.warn("folder.not-mounted place={}", grant.place(), missing);
            }
        }
        return mounts;
    }

    private void addGroups(List<FolderGrant> grants, CommunityId community, User user) {
        var names = groups.groupsOf(user.id(), community);
        if (names.isEmpty()) {
            return;
        }
        var withFolder =
                rows.of(community, FolderKind.GROUP, MAX_FOLDERS).stream()
                        .map(line -> line.key().owner())
                        .collect(Collectors.toSet());
        var numbers = groups.numbers(community);
        var taken = new HashSet<String>();
        for (var name : names) {
            long number = numbers.getOrDefault(name, 0L);
            if (withFolder.contains(number) && taken.size() < MAX_GROUPS) {
                var place = GROUPS + "/" + segment(name, taken);
                grants.add(new FolderGrant(FolderKey.group(community, number), place, false));
            }
        }
    }

    /** A group's name as a directory's, which no other has. */
    private static String segment(String name, Set<String> taken) {
        var plain = name.replaceAll("[/:\\p{Cntrl}]", "_");
        var segment = plain.startsWith(".") ? "_" + plain : plain;
        while (!taken.add(segment)) {
            segment += "_";
        }
        return segment;
    }

    /**
     * Mounts the folders in a container that runs already and has the {@link #POINTS}.
     *
     * @throws Problem UNAVAILABLE {@code storage.not-mountable}
     */
    public void mount(List<FolderMount> mounts, Keeper.ContainerProcess container) {
        mounts.forEach(
                mount -> folders.mount(mount.key(), container, mount.place(), mount.readOnly()));
    }

    /** For {@link #VARIABLE}: the directories to link to, each under its own last name. */
    public static String links(List<FolderMount> mounts) {
        return mounts.stream()
                .map(FolderMount::place)
                .filter(place -> !place.equals(HOME))
                .map(place -> place.startsWith(GROUPS) ? GROUPS : place)
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
