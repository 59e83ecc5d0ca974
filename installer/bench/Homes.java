import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Limits;
import org.lyceum.storage.StorageConfig;
import org.lyceum.storage.keeper.LocalKeeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes many homes in a pool of its own and times what the platform does with all of them, beside
 * the plain tools: reading what everybody holds, and setting a limit. Needs root, a kernel with
 * btrfs and btrfs-progs. Run from source, with the program on the class path:
 *
 * <pre>java -cp lyceum.jar Homes.java DIRECTORY COUNT</pre>
 */
class Homes {

    private static final int ROUNDS = 9;

    /** So many limits are set one after the other; a process for each takes its time. */
    private static final int LIMITS = 200;

    private static final CommunityId ONE = new CommunityId(1);

    private final LocalKeeper keeper;
    private final Path homes;
    private final int count;
    private final List<Long> marks = new ArrayList<>();

    private Homes(LocalKeeper keeper, Path homes, int count) {
        this.keeper = keeper;
        this.homes = homes;
        this.count = count;
    }

    public static void main(String[] args) throws Exception {
        var directory = Files.createDirectories(Path.of(args[0])).toRealPath();
        var keeper =
                new LocalKeeper(
                        StorageConfig.of(
                                directory, StorageConfig.Kind.BTRFS, Bytes.gib(3), new Bytes(1)));
        keeper.setUp();
        try {
            var root = directory.resolve("root");
            var homes = root.resolve("communities/1/homes");
            new Homes(keeper, homes, Integer.parseInt(args[1])).measure(root);
        } finally {
            keeper.unmount();
        }
    }

    private void measure(Path root) throws Exception {
        long began = System.nanoTime();
        make();
        say(
                "%,d homes made, each with a limit and 20 files: %.2f ms each",
                count, millis(System.nanoTime() - began) / count);
        run("sync", "--file-system", root.toString());

        double ours = median(this::read);
        double tool = median(() -> run("btrfs", "qgroup", "show", "--raw", "-r", root.toString()));
        double du = median(3, () -> run("du", "--summarize", "--block-size=1", homes.toString()));
        say(
                "what all hold: %.1f ms; btrfs qgroup show %.1f ms (%.1f times); du %.0f ms (%.0f"
                        + " times)",
                ours, tool, tool / ours, du, du / ours);

        double set = median(3, this::limit) / LIMITS;
        double plain = median(3, this::limitPlain) / LIMITS;
        say(
                "a limit set: %.3f ms; btrfs qgroup limit %.3f ms (%.1f times)",
                set, plain, plain / set);
    }

    private static Folder folder(int number) {
        return new Folder(number, FolderKey.home(ONE, new UserId(number)));
    }

    private void make() throws IOException {
        for (int i = 1; i <= count; i++) {
            var made = keeper.make(folder(i), new Limits(10L << 30, 0));
            marks.add(made.mark());
            for (int file = 0; file < 20; file++) {
                Files.writeString(made.place().resolve("file-" + file), "x".repeat(100));
            }
        }
    }

    private void read() throws IOException {
        var usages = keeper.usages();
        if (!usages.keySet().containsAll(marks)) {
            throw new IllegalStateException("not all homes were read");
        }
    }

    private void limit() throws IOException {
        for (int i = 1; i <= LIMITS; i++) {
            keeper.limit(folder(i), marks.get(i - 1), new Limits((11L << 30) + i, 0));
        }
    }

    private void limitPlain() throws Exception {
        for (int i = 1; i <= LIMITS; i++) {
            run("btrfs", "qgroup", "limit", "12G", homes.resolve(Integer.toString(i)).toString());
        }
    }

    private static void run(String... command) throws Exception {
        var process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static double median(Work work) throws Exception {
        return median(ROUNDS, work);
    }

    private static double median(int rounds, Work work) throws Exception {
        work.run(); // what is read for the first time is not what is compared
        var times = new ArrayList<Double>();
        for (int i = 0; i < rounds; i++) {
            long began = System.nanoTime();
            work.run();
            times.add(millis(System.nanoTime() - began));
        }
        Collections.sort(times);
        return times.get(rounds / 2);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static void say(String words, Object... values) {
        System.out.println("lyceum: bench: " + words.formatted(values));
    }
}
