package org.lyceum.platform.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files as block devices. A device here lets go of its file by itself when nobody has it open or
 * mounted any more; source: Linux, include/uapi/linux/loop.h.
 */
public final class LoopDevices {

    private static final Path CONTROL = Path.of("/dev/loop-control");
    private static final Path KNOWN = Path.of("/sys/block");

    private static final long LOOP_CONFIGURE = 0x4C0A;
    private static final long LOOP_SET_CAPACITY = 0x4C07;
    private static final long LOOP_CTL_GET_FREE = 0x4C82;

    private static final int FLAGS_AUTOCLEAR = 4;

    /** Offset of lo_flags in struct loop_config: fd, block_size, then loop_info64. */
    private static final long FLAGS_AT = 8 + 52;

    private static final long CONFIG_BYTES = 8 + 232 + 64;

    /** Between asking for a free device and taking it somebody else may have been faster. */
    private static final int TRIES = 16;

    private LoopDevices() {}

    /** An attached device; close it once it is mounted, or to let go of the file. */
    public record Attached(Path device, Descriptor open) implements AutoCloseable {
        @Override
        public void close() {
            open.close();
        }
    }

    /**
     * The device of this file. A file must never have two: each would keep its own idea of what is
     * on it. So one that is there, made by whomever, is taken.
     */
    public static Attached attach(Path file) throws IOException {
        var there = find(file);
        if (there.isPresent()) {
            return new Attached(there.get(), Descriptor.openFile(there.get()));
        }
        try (var image = Descriptor.openFile(file)) {
            for (int i = 0; i < TRIES; i++) {
                var attached = tryNext(image);
                if (attached.isPresent()) {
                    return attached.get();
                }
            }
        }
        throw new IOException("no loop device could be had in " + TRIES + " tries");
    }

    private static Optional<Attached> tryNext(Descriptor image) throws KernelException {
        int number;
        try (var control = Descriptor.openFile(CONTROL)) {
            number = control.command("next free loop device", LOOP_CTL_GET_FREE, 0);
        }
        var device = Path.of("/dev/loop" + number);
        var open = Descriptor.openFile(device);
        try (var arena = Arena.ofConfined()) {
            var config = arena.allocate(CONFIG_BYTES, 8);
            config.set(ValueLayout.JAVA_INT, 0, image.number());
            config.set(ValueLayout.JAVA_INT, FLAGS_AT, FLAGS_AUTOCLEAR);
            open.command(device.toString(), LOOP_CONFIGURE, config);
            return Optional.of(new Attached(device, open));
        } catch (KernelException e) {
            open.close();
            if (e.is(KernelException.EBUSY)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The device whose file this is. */
    public static Optional<Path> find(Path file) throws IOException {
        var wanted = file.toRealPath().toString();
        try (var devices = Files.newDirectoryStream(KNOWN, "loop*")) {
            for (var device : devices) {
                if (wanted.equals(backing(device))) {
                    return Optional.of(Path.of("/dev").resolve(device.getFileName()));
                }
            }
        }
        return Optional.empty();
    }

    private static String backing(Path device) throws IOException {
        try {
            return Files.readString(device.resolve("loop/backing_file")).stripTrailing();
        } catch (NoSuchFileException free) {
            return "";
        } catch (IOException e) { // let go of while we looked: sysfs answers ENODEV
            return "";
        }
    }

    /** Has the device see that its file has grown. */
    public static void growToFile(Path device) throws KernelException {
        try (var open = Descriptor.openFile(device)) {
            open.command(device.toString(), LOOP_SET_CAPACITY, 0);
        }
    }
}
