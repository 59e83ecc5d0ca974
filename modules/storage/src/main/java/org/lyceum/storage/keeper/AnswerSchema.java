package org.lyceum.storage.keeper;

import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.PoolReport;
import org.lyceum.storage.Usage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers as bytes. The platform believes no more of them than it can read whole. */
final class AnswerSchema {

    /** A thousand folders have 40 KB; what was tried for a pool, a page of text. */
    static final int MOST = 128 * 1024;

    /** What a failure says for a log; more of it would not fit. */
    private static final int WORDS = 4_000;

    /** Kinds of pools there are, and a few. */
    private static final int TRIED = 32;

    private AnswerSchema() {}

    static byte[] bytes(Answer answer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        write(new DataOutputStream(bytes), answer);
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Done() -> out.writeByte(1);
            case Answer.Pool(var report) -> {
                out.writeByte(2);
                write(out, report);
            }
            case Answer.Made(var mark, var place) -> {
                out.writeByte(3);
                out.writeLong(mark);
                out.writeUTF(place);
            }
            case Answer.Held(var usage) -> {
                out.writeByte(4);
                write(out, usage);
            }
            case Answer.HeldByAll(var usages) -> {
                out.writeByte(5);
                out.writeInt(usages.size());
                for (var each : usages.entrySet()) {
                    out.writeLong(each.getKey());
                    write(out, each.getValue());
                }
            }
            case Answer.Swept(var count) -> {
                out.writeByte(6);
                out.writeInt(count);
            }
            case Answer.Snapshots(var place, var times) -> {
                out.writeByte(8);
                out.writeUTF(place);
                out.writeInt(times.size());
                for (var time : times) {
                    out.writeLong(time.getEpochSecond());
                }
            }
            case Answer.Taken(var how) -> {
                out.writeByte(9);
                out.writeUTF(how.name());
            }
            case Answer.SnapshotBytes(var held) -> {
                out.writeByte(10);
                out.writeLong(held);
            }
            case Answer.Sealed(var place) -> {
                out.writeByte(11);
                out.writeUTF(place);
            }
            case Answer.Failed(var reason, var words) -> {
                out.writeByte(7);
                out.writeUTF(reason.name());
                out.writeUTF(words.substring(0, Math.min(words.length(), WORDS)));
            }
        }
    }

    static Answer answer(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            var answer = read(in);
            if (in.available() > 0) {
                throw new IOException("more than an answer");
            }
            return answer;
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("the keeper's answer cannot be read", e);
        }
    }

    private static Answer read(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case 1 -> new Answer.Done();
            case 2 -> new Answer.Pool(report(in));
            case 3 -> new Answer.Made(in.readLong(), in.readUTF());
            case 4 -> new Answer.Held(usage(in));
            case 5 -> new Answer.HeldByAll(usages(in));
            case 6 -> new Answer.Swept(in.readInt());
            case 7 -> new Answer.Failed(Answer.Reason.valueOf(in.readUTF()), in.readUTF());
            case 8 -> new Answer.Snapshots(in.readUTF(), times(in));
            case 9 -> new Answer.Taken(Keeper.Taken.valueOf(in.readUTF()));
            case 10 -> new Answer.SnapshotBytes(in.readLong());
            case 11 -> new Answer.Sealed(in.readUTF());
            default -> throw new IOException("no such answer");
        };
    }

    private static void write(DataOutputStream out, Usage usage) throws IOException {
        out.writeLong(usage.bytes());
        out.writeLong(usage.inodes());
        out.writeLong(usage.limits().bytes());
        out.writeLong(usage.limits().inodes());
    }

    private static Usage usage(DataInputStream in) throws IOException {
        return new Usage(in.readLong(), in.readLong(), new Limits(in.readLong(), in.readLong()));
    }

    private static Map<Long, Usage> usages(DataInputStream in) throws IOException {
        int count = count(in, Answer.HeldByAll.MOST);
        var usages = new LinkedHashMap<Long, Usage>();
        for (int i = 0; i < count; i++) {
            usages.put(in.readLong(), usage(in));
        }
        return usages;
    }

    private static List<Instant> times(DataInputStream in) throws IOException {
        int count = count(in, Answer.Snapshots.MOST);
        var times = new ArrayList<Instant>();
        for (int i = 0; i < count; i++) {
            times.add(Instant.ofEpochSecond(in.readLong()));
        }
        return times;
    }

    private static void write(DataOutputStream out, PoolReport report) throws IOException {
        out.writeUTF(report.kind().name());
        out.writeUTF(report.place());
        out.writeBoolean(report.image());
        out.writeLong(report.totalBytes());
        out.writeLong(report.availableBytes());
        out.writeInt(report.tried().size());
        for (var tried : report.tried()) {
            out.writeUTF(tried.what());
            out.writeBoolean(tried.worked());
            out.writeUTF(tried.words());
        }
    }

    private static PoolReport report(DataInputStream in) throws IOException {
        var kind = PoolKind.valueOf(in.readUTF());
        var place = in.readUTF();
        boolean image = in.readBoolean();
        long total = in.readLong();
        long available = in.readLong();
        int count = count(in, TRIED);
        var tried = new ArrayList<PoolReport.Tried>();
        for (int i = 0; i < count; i++) {
            tried.add(new PoolReport.Tried(in.readUTF(), in.readBoolean(), in.readUTF()));
        }
        return new PoolReport(kind, place, image, total, available, tried);
    }

    private static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException(count + " are too many");
        }
        return count;
    }
}
