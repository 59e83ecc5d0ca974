package org.lyceum.platform.docker;

import java.util.ArrayList;
import java.util.List;

/**
 * Which {@code ioctl} commands a container may give. Three families belong to file systems, and in
 * each there are commands that take a file out of its directory's quota: project numbers and their
 * inheritance (XFS, ext4), subvolumes, snapshots and shared extents (btrfs). All three are refused
 * but for commands that only read. Terminals, sockets and devices are other families.
 *
 * <p>A filter can compare masked bits for equality, joined by "or", but not "everything except". So
 * the refused families are turned into their complement: a rule for each bit at which a command's
 * family leaves all of them. Only the lower 32 bits are looked at, as the kernel does; a command
 * with garbage above them is the same command.
 *
 * <p>Source of the numbers: Linux, include/uapi/linux/fs.h and btrfs.h.
 */
final class IoctlRules {

    /** The command's family is its second byte. */
    private static final int FAMILY_SHIFT = 8;

    private static final int FAMILY_BITS = 8;

    /** XFS, and what all file systems took over from it: FS_IOC_FSSETXATTR is 0x401c5820. */
    private static final int XFS = 0x58;

    /** ext4, and what all took over from it: FS_IOC_SETFLAGS is 0x40086602. */
    private static final int EXT = 0x66;

    /** btrfs, and FICLONE, which shares extents between two directories' files. */
    private static final int BTRFS = 0x94;

    private static final List<Integer> REFUSED_FAMILIES = List.of(XFS, EXT, BTRFS);

    /** Commands of these families that change nothing. */
    private static final List<Long> READING =
            List.of(
                    0x801c581fL, // FS_IOC_FSGETXATTR
                    0x80086601L, // FS_IOC_GETFLAGS: lsattr
                    0x80046601L, // the same from a 32-bit program
                    0xc020660bL); // FS_IOC_FIEMAP: filefrag, and cp looking for holes

    /** Lets a command through when {@code command & mask} is {@code value}. */
    record Rule(long mask, long value) {}

    /** A command is allowed when one of these says so. */
    static final List<Rule> ALLOWED = allowed();

    private IoctlRules() {}

    private static List<Rule> allowed() {
        var rules = new ArrayList<Rule>();
        addComplement(rules, REFUSED_FAMILIES, 0);
        READING.forEach(command -> rules.add(new Rule(0xFFFF_FFFFL, command)));
        return List.copyOf(rules);
    }

    /**
     * Walks the tree of the refused families' bits from the top. Where only one branch leads to a
     * refused family, the other branch is a rule.
     *
     * @param refused families that agree in their first {@code depth} bits
     */
    private static void addComplement(List<Rule> rules, List<Integer> refused, int depth) {
        if (depth == FAMILY_BITS) {
            return;
        }
        int bit = 1 << (FAMILY_BITS - 1 - depth);
        int above = 0xFF & -(bit << 1);
        int prefix = refused.getFirst() & above;
        for (int branch : new int[] {0, bit}) {
            var inside = refused.stream().filter(family -> (family & bit) == branch).toList();
            if (inside.isEmpty()) {
                long mask = (long) (above | bit) << FAMILY_SHIFT;
                rules.add(new Rule(mask, (long) (prefix | branch) << FAMILY_SHIFT));
            } else {
                addComplement(rules, inside, depth + 1);
            }
        }
    }
}
