package org.lyceum.storage.image;

import org.lyceum.platform.linux.Descriptor;
import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.LoopDevices;
import org.lyceum.platform.linux.Program;
import org.lyceum.platform.linux.Space;
import org.lyceum.storage.Limits;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * What people can use of a mounted image. ext4 cannot be made smaller while it is in use; so a
 * limit below the file system's size is kept by a <em>ballast</em>, a file that holds the rest,
 * beside the directory that people see. Below what is held the ballast takes all that is free.
 */
final class ImageSpace {

    /** The ones ext4 keeps, lost+found and the ballast. */
    static final int OWN_INODES = 12;

    /** What a ballast needs for its own book-keeping, at most. */
    private static final long SLACK = 64 * 1024;

    private static final String BALLAST = "ballast";
    private static final Duration RESIZING = Duration.ofMinutes(5);

    private final Directory top;
    private final Path image;
    private final Path ballast;

    /**
     * @param top of the mounted file system
     */
    ImageSpace(Directory top, Path image) {
        this.top = top;
        this.image = image;
        this.ballast = top.path().resolve(BALLAST);
    }

    Usage usage() throws IOException {
        var space = top.space();
        long held = ballastBytes();
        return new Usage(
                Math.max(0, space.total() - space.free() - held),
                Math.max(0, space.files() - space.freeFiles() - OWN_INODES),
                new Limits(usable(space) - held, space.files() - OWN_INODES));
    }

    /**
     * @param bytes 0: all that the file system has
     */
    void limit(long bytes) throws IOException {
        if (bytes == 0) {
            setBallast(0);
            return;
        }
        if (usable(top.space()) < bytes) {
            grow(bytes);
        }
        setBallast(Math.max(0, usable(top.space()) - bytes));
    }

    /** What people can fill, less what the kernel keeps from everybody. */
    private static long usable(Space space) {
        return space.total() - (space.free() - space.available());
    }

    private void grow(long bytes) throws IOException {
        long size = Files.size(image) + ImageFile.size(bytes - usable(top.space()), 0);
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
        }
        var device = LoopDevices.find(image).orElseThrow();
        LoopDevices.growToFile(device);
        Program.run(RESIZING, List.of("resize2fs", device.toString()));
    }

    private void setBallast(long wanted) throws IOException {
        long now = ballastBytes();
        if (wanted < now) {
            try (var file = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
                file.truncate(wanted);
            }
        } else if (wanted > now) {
            take(Math.min(wanted, now + Math.max(0, top.space().free() - SLACK)));
        }
    }

    /**
     * Takes up to this size, less where others are faster. The blocks stay unwritten: the image's
     * file does not get larger by them.
     */
    private void take(long size) throws IOException {
        if (!Files.exists(ballast, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(ballast);
        }
        long now = ballastBytes();
        long more = size - now;
        while (more > 0) {
            try (var file = Descriptor.openFile(ballast)) {
                file.allocate(now + more);
                now += more;
                more = Math.min(more, size - now);
            } catch (KernelException e) {
                if (!e.is(KernelException.ENOSPC)) {
                    throw e;
                }
                giveBackBeyond(now);
                more = more > SLACK ? more / 2 : 0;
            }
        }
    }

    /** A call that fails half-way keeps the blocks it has got, behind the end of the file. */
    private void giveBackBeyond(long size) throws IOException {
        try (var file = new RandomAccessFile(ballast.toFile(), "rw")) {
            file.setLength(size);
        }
    }

    private long ballastBytes() throws IOException {
        return Files.exists(ballast, LinkOption.NOFOLLOW_LINKS) ? Files.size(ballast) : 0;
    }
}
