package org.lyceum.files;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.jobs.Job;
import org.lyceum.storage.StorageModule;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Wires the files module. */
public final class FilesModule implements Module {

    private final OwnerAccess access;
    private final PlaceService places;
    private final FileService files;
    private final TrashService trash;
    private final ArchiveService archives;
    private final SettingsService settings;
    private final VersionService versions;
    private final LargestService largest;
    private final ExpireTrash expire;

    /**
     * @param lists a directory of the platform's own for what is only needed for a while
     */
    public FilesModule(FilesConfig config, StorageModule storage, Path lists, Clock clock) {
        var folders = storage.folders();
        this.access = new OwnerAccess(folders, storage.snapshots());
        this.places = new PlaceService(storage.mounts());
        this.files = new FileService(access, folders, clock);
        this.trash = new TrashService(access, clock);
        this.archives = new ArchiveService(access, lists);
        this.settings = new SettingsService(access);
        this.versions = new VersionService(access, files, storage.snapshots(), clock);
        this.largest = new LargestService(access);
        this.expire = new ExpireTrash(folders, trash, config.trashAge());
    }

    public PlaceService places() {
        return places;
    }

    public FileService files() {
        return files;
    }

    public TrashService trash() {
        return trash;
    }

    public ArchiveService archives() {
        return archives;
    }

    public VersionService versions() {
        return versions;
    }

    public LargestService largest() {
        return largest;
    }

    public SettingsService settings() {
        return settings;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return List.of(expire);
    }

    @Override
    public void close() {
        access.close();
    }
}
