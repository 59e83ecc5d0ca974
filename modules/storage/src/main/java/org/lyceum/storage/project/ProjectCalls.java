package org.lyceum.storage.project;

import org.lyceum.platform.linux.Descriptor;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.storage.Limits;
import org.lyceum.storage.Usage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers of directories, and limits of numbers. Source: Linux, include/uapi/linux/fs.h (fsxattr)
 * and quota.h (if_dqblk).
 */
final class ProjectCalls {

    private static final long FSGETXATTR = 0x801c581fL;
    private static final long FSSETXATTR = 0x401c5820L;

    /** struct fsxattr: flags, extsize, nextents, project, cowextsize, 8 bytes of nothing. */
    private static final int ATTRIBUTE_BYTES = 28;

    private static final int PROJECT_AT = 12;

    /** What is made below gets the same number. */
    private static final int PROJECT_INHERITED = 0x200;

    private static final int PROJECT_QUOTA = 2;
    private static final int GET_QUOTA = 0x800007 << 8 | PROJECT_QUOTA;
    private static final int SET_QUOTA = 0x800008 << 8 | PROJECT_QUOTA;
    private static final int GET_NEXT_QUOTA = 0x800009 << 8 | PROJECT_QUOTA;

    /** In struct if_dqblk: bytes are counted singly, but limited in units of this. */
    private static final long BLOCK = 1024;

    private static final int QUOTA_BYTES = 72;
    private static final int VALID_AT = 64;
    private static final int LIMITS_VALID = 1 | 4;

    /** No number at or above has ever been used. */
    private static final int ESRCH = 3;

    private ProjectCalls() {}

    /** The directory's number, when what is made in it inherits it; else 0. */
    static long project(Descriptor directory) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var attributes = arena.allocate(ATTRIBUTE_BYTES, 8);
            directory.command("project number", FSGETXATTR, attributes);
            boolean inherited = (attributes.get(ValueLayout.JAVA_INT, 0) & PROJECT_INHERITED) != 0;
            int number = attributes.get(ValueLayout.JAVA_INT, PROJECT_AT);
            return inherited ? Integer.toUnsignedLong(number) : 0;
        }
    }

    static void setProject(Descriptor directory, long project) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var attributes = arena.allocate(ATTRIBUTE_BYTES, 8);
            directory.command("project number", FSGETXATTR, attributes);
            int flags = attributes.get(ValueLayout.JAVA_INT, 0);
            attributes.set(ValueLayout.JAVA_INT, 0, flags | PROJECT_INHERITED);
            attributes.set(ValueLayout.JAVA_INT, PROJECT_AT, (int) project);
            directory.command("set project " + project, FSSETXATTR, attributes);
        }
    }

    /**
     * @throws KernelException ESRCH or ENOENT when nothing was ever counted under this number,
     *     ESRCH too when quotas are off
     */
    static Usage quota(Descriptor at, long project) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var quota = arena.allocate(QUOTA_BYTES, 8);
            at.quota("of project " + project, GET_QUOTA, project, quota);
            return usage(quota);
        }
    }

    static void setQuota(Descriptor at, long project, Limits limits) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var quota = arena.allocate(QUOTA_BYTES, 8);
            quota.set(ValueLayout.JAVA_LONG, 0, limits.bytes() / BLOCK);
            quota.set(ValueLayout.JAVA_LONG, 24, limits.inodes());
            quota.set(ValueLayout.JAVA_INT, VALID_AT, LIMITS_VALID);
            at.quota("for project " + project, SET_QUOTA, project, quota);
        }
    }

    /** Everything counted under numbers from {@code first} on and below {@code end}. */
    static Map<Long, Usage> quotas(Descriptor at, long first, long end) throws KernelException {
        var all = new HashMap<Long, Usage>();
        try (var arena = Arena.ofConfined()) {
            var quota = arena.allocate(QUOTA_BYTES, 8);
            long from = first;
            while (from < end) {
                at.quota("of the next project", GET_NEXT_QUOTA, from, quota);
                long project =
                        Integer.toUnsignedLong(quota.get(ValueLayout.JAVA_INT, VALID_AT + 4));
                if (project >= end) {
                    break;
                }
                all.put(project, usage(quota));
                from = project + 1;
            }
        } catch (KernelException e) {
            if (!e.is(ESRCH, KernelException.ENOENT)) {
                throw e;
            }
        }
        return all;
    }

    private static Usage usage(MemorySegment quota) {
        return new Usage(
                quota.get(ValueLayout.JAVA_LONG, 16),
                quota.get(ValueLayout.JAVA_LONG, 40),
                new Limits(
                        quota.get(ValueLayout.JAVA_LONG, 0) * BLOCK,
                        quota.get(ValueLayout.JAVA_LONG, 24)));
    }
}
