package org.lyceum.storage.btrfs;

import org.lyceum.platform.linux.Directory;
import org.lyceum.storage.Limits;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads all quota groups in one go: they are items of one tree of the file system. Source: Linux,
 * include/uapi/linux/btrfs_tree.h; little-endian on disk, as our processors are.
 */
final class QuotaTree {

    private static final long TREE_SEARCH_V2 = 0xc0709411L;
    private static final long QUOTA_TREE = 8;
    private static final int QGROUP_INFO = 242;
    private static final int QGROUP_LIMIT = 244;

    /** struct btrfs_ioctl_search_key, then the size of the buffer, then the buffer. */
    private static final int KEY_BYTES = 104;

    private static final int BUFFER_AT = KEY_BYTES + 8;

    /** transid, objectid, offset, type, length. */
    private static final int HEADER_BYTES = 32;

    /** Holds the items of 28,000 folders; more take another call. */
    private static final int BUFFER_BYTES = 4 << 20;

    /** Groups above level 0 gather others; the level is the upper 16 bits. */
    private static final int LEVEL_SHIFT = 48;

    /** Where a thing begins that is no subvolume of a user's. */
    private static final long FIRST_SUBVOLUME = 256;

    private QuotaTree() {}

    static Map<Long, Usage> read(Directory root) throws IOException {
        var held = new HashMap<Long, Long>();
        var limits = new HashMap<Long, Long>();
        try (var arena = Arena.ofConfined()) {
            var search = arena.allocate(BUFFER_AT + BUFFER_BYTES, 8);
            int type = QGROUP_INFO;
            long offset = 0;
            while (true) {
                prepare(search, type, offset);
                root.command("read the quota tree", TREE_SEARCH_V2, search);
                int found = search.get(ValueLayout.JAVA_INT, 64);
                if (found == 0) {
                    break;
                }
                var last = take(search, found, held, limits);
                type = last.type();
                offset = last.offset() + 1;
            }
        }
        var usages = new HashMap<Long, Usage>(held.size() * 2);
        held.forEach(
                (subvolume, bytes) ->
                        usages.put(
                                subvolume,
                                new Usage(
                                        bytes,
                                        Usage.UNCOUNTED,
                                        new Limits(limits.getOrDefault(subvolume, 0L), 0))));
        return usages;
    }

    /** Everything from this key to the last limit; keys sort by object (0 here), type, offset. */
    private static void prepare(MemorySegment search, int type, long offset) {
        search.asSlice(0, BUFFER_AT).fill((byte) 0);
        search.set(ValueLayout.JAVA_LONG, 0, QUOTA_TREE);
        search.set(ValueLayout.JAVA_LONG, 24, offset);
        search.set(ValueLayout.JAVA_LONG, 32, -1); // max_offset
        search.set(ValueLayout.JAVA_LONG, 48, -1); // max_transid
        search.set(ValueLayout.JAVA_INT, 56, type);
        search.set(ValueLayout.JAVA_INT, 60, QGROUP_LIMIT);
        search.set(ValueLayout.JAVA_INT, 64, Integer.MAX_VALUE);
        search.set(ValueLayout.JAVA_LONG, KEY_BYTES, BUFFER_BYTES);
    }

    private record Key(int type, long offset) {}

    private static Key take(
            MemorySegment search, int count, Map<Long, Long> held, Map<Long, Long> limits) {
        long at = BUFFER_AT;
        var last = new Key(0, 0);
        for (int i = 0; i < count; i++) {
            long group = search.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 16);
            int type = search.get(ValueLayout.JAVA_INT_UNALIGNED, at + 24);
            int length = search.get(ValueLayout.JAVA_INT_UNALIGNED, at + 28);
            long item = at + HEADER_BYTES;
            if (group >>> LEVEL_SHIFT == 0 && group >= FIRST_SUBVOLUME) {
                // Both begin with eight bytes that are not the number: a generation, or flags.
                long value = search.get(ValueLayout.JAVA_LONG_UNALIGNED, item + 8);
                if (type == QGROUP_INFO) {
                    held.put(group, value);
                } else if (type == QGROUP_LIMIT
                        && (search.get(ValueLayout.JAVA_LONG_UNALIGNED, item) & 1) != 0) {
                    limits.put(group, value);
                }
            }
            at = item + length;
            last = new Key(type, group);
        }
        return last;
    }
}
