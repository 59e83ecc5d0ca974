package org.lyceum.files;

import org.lyceum.audit.AuditLog;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.IdentityModule;
import org.lyceum.platform.app.Module;
import org.lyceum.platform.db.Database;
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
    private final KeptService kept;
    private final SettingsService settings;
    private final VersionService versions;
    private final LargestService largest;
    private final SharingLinkService links;
    private final CopyService copies;
    private final List<Job> jobs;

    /**
     * @param lists a directory of the platform's own for what is only needed for a while
     */
    public FilesModule(
            FilesConfig config,
            Database db,
            AuditLog audit,
            IdentityModule identity,
            CommunityModule communities,
            StorageModule storage,
            Path lists,
            Clock clock) {
        var folders = storage.folders();
        this.access = new OwnerAccess(folders, storage.snapshots());
        this.places = new PlaceService(storage.mounts());
        this.files = new FileService(access, folders, clock);
        this.trash = new TrashService(access, clock);
        this.archives = new ArchiveService(access, lists);
        this.kept = new KeptService(storage.leaving(), archives, clock);
        this.settings = new SettingsService(access);
        this.versions = new VersionService(access, files, storage.snapshots(), clock);
        this.largest = new LargestService(access);
        this.copies = new CopyService(access, files, clock);
        var linkRows = new SharingLinkRepository(db, audit);
        this.links =
                new SharingLinkService(
                        linkRows, places, files, identity, communities.members(), clock);
        this.jobs =
                List.of(
                        new ExpireTrash(folders, trash, config.trashAge()),
                        new RemoveSharingLinks(linkRows, clock));
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

    public KeptService kept() {
        return kept;
    }

    public VersionService versions() {
        return versions;
    }

    public LargestService largest() {
        return largest;
    }

    public CopyService copies() {
        return copies;
    }

    public SharingLinkService links() {
        return links;
    }

    public SettingsService settings() {
        return settings;
    }

    /** What the module does by itself. */
    public List<Job> jobs() {
        return jobs;
    }

    @Override
    public void close() {
        kept.close();
        access.close();
    }
}
