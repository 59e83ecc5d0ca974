package org.lyceum.storage.keeper;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The platform's side of every command, in a process that may do none of it. */
final class KeeperCaller {

    private static final long MIB = 1L << 20;

    private static final Folder FOLDER =
            new Folder(5, FolderKey.home(new CommunityId(1), new UserId(5)));

    private KeeperCaller() {}

    /**
     * @param words the keeper's socket
     */
    public static void main(String[] words) throws IOException {
        try (var keeper = new RemoteKeeper(Path.of(words[0]))) {
            everything(keeper);
        } catch (RefusedException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    private static void everything(Keeper keeper) throws IOException {
        System.out.println("user " + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        System.out.println("open " + keeper.open().kind());
        var made = keeper.make(FOLDER, new Limits(24 * MIB, 0));
        System.out.println("make " + made.place());
        keeper.limit(FOLDER, made.mark(), new Limits(32 * MIB, 0));
        System.out.println("limit " + keeper.usage(FOLDER, made.mark()).limits().bytes() / MIB);
        System.out.println("all " + keeper.usages().containsKey(made.mark()));
        System.out.println("sweep " + keeper.sweep(FOLDER, Instant.EPOCH));
        var sealed = keeper.seal(FOLDER);
        System.out.println("sealed where it was made " + sealed.equals(made.place()));
        System.out.println("sealed " + Files.getAttribute(made.place(), "unix:uid"));
        keeper.release(FOLDER);
        System.out.println("released " + Files.getAttribute(made.place(), "unix:uid"));
        System.out.println("grow " + keeper.grow(700 * MIB).totalBytes() / MIB);
        keeper.remove(FOLDER);
        System.out.println("removed " + !Files.exists(made.place()));
        foreign(keeper);
    }

    /** A process that is in no such container gets nothing mounted. */
    private static void foreign(Keeper keeper) throws IOException {
        keeper.make(FOLDER, Limits.NONE);
        var us = new Keeper.ContainerProcess("0".repeat(64), ProcessHandle.current().pid());
        try {
            keeper.mount(FOLDER, us, "/scratch", false);
            System.out.println("mounted");
        } catch (IOException e) {
            System.out.println("not mounted: " + e.getMessage());
        }
    }
}
