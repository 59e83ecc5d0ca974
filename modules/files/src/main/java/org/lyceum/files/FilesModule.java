package org.lyceum.files;

import org.lyceum.platform.app.Module;
import org.lyceum.platform.jobs.Job;
import org.lyceum.storage.FolderService;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Wires the files module. */
public final class FilesModule implements Module {

    private final OwnerAccess access;
    private final FileService files;
    private final TrashService trash;
    private final ArchiveService archives;
    private final SettingsService settings;
    private final ExpireTrash expire;

    /**
     * @param lists a directory of the platform's own for what is only needed for a while
     */
    public FilesModule(FilesConfig config, FolderService folders, Path lists, Clock clock) {
        this.access = new OwnerAccess(folders);
        this.files = new FileService(access, folders, clock);
        this.trash = new TrashService(access, clock);
        this.archives = new ArchiveService(access, lists);
        this.settings = new SettingsService(access);
        this.expire = new ExpireTrash(folders, trash, config.trashAge());
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
