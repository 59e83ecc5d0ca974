package org.lyceum.storage;

/** What room on this machine's disks is for; each has a budget of its own. */
public enum DiskPurpose {
    /** People's files: the pool. Full, it stops writers and nothing else. */
    FILES,
    /** Images of environments, and what is kept from building them: the engine's directory. */
    IMAGES,
    /** The database, logs and keys: the data directory. */
    RECORDS
}
