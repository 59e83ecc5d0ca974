package org.lyceum.builds;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What builds write, a file for each, and who reads along. Any number of threads. */
public final class BuildLogs {

    /** A build that says more is cut off there; the last line says so. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    /** Read at once by somebody who comes late. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final BuildPlaces places;
    private final Map<Long, Live> live = new ConcurrentHashMap<>();

    BuildLogs(BuildPlaces places) {
        this.places = places;
    }

    /** The log of a build that begins; to be closed when it ends. */
    Live open(long build) {
        var opened = new Live(build);
        live.put(build, opened);
        return opened;
    }

    /** A log that is being written. */
    final class Live implements AutoCloseable {

        private final long build;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition more = lock.newCondition();
        private long written;

        Live(long build) {
            this.build = build;
        }

        void line(String line) {
            var clean = line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\\p{Cntrl}", "") + "\n";
            var bytes = clean.getBytes(StandardCharsets.UTF_8);
            lock.lock();
            try {
                if (written > MAX_BYTES) {
                    return;
                }
                written += bytes.length;
                append(written > MAX_BYTES ? bytes("… more than this is not kept.\n") : bytes);
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void append(byte[] bytes) {
            try {
                Files.write(
                        places.log(build),
                        bytes,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("write a build's log", e);
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** Until there is more, the log is closed, or {@code patience} is over. */
        void await(Duration patience) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long before = written;
                long left = patience.toNanos();
                while (written == before && live.containsKey(build) && left > 0) {
                    left = more.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            live.remove(build);
            lock.lock();
            try {
                more.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Reads a build's log from its beginning, and along while it is written. */
    public Reader read(long build) {
        return new Reader(build);
    }

    /** One who reads. One thread. */
    public final class Reader {

        private static final Duration LOOK = Duration.ofMillis(500);

        private final long build;
        private long at;

        Reader(long build) {
            this.build = build;
        }

        /**
         * What has been written since, whole lines; "" when nothing was within {@code patience},
         * empty when no more will be.
         */
        public Optional<String> next(Duration patience) throws InterruptedException {
            long deadline = System.nanoTime() + patience.toNanos();
            while (true) {
                var writing =
                        live.get(build); // looked at before the file: what it ends with is read
                var piece = piece();
                if (!piece.isEmpty()) {
                    return Optional.of(piece);
                }
                if (writing == null) {
                    return Optional.empty();
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return Optional.of("");
                }
                writing.await(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
            }
        }

        private String piece() {
            var file = places.log(build);
            if (!Files.exists(file)) {
                return "";
            }
            try (var open = new RandomAccessFile(file.toFile(), "r")) {
                var bytes = new byte[PIECE_BYTES];
                open.seek(at);
                int count = open.read(bytes);
                int whole = count;
                while (whole > 0 && bytes[whole - 1] != '\n') {
                    whole--;
                }
                if (whole <= 0) {
                    return "";
                }
                at += whole;
                return new String(bytes, 0, whole, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("read a build's log", e);
            }
        }
    }
}
