package org.lyceum.storage.image;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.platform.linux.LoopDevices;
import org.lyceum.platform.linux.MountTable;
import org.lyceum.platform.linux.Mounts;
import org.lyceum.storage.Folder;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.QuotaBackend;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * An ext4 file system in a sparse file for each folder; the mark is the folder's number. Past the
 * limit a write fails with ENOSPC. The files lie in a directory of the file system, so that people
 * do not see what else is in there.
 *
 * <p>A limit on files is set when the image is made and only grows with it. A folder whose image is
 * not mounted holds what it held, and is not among {@link #usages()}.
 */
public final class FolderImages implements QuotaBackend {

    /** In the image, beside lost+found and the ballast: all that people get to see. */
    private static final String INSIDE = "files";

    private final Path root;
    private final Path images;

    /**
     * @param root of the pool
     * @param images where the files of the images lie; only root may look into it
     */
    public FolderImages(Path root, Path images) {
        this.root = root;
        this.images = images;
    }

    @Override
    public PoolKind kind() {
        return PoolKind.IMAGES;
    }

    @Override
    public Made make(Directory parent, Folder folder, Limits limits) throws IOException {
        parent.make(folder.key().name(), 0711);
        var image = image(folder);
        ImageFile.ensure(image, limits);
        if (MountTable.at(place(folder)).isEmpty()) {
            mount(parent, folder, image);
        }
        try (var top = parent.below(folder.key().name())) {
            new ImageSpace(top, image).limit(limits.bytes());
            top.make(INSIDE, 0700);
        }
        return new Made(folder.number(), INSIDE);
    }

    private static void mount(Directory parent, Folder folder, Path image) throws IOException {
        try (var place = parent.below(folder.key().name());
                var attached = LoopDevices.attach(image)) {
            // discard: what people delete, the pool gets back.
            Mounts.mount(attached.device(), place.path(), "ext4", "discard");
        }
    }

    @Override
    public Made find(Directory parent, Folder folder) throws IOException {
        ensureMounted(parent, folder);
        return new Made(folder.number(), INSIDE);
    }

    @Override
    public void limit(Directory parent, Folder folder, long mark, Limits limits)
            throws IOException {
        ensureMounted(parent, folder);
        try (var top = parent.below(folder.key().name())) {
            new ImageSpace(top, image(folder)).limit(limits.bytes());
        }
    }

    @Override
    public Usage usage(Directory parent, Folder folder, long mark) throws IOException {
        ensureMounted(parent, folder);
        try (var top = parent.below(folder.key().name())) {
            return new ImageSpace(top, image(folder)).usage();
        }
    }

    private void ensureMounted(Directory parent, Folder folder) throws IOException {
        if (MountTable.at(place(folder)).isEmpty()) {
            mount(parent, folder, image(folder));
        }
    }

    @Override
    public Map<Long, Usage> usages() throws IOException {
        var usages = new HashMap<Long, Usage>();
        for (var mount : MountTable.all()) {
            if (mount.at().startsWith(root) && mount.source().startsWith("/dev/loop")) {
                var image = ImageFile.of(mount.source());
                if (image.startsWith(images)) {
                    try (var top = Directory.open(mount.at())) {
                        usages.put(ImageFile.number(image), new ImageSpace(top, image).usage());
                    }
                }
            }
        }
        return usages;
    }

    @Override
    public void remove(Directory parent, Folder folder) throws IOException {
        while (MountTable.at(place(folder)).isPresent()) {
            Mounts.unmount(place(folder));
        }
        Files.deleteIfExists(image(folder));
        try {
            parent.removeDirectory(folder.key().name());
        } catch (KernelException e) {
            if (!e.is(KernelException.ENOENT)) {
                throw e;
            }
        }
    }

    @Override
    public void grow(Path place) {
        // Images lie on a file system that is not ours to grow.
    }

    private Path place(Folder folder) {
        return root.resolve(folder.key().toString());
    }

    private Path image(Folder folder) {
        return images.resolve(folder.number() + ".img");
    }
}
