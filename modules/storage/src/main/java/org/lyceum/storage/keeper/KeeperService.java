package org.lyceum.storage.keeper;

import jdk.net.ExtendedSocketOptions;

import org.lyceum.platform.app.Threads;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.UnsafeFolderException;
import org.lyceum.storage.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a keeper be asked over a Unix socket, by root and one other user. A connection carries one
 * command: it is read in seconds or not at all, done, answered, and closed. What is no command is
 * answered as such and changes nothing.
 */
public final class KeeperService implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeeperService.class);

    /** Each has a thread; whoever comes later waits in the kernel's line. */
    private static final int AT_ONCE = 32;

    /** A caller on this machine has its command ready, and reads the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration ENDING = Duration.ofSeconds(10);

    private final ServerSocketChannel listening;
    private final Set<UserPrincipal> callers;
    private final Keeper keeper;
    private final Duration patience;
    private final ExecutorService threads = Threads.platform("keeper", AT_ONCE);
    private final Semaphore free = new Semaphore(AT_ONCE);

    private KeeperService(
            ServerSocketChannel listening,
            Set<UserPrincipal> callers,
            Keeper keeper,
            Duration patience) {
        this.listening = listening;
        this.callers = callers;
        this.keeper = keeper;
        this.patience = patience;
    }

    /**
     * Takes calls from now on, and answers them once {@link #serve} runs.
     *
     * @throws IOException when the pool's directory can be changed by others, something that is not
     *     ours stands at the socket's place, or another keeper answers there
     */
    public static KeeperService listen(StorageConfig config, Keeper keeper) throws IOException {
        return listen(config, keeper, PATIENCE);
    }

    static KeeperService listen(StorageConfig config, Keeper keeper, Duration patience)
            throws IOException {
        var user = KeeperSocket.user(config.keeperUser());
        var callers = Stream.of(KeeperSocket.user("root"), user).collect(Collectors.toSet());
        var listening = KeeperSocket.listen(config, user);
        return new KeeperService(listening, callers, keeper, patience);
    }

    /** Answers, until it is closed. */
    public void serve() throws IOException {
        try {
            while (true) {
                free.acquire();
                take(listening.accept());
            }
        } catch (ClosedChannelException | RejectedExecutionException closed) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever came while it was being closed is let go. */
    private void take(SocketChannel channel) throws IOException {
        try {
            threads.execute(() -> serve(channel));
        } catch (RejectedExecutionException closed) {
            channel.close();
            throw closed;
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            var caller = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            try (var wire = new Wire(channel)) {
                serve(wire, caller);
            }
        } catch (IOException e) { // theirs alone: the next caller is not to notice
            log.warn("keeper.caller-lost {}", e.getMessage());
        } finally {
            free.release();
        }
    }

    private void serve(Wire wire, UserPrincipal caller) throws IOException {
        Command command;
        try {
            var said = wire.receive(CommandSchema.MOST, patience);
            if (!callers.contains(caller)) {
                throw new RefusedException("user " + caller.getName() + " may not ask the keeper");
            }
            command = CommandSchema.command(said);
        } catch (RefusedException e) {
            log.warn("keeper.refused user={} {}", caller.getName(), e.getMessage());
            say(wire, failed(Answer.Reason.REFUSED, e));
            return;
        }
        answer(wire, command);
    }

    private void answer(Wire wire, Command command) throws IOException {
        Answer answer;
        try {
            if (command instanceof Command.MeasureAll) {
                sayAll(wire, keeper.usages());
                return;
            }
            answer = done(command);
        } catch (UnsafeFolderException e) {
            answer = failed(Answer.Reason.UNSAFE, e);
        } catch (IOException e) {
            answer = failed(Answer.Reason.IN_THE_WAY, e);
        } catch (RuntimeException bug) {
            log.error("keeper.broken command={}", command, bug);
            answer = failed(Answer.Reason.IN_THE_WAY, bug);
        }
        say(wire, answer);
    }

    private Answer done(Command command) throws IOException {
        switch (command) {
            case Command.Open() -> {
                return new Answer.Pool(keeper.open());
            }
            case Command.Make(var folder, var limits) -> {
                var made = keeper.make(folder, limits);
                return new Answer.Made(made.mark(), made.place().toString());
            }
            case Command.Limit(var folder, var mark, var limits) ->
                    keeper.limit(folder, mark, limits);
            case Command.Measure(var folder, var mark) -> {
                return new Answer.Held(keeper.usage(folder, mark));
            }
            case Command.MeasureAll() -> throw new IllegalStateException("has many answers");
            case Command.Seal(var folder) -> {
                return new Answer.Sealed(keeper.seal(folder).toString());
            }
            case Command.Release(var folder) -> keeper.release(folder);
            case Command.Remove(var folder) -> keeper.remove(folder);
            case Command.Sweep(var folder, var since) -> {
                return new Answer.Swept(keeper.sweep(folder, since));
            }
            case Command.Snapshot(var folder, var at, var shareBytes) -> {
                return new Answer.Taken(keeper.snapshot(folder, at, shareBytes));
            }
            case Command.SnapshotBytes() -> {
                return new Answer.SnapshotBytes(keeper.snapshotBytes());
            }
            case Command.Snapshots(var folder) -> {
                var found = keeper.snapshots(folder);
                return new Answer.Snapshots(found.place().toString(), found.times());
            }
            case Command.DropSnapshot(var folder, var at) -> keeper.dropSnapshot(folder, at);
            case Command.Mount(var folder, var container, var place, var readOnly) ->
                    keeper.mount(folder, container, place, readOnly);
            case Command.Grow(var bytes) -> {
                return new Answer.Pool(keeper.grow(bytes));
            }
        }
        return new Answer.Done();
    }

    private static Answer failed(Answer.Reason reason, Exception e) {
        return new Answer.Failed(reason, String.valueOf(e.getMessage()));
    }

    private void sayAll(Wire wire, Map<Long, Usage> usages) throws IOException {
        var some = new LinkedHashMap<Long, Usage>();
        for (var each : usages.entrySet()) {
            some.put(each.getKey(), each.getValue());
            if (some.size() == Answer.HeldByAll.MOST) {
                say(wire, new Answer.HeldByAll(some));
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            say(wire, new Answer.HeldByAll(some));
        }
        say(wire, new Answer.HeldByAll(Map.of()));
    }

    private void say(Wire wire, Answer answer) throws IOException {
        wire.send(AnswerSchema.bytes(answer), patience);
    }

    /** Whoever calls now is told that nobody is here; what was begun is finished, for a while. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            log.warn("keeper.socket-left", e);
        }
        Threads.stop(threads, ENDING);
    }
}
