package org.lyceum.storage;

import org.lyceum.platform.linux.Directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One way to give directories limits. Needs root's rights; blocking; doing anything twice is safe,
 * also after an end in the middle of the first time.
 *
 * <p>The kernel knows a folder by its <em>mark</em>: a project number, a subvolume's number. A mark
 * is never given to another folder while this one lives.
 */
public interface QuotaBackend {

    PoolKind kind();

    /**
     * Makes the folder, or finds it, with its limits in force before anybody can write to it. A new
     * one belongs to root and is closed to others.
     *
     * @param parent the directory it lies in
     * @throws UnsafeFolderException when something else is in its place
     */
    Made make(Directory parent, Folder folder, Limits limits) throws IOException;

    /**
     * @param mark by which the kernel counts it
     * @param inside where the files are: usually empty, else a directory in the folder's
     */
    record Made(long mark, String inside) {}

    /** The folder that was made, ready to be used. */
    Made find(Directory parent, Folder folder) throws IOException;

    /** Changes the limits at once, whatever is in use; below what is held, nothing is added. */
    void limit(Directory parent, Folder folder, long mark, Limits limits) throws IOException;

    /** What is held right now. */
    Usage usage(Directory parent, Folder folder, long mark) throws IOException;

    /**
     * All folders by their marks, from one look at the kernel's own count. Where the kernel writes
     * its count down from time to time, this is what it wrote last.
     */
    Map<Long, Usage> usages() throws IOException;

    /** Removes the folder with all that is in it; one that is not there is fine. */
    void remove(Directory parent, Folder folder) throws IOException;

    /** Takes up the room that the pool's device has got; the pool is mounted at {@code place}. */
    void grow(Path place) throws IOException;
}
