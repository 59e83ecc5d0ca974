package org.lyceum.platform.linux;

/**
 * A file system as statfs(2) sees it. Sizes in bytes.
 *
 * @param type its magic number, such as {@link #BTRFS}
 * @param available what an ordinary user can still write; less than {@code free} where root has a
 *     reserve, and on a directory with a limit, what the limit leaves
 * @param files how many there may be; 0 where nobody counts
 */
public record Space(long type, long total, long free, long available, long files, long freeFiles) {

    public static final long EXT4 = 0xEF53L;
    public static final long XFS = 0x5846_5342L;
    public static final long BTRFS = 0x9123_683EL;
}
