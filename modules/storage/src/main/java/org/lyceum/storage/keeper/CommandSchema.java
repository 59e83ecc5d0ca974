package org.lyceum.storage.keeper;

import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderKind;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Commands as bytes. Each has exactly one form: what is not, to the last byte, what we would have
 * written ourselves is refused.
 */
final class CommandSchema {

    /** A place has 268 characters at most; everything else is numbers. */
    static final int MOST = 2_048;

    private CommandSchema() {}

    static byte[] bytes(Command command) {
        var bytes = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(bytes), command);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws RefusedException when these bytes are no command
     */
    static Command command(byte[] bytes) throws RefusedException {
        Command command;
        try {
            command = read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedException("that is no command: " + e.getMessage());
        }
        if (!Arrays.equals(bytes, bytes(command))) {
            throw new RefusedException("that is no command: it is written in another form");
        }
        return command;
    }

    private static void write(DataOutputStream out, Command command) throws IOException {
        switch (command) {
            case Command.Open() -> out.writeByte(1);
            case Command.Make(var folder, var limits) -> {
                out.writeByte(2);
                write(out, folder);
                write(out, limits);
            }
            case Command.Limit(var folder, var mark, var limits) -> {
                out.writeByte(3);
                write(out, folder);
                out.writeLong(mark);
                write(out, limits);
            }
            case Command.Measure(var folder, var mark) -> {
                out.writeByte(4);
                write(out, folder);
                out.writeLong(mark);
            }
            case Command.MeasureAll() -> out.writeByte(5);
            case Command.Seal(var folder) -> write(out, 6, folder);
            case Command.Release(var folder) -> write(out, 7, folder);
            case Command.Remove(var folder) -> write(out, 8, folder);
            case Command.Sweep(var folder, var since) -> {
                write(out, 9, folder);
                out.writeLong(since.toEpochMilli());
            }
            case Command.Mount(var folder, var container, var place, var readOnly) -> {
                write(out, 10, folder);
                out.writeUTF(container.containerId());
                out.writeLong(container.pid());
                out.writeUTF(place);
                out.writeBoolean(readOnly);
            }
            case Command.Grow(var bytes) -> {
                out.writeByte(11);
                out.writeLong(bytes);
            }
            case Command.Snapshot(var folder, var at, var shareBytes) -> {
                write(out, 12, folder);
                out.writeLong(at.getEpochSecond());
                out.writeLong(shareBytes);
            }
            case Command.SnapshotBytes() -> out.writeByte(15);
            case Command.Snapshots(var folder) -> write(out, 13, folder);
            case Command.DropSnapshot(var folder, var at) -> {
                write(out, 14, folder);
                out.writeLong(at.getEpochSecond());
            }
        }
    }

    private static Command read(DataInputStream in) throws IOException {
        int number = in.readUnsignedByte();
        return switch (number) {
            case 1 -> new Command.Open();
            case 2 -> new Command.Make(folder(in), limits(in));
            case 3 -> new Command.Limit(folder(in), in.readLong(), limits(in));
            case 4 -> new Command.Measure(folder(in), in.readLong());
            case 5 -> new Command.MeasureAll();
            case 6 -> new Command.Seal(folder(in));
            case 7 -> new Command.Release(folder(in));
            case 8 -> new Command.Remove(folder(in));
            case 9 -> new Command.Sweep(folder(in), Instant.ofEpochMilli(in.readLong()));
            case 10 ->
                    new Command.Mount(
                            folder(in),
                            new Keeper.ContainerProcess(in.readUTF(), in.readLong()),
                            in.readUTF(),
                            in.readBoolean());
            case 11 -> new Command.Grow(in.readLong());
            case 12 -> new Command.Snapshot(folder(in), second(in), in.readLong());
            case 13 -> new Command.Snapshots(folder(in));
            case 14 -> new Command.DropSnapshot(folder(in), second(in));
            case 15 -> new Command.SnapshotBytes();
            default -> throw new RefusedException("there is no command " + number);
        };
    }

    /** Names a directory, which a negative number or one of the year 5000 shall not. */
    private static Instant second(DataInputStream in) throws IOException {
        long second = in.readLong();
        if (second < 0 || second > 99_999_999_999L) {
            throw new RefusedException(second + " is no time");
        }
        return Instant.ofEpochSecond(second);
    }

    private static void write(DataOutputStream out, int number, Folder folder) throws IOException {
        out.writeByte(number);
        write(out, folder);
    }

    private static void write(DataOutputStream out, Folder folder) throws IOException {
        out.writeLong(folder.number());
        out.writeLong(folder.key().community().value());
        out.writeUTF(folder.key().kind().name());
        out.writeLong(folder.key().owner());
    }

    private static Folder folder(DataInputStream in) throws IOException {
        long number = in.readLong();
        var community = new CommunityId(in.readLong());
        var kind = FolderKind.valueOf(in.readUTF());
        return new Folder(number, new FolderKey(community, kind, in.readLong()));
    }

    private static void write(DataOutputStream out, Limits limits) throws IOException {
        out.writeLong(limits.bytes());
        out.writeLong(limits.inodes());
    }

    private static Limits limits(DataInputStream in) throws IOException {
        return new Limits(in.readLong(), in.readLong());
    }
}
