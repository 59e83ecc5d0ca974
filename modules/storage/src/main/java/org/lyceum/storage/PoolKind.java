package org.lyceum.storage;

/** How limits are enforced. */
public enum PoolKind {
    /** Project quotas of XFS. */
    XFS(new Abilities(true, true, true, true)),
    /** Project quotas of ext4. */
    EXT4(new Abilities(true, true, true, true)),
    /**
     * Subvolumes with quota groups. Every file costs bytes, so a limit on bytes bounds files too.
     */
    BTRFS(new Abilities(true, false, false, true)),
    /** Each folder in a file system of its own, in a file. */
    IMAGES(new Abilities(true, true, true, false)),
    /** Nothing is enforced. */
    MEASURED(new Abilities(false, false, false, false));

    private final Abilities abilities;

    PoolKind(Abilities abilities) {
        this.abilities = abilities;
    }

    public Abilities abilities() {
        return abilities;
    }

    /**
     * Whether a snapshot is a tree of files, made by walking the folder, and not the file system's
     * own.
     */
    public boolean walks() {
        return this == XFS || this == EXT4;
    }

    /**
     * @param bytes a write past the limit fails
     * @param inodes making a file past the limit fails
     * @param df shows a folder's own limit, in containers too
     * @param snapshots earlier versions can be kept
     */
    public record Abilities(boolean bytes, boolean inodes, boolean df, boolean snapshots) {}
}
