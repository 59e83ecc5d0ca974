package org.lyceum.files;

import org.lyceum.platform.linux.Directory;
import org.lyceum.platform.linux.Entries;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.KernelException;
import org.lyceum.storage.FolderKey;

import java.io.IOException;
import java.util.List;

/**
 * Puts aside what somebody has configured and installed in their home, so that the next start is as
 * if they had not, and takes it back. Nothing is deleted. Blocking; throws the Problems of {@link
 * FilesProblems}.
 */
public final class SettingsService {

    /** Where Jupyter, IPython and pip keep what is a person's own. */
    private static final List<FilePath> PLACES =
            List.of(
                    FilePath.parse(".jupyter"),
                    FilePath.parse(".ipython"),
                    FilePath.parse(".local/lib"),
                    FilePath.parse(".local/bin"),
                    FilePath.parse(".local/share/jupyter"));

    private static final String ASIDE = ".set-aside";

    private final OwnerAccess access;

    SettingsService(OwnerAccess access) {
        this.access = access;
    }

    /**
     * @return how many places had something
     * @throws org.lyceum.platform.kernel.Problem CONFLICT {@code files.exists} when what was put
     *     aside before has not been taken back
     */
    public int putAside(FolderKey folder) {
        return access.in(folder, top -> each(top, false));
    }

    /** What was put aside is where it was, unless there is something new. */
    public int takeBack(FolderKey folder) {
        return access.in(folder, top -> each(top, true));
    }

    private static int each(Directory top, boolean back) throws IOException {
        int moved = 0;
        for (var place : PLACES) {
            var aside = FileName.of(place.last().shown() + ASIDE);
            var from = back ? aside : place.last();
            var to = back ? place.last() : aside;
            try (var parent = Entries.below(top, place.parent().names())) {
                Entries.move(parent, from, parent, to);
                moved++;
            } catch (KernelException e) {
                if (!e.is(KernelException.ENOENT)) {
                    throw e;
                }
            }
        }
        return moved;
    }
}
