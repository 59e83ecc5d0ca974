package org.lyceum.storage;

/** What a folder is for; decides where it lies, who may enter, and which limits it gets. */
public enum FolderKind {
    /** A user's own, in one community. */
    HOME("homes", 0700),
    /** What teachers hand out; there is one in each community. */
    SHARED("shared", 0755),
    /** Where a group works together. */
    GROUP("groups", 0770),
    /** A user's own, emptied of what has not been touched for long. */
    SCRATCH("scratch", 0700);

    private final String directory;
    private final int mode;

    FolderKind(String directory, int mode) {
        this.directory = directory;
        this.mode = mode;
    }

    /** The directory in a community's that holds the folders of this kind. */
    public String directory() {
        return directory;
    }

    /** Permissions of the folder itself, which belongs to the containers' user. */
    public int mode() {
        return mode;
    }
}
