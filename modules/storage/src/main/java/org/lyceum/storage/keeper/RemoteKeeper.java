package org.lyceum.storage.keeper;

import jdk.net.ExtendedSocketOptions;

import org.lyceum.storage.Folder;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolReport;
import org.lyceum.storage.UnsafeFolderException;
import org.lyceum.storage.Usage;

import java.io.IOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Asks the keeper that runs apart; needs no right but to call it. */
public final class RemoteKeeper implements Keeper {

    /** The kernel does such things in milliseconds; a pool may have to be mounted first. */
    private static final Duration SHORT = Duration.ofMinutes(2);

    /** What walks a folder or backs a file with disk takes as long as there is to do. */
    private static final Duration LONG = Duration.ofHours(6);

    /** The command is small, and the keeper reads it at once or is not there. */
    private static final Duration SENDING = Duration.ofSeconds(5);

    private final Path socket;

    public RemoteKeeper(Path socket) {
        this.socket = socket;
    }

    @Override
    public PoolReport open() throws IOException {
        return told(new Command.Open(), SHORT, Answer.Pool.class).report();
    }

    @Override
    public Made make(Folder folder, Limits limits) throws IOException {
        var made = told(new Command.Make(folder, limits), SHORT, Answer.Made.class);
        return new Made(made.mark(), Path.of(made.place()));
    }

    @Override
    public void limit(Folder folder, long mark, Limits limits) throws IOException {
        told(new Command.Limit(folder, mark, limits), SHORT, Answer.Done.class);
    }

    @Override
    public Usage usage(Folder folder, long mark) throws IOException {
        return told(new Command.Measure(folder, mark), LONG, Answer.Held.class).usage();
    }

    @Override
    public Map<Long, Usage> usages() throws IOException {
        var all = new HashMap<Long, Usage>();
        try (var wire = call()) {
            wire.send(CommandSchema.bytes(new Command.MeasureAll()), SENDING);
            while (all.size() <= Folder.MAX_NUMBER) {
                var some = received(wire, SHORT, Answer.HeldByAll.class).usages();
                if (some.isEmpty()) {
                    return all;
                }
                all.putAll(some);
            }
            throw new IOException("the keeper tells of more folders than there can be");
        }
    }

    @Override
    public Path seal(Folder folder) throws IOException {
        return Path.of(told(new Command.Seal(folder), SHORT, Answer.Sealed.class).place());
    }

    @Override
    public void release(Folder folder) throws IOException {
        told(new Command.Release(folder), SHORT, Answer.Done.class);
    }

    @Override
    public void remove(Folder folder) throws IOException {
        told(new Command.Remove(folder), LONG, Answer.Done.class);
    }

    @Override
    public int sweep(Folder folder, Instant untouchedSince) throws IOException {
        return told(new Command.Sweep(folder, untouchedSince), LONG, Answer.Swept.class).count();
    }

    @Override
    public Taken snapshot(Folder folder, Instant at, long shareBytes) throws IOException {
        var command = new Command.Snapshot(folder, at, shareBytes);
        return told(command, LONG, Answer.Taken.class).how();
    }

    @Override
    public long snapshotBytes() throws IOException {
        return told(new Command.SnapshotBytes(), SHORT, Answer.SnapshotBytes.class).bytes();
    }

    @Override
    public Snapshots snapshots(Folder folder) throws IOException {
        var found = told(new Command.Snapshots(folder), SHORT, Answer.Snapshots.class);
        return new Snapshots(Path.of(found.place()), found.times());
    }

    @Override
    public void dropSnapshot(Folder folder, Instant at) throws IOException {
        told(new Command.DropSnapshot(folder, at), LONG, Answer.Done.class);
    }

    @Override
    public void mount(Folder folder, ContainerProcess container, String place, boolean readOnly)
            throws IOException {
        told(new Command.Mount(folder, container, place, readOnly), SHORT, Answer.Done.class);
    }

    @Override
    public PoolReport grow(long bytes) throws IOException {
        return told(new Command.Grow(bytes), LONG, Answer.Pool.class).report();
    }

    private <T extends Answer> T told(Command command, Duration patience, Class<T> kind)
            throws IOException {
        try (var wire = call()) {
            send(wire, command);
            return received(wire, patience, kind);
        } catch (SocketException reset) { // it was taken down between the call and the answer
            throw nobody(reset);
        }
    }

    /** A keeper that is going away may take the call and hear nothing any more. */
    private void send(Wire wire, Command command) throws IOException {
        try {
            wire.send(CommandSchema.bytes(command), SENDING);
        } catch (IOException gone) {
            throw nobody(gone);
        }
    }

    /** Whoever listens must be root: nobody else can pretend to keep files. */
    private Wire call() throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw nobody(e);
        }
        var wire = new Wire(channel);
        var listener = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!listener.equals(KeeperSocket.user("root"))) {
            wire.close();
            throw new IOException(socket + " is answered by " + listener.getName() + ", not root");
        }
        return wire;
    }

    private IOException nobody(IOException cause) {
        return new IOException(
                "no keeper answers at "
                        + socket
                        + "; start it ('lyceum keeper'), or look at its log",
                cause);
    }

    private static <T extends Answer> T received(Wire wire, Duration patience, Class<T> kind)
            throws IOException {
        var answer = AnswerSchema.answer(wire.receive(AnswerSchema.MOST, patience));
        if (answer instanceof Answer.Failed(var reason, var words)) {
            throw switch (reason) {
                case UNSAFE -> new UnsafeFolderException(words);
                case REFUSED -> new RefusedException(words);
                case IN_THE_WAY -> new IOException(words);
            };
        }
        if (!kind.isInstance(answer)) {
            throw new IOException("the keeper answered something else");
        }
        return kind.cast(answer);
    }

    /** Nothing is kept open. */
    @Override
    public void close() {}
}
