package org.lyceum.platform.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An open directory, and a way to walk down from it that no symbolic link and no {@code ..} can
 * lead astray: the kernel resolves each step below what is open here, or refuses. Who changes a
 * name above meanwhile changes nothing for us.
 */
public final class Directory extends Descriptor {

    private static final int AT_REMOVEDIR = 0x200;
    private static final int RENAME_NOREPLACE = 1;

    /** openat2(2): not out of the starting directory, not over any link, none of /proc's either. */
    private static final long BENEATH_WITHOUT_LINKS = 0x08 | 0x04 | 0x02;

    private Directory(long number) {
        super(number);
    }

    /** The directory at a path that is trusted, but for its last name, which may be no link. */
    public static Directory open(Path trusted) throws KernelException {
        return new Directory(number(trusted, O_DIRECTORY));
    }

    /**
     * The directory at {@code relative}, such as {@code "communities/1/homes"}.
     *
     * @throws KernelException ELOOP when a link is on the way, EXDEV when it leads out, ENOENT,
     *     ENOTDIR
     */
    public Directory below(String relative) throws KernelException {
        return below(relative.getBytes(StandardCharsets.UTF_8), relative);
    }

    /** The same by names that need not be text, and that no message is to repeat. */
    Directory below(byte[] relative) throws KernelException {
        return below(relative, "a directory below");
    }

    private Directory below(byte[] relative, String what) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocate(relative.length + 1L);
            MemorySegment.copy(relative, 0, path, ValueLayout.JAVA_BYTE, 0, relative.length);
            var how = arena.allocate(24, 8); // struct open_how: flags, mode, resolve
            how.set(ValueLayout.JAVA_LONG, 0, O_DIRECTORY | O_CLOEXEC);
            how.set(ValueLayout.JAVA_LONG, 16, BENEATH_WITHOUT_LINKS);
            return new Directory(Call.OPENAT2.of(what, number(), path, how, how.byteSize()));
        }
    }

    /**
     * Makes a directory here that belongs to us.
     *
     * @param name without a slash
     * @return whether it had to be made; something else of this name counts as there
     */
    public boolean make(String name, int mode) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.MKDIRAT.of(name, number(), arena.allocateFrom(single(name)), mode);
            return true;
        } catch (KernelException e) {
            if (e.is(KernelException.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Tries to make a directory at a path as the calling thread sees it; whoever needs it looks.
     */
    static void makeHere(MemorySegment path) {
        try {
            Call.MKDIRAT.of("mount point", AT_FDCWD, path, 0755);
        } catch (KernelException there) {
            return; // or it cannot be made, which the next step tells
        }
    }

    /**
     * Makes a symbolic link here.
     *
     * @return whether it had to be made; something else of this name counts as there
     */
    public boolean link(String name, String target) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.SYMLINKAT.of(
                    name, arena.allocateFrom(target), number(), arena.allocateFrom(single(name)));
            return true;
        } catch (KernelException e) {
            if (e.is(KernelException.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    /** Removes the empty directory of this name. */
    public void removeDirectory(String name) throws KernelException {
        remove(name, AT_REMOVEDIR);
    }

    /** Removes the file or link of this name. */
    public void removeFile(String name) throws KernelException {
        remove(name, 0);
    }

    private void remove(String name, int flags) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.UNLINKAT.of(name, number(), arena.allocateFrom(single(name)), flags);
        }
    }

    /**
     * Moves what has this name here to another name there; never onto something.
     *
     * @throws KernelException EEXIST
     */
    public void move(String name, Directory there, String newName) throws KernelException {
        try (var arena = Arena.ofConfined()) {
            Call.RENAMEAT2.of(
                    name + " to " + newName,
                    number(),
                    arena.allocateFrom(single(name)),
                    there.number(),
                    arena.allocateFrom(single(newName)),
                    RENAME_NOREPLACE);
        }
    }

    private static String single(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals("..")) {
            throw new IllegalArgumentException("'" + name + "' is not one name");
        }
        return name;
    }
}
