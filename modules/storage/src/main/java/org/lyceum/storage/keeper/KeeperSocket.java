package org.lyceum.storage.keeper;

import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * The place where a keeper is asked: a socket in the pool's directory, which nobody but root can
 * change on the way there.
 */
final class KeeperSocket {

    /** Callers that wait for a thread; more are told at once that nobody answers. */
    private static final int BACKLOG = 128;

    private static final int FILE_KIND = 0170000;
    private static final int SOCKET = 0140000;
    private static final int OTHERS_WRITE = 0022;
    private static final int STICKY = 01000;

    private KeeperSocket() {}

    /**
     * @param name or number
     * @throws IOException when there is none of that name
     */
    static UserPrincipal user(String name) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
    }

    static ServerSocketChannel listen(StorageConfig config, UserPrincipal user) throws IOException {
        var made = Files.createDirectories(config.directory());
        requireOurs(made);
        PosixFileAttributeView view =
                Files.getFileAttributeView(made, PosixFileAttributeView.class);
        view.setPermissions(PosixFilePermissions.fromString("rwx--x--x"));
        var socket = config.keeperSocket();
        removeLeftOver(socket);
        var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listening.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            Files.getFileAttributeView(
                            socket, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(user);
            return listening;
        } catch (IOException e) {
            listening.close();
            throw e;
        }
    }

    /** Nobody but root, or we, can change what a step of the path leads to. */
    private static void requireOurs(Path directory) throws IOException {
        if (!directory.toRealPath().equals(directory)) {
            throw new IOException("a link is on the way to " + directory);
        }
        int us = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        for (var at = directory; at != null; at = at.getParent()) {
            int owner = (Integer) Files.getAttribute(at, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) Files.getAttribute(at, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            boolean others = (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
            if ((owner != 0 && owner != us) || others) {
                throw new IOException(
                        at
                                + " can be changed by others than root, so the pool cannot be kept"
                                + " there apart from the platform; set storage.directory to a"
                                + " place that is root's");
            }
        }
    }

    /** A keeper that was killed leaves its socket; anything else there is not ours. */
    private static void removeLeftOver(Path socket) throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (Integer) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & FILE_KIND) != SOCKET) {
            throw new IOException("what is at " + socket + " is no socket of a keeper");
        }
        try (var asked = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            throw new IOException("another keeper answers at " + asked.getRemoteAddress());
        } catch (ConnectException nobody) {
            Files.delete(socket);
        }
    }
}
