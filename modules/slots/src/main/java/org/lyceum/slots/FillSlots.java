package org.lyceum.slots;

import org.lyceum.platform.app.Threads;
import org.lyceum.platform.docker.Container;
import org.lyceum.platform.docker.ContainerEngine;
import org.lyceum.platform.jobs.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Makes rows, containers and directories of slots agree, and fills or ends slots until there are as
 * many as wanted. What a crash left half-way is found here.
 */
final class FillSlots implements Job, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FillSlots.class);

    /** A launcher tries to call five times a second. */
    private static final Duration ADOPT_PATIENCE = Duration.ofSeconds(5);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Map<Thread, SlotKind> working = new ConcurrentHashMap<>();
    private final Set<String> strangers = new TreeSet<>();
    private final Rush rush = new Rush();
    private final int parallel;
    private final SlotRepository slots;
    private final LessonRepository lessons;
    private final Wants wants;
    private final SlotFiller filler;
    private final SlotTools tools;
    private final ContainerEngine engine;
    private final BooleanSupplier room;
    private final Clock clock;
    private volatile boolean closing;

    /**
     * @param parallel fills at once; more would only be slower
     * @param room whether the disk has any for what nobody has asked for yet
     */
    FillSlots(
            int parallel,
            SlotRepository slots,
            LessonRepository lessons,
            Wants wants,
            SlotFiller filler,
            SlotTools tools,
            ContainerEngine engine,
            BooleanSupplier room,
            Clock clock) {
        this.parallel = parallel;
        this.slots = slots;
        this.lessons = lessons;
        this.wants = wants;
        this.filler = filler;
        this.tools = tools;
        this.engine = engine;
        this.room = room;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "slots.fill";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    /**
     * One sweep. Directories and containers are listed before rows: a row is there before either,
     * so what has no row really has none.
     */
    @Override
    public Report run() {
        oneAtATime.lock();
        try {
            var count = new Counter();
            var directories = tools.files().present();
            var containers = engine.list(tools.labels().ofPlatform());
            var rows = slots.all();
            for (var row : rows) {
                count.attempt("slot " + row.id(), () -> repair(row, containers));
            }
            for (var container : containers) {
                count.attempt(container.name(), () -> removeOrphan(container, rows));
            }
            for (long id : directories) {
                count.attempt("files of slot " + id, () -> removeFiles(id, rows));
            }
            step();
            return count.report();
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean repair(Slot row, List<Container> containers) {
        return switch (row.state()) {
            case FILLING -> !filler.owns(row.id()) && tools.ends().end(row, Slot.State.FILLING);
            case READY -> repairReady(row, containers);
            case CLAIMED -> false; // whoever has taken it looks after it
            case ENDING -> {
                tools.ends().finish(row);
                yield true;
            }
        };
    }

    private boolean repairReady(Slot row, List<Container> containers) {
        var name = tools.labels().containerName(row);
        boolean alive = containers.stream().anyMatch(c -> c.name().equals(name) && c.alive());
        if (alive && tools.channels().waits(row.id())) {
            return false;
        }
        // A start may have taken it since the rows were read, and its launcher with it.
        boolean still = slots.find(row.id()).filter(r -> r.state() == Slot.State.READY).isPresent();
        if (!still) {
            return false;
        }
        if (alive && !tools.channels().has(row.id()) && adopted(row)) {
            return true;
        }
        log.info("slot.lost slot={} alive={}", row.id(), alive);
        return tools.ends().end(row, Slot.State.READY);
    }

    private boolean adopted(Slot row) {
        try {
            filler.adopt(row, ADOPT_PATIENCE);
            return true;
        } catch (IOException e) {
            log.info("slot.not-adopted slot={} why={}", row.id(), e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean removeOrphan(Container container, List<Slot> rows) {
        var labels = tools.labels();
        if (!labels.isSlot(container)) {
            return false;
        }
        if (!labels.genuine(container)) {
            if (strangers.add(container.id())) {
                log.warn("container.not-adopted name={} reason=signature", container.name());
            }
            return false;
        }
        if (rows.stream().anyMatch(row -> row.id() == labels.slotOf(container))) {
            return false;
        }
        log.info("slot.orphan-removed name={}", container.name());
        return engine.remove(container.id());
    }

    private boolean removeFiles(long id, List<Slot> rows) {
        if (rows.stream().anyMatch(row -> row.id() == id)) {
            return false;
        }
        tools.files().delete(id);
        return true;
    }

    /** Somebody starts: what is missing is made when they are served. */
    void hold() {
        rush.started(clock.instant());
    }

    /** Begins what is missing and ends what is too much; returns at once. */
    void step() {
        oneAtATime.lock();
        try {
            if (!closing) {
                balance();
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private void balance() {
        var now = clock.instant();
        var rows = slots.all();
        var shares = wants.shares(rows, now);
        var idle = new HashMap<SlotKind, Integer>();
        for (var row : rows) {
            if (row.state() == Slot.State.READY) {
                idle.merge(row.kind(), 1, Integer::sum);
            }
        }
        endSurplus(rows, shares, idle);
        if (rush.on(now) || !room.getAsBoolean()) {
            return;
        }
        for (var kind : working.values()) {
            idle.merge(kind, 1, Integer::sum);
        }
        shares.forEach(
                (kind, share) -> {
                    int missing = share.count() - idle.getOrDefault(kind, 0);
                    var lesson = lessons.of(kind);
                    // One run is enough to learn from, and two would learn the same.
                    int begin = lesson.learned() ? missing : Math.min(missing, 1);
                    boolean learning = !lesson.learned() && working.containsValue(kind);
                    for (int i = 0; i < begin && !learning && lesson.mayTry(now); i++) {
                        if (working.size() < parallel) {
                            begin(new SlotWish(kind, share.limits()), lesson);
                        }
                    }
                });
    }

    /** The oldest goes: it has waited longest with modules that may have been replaced since. */
    private void endSurplus(
            List<Slot> rows, Map<SlotKind, SlotPlan.Share> shares, Map<SlotKind, Integer> idle) {
        var ready =
                rows.stream()
                        .filter(row -> row.state() == Slot.State.READY)
                        .sorted(Comparator.comparingLong(Slot::id))
                        .toList();
        for (var row : ready) {
            var share = shares.get(row.kind());
            int wanted = share == null ? 0 : share.count();
            if (idle.getOrDefault(row.kind(), 0) > wanted) {
                idle.merge(row.kind(), -1, Integer::sum);
                log.info("slot.surplus slot={}", row.id());
                Threads.start(
                        "slot-end-" + row.id(), () -> tools.ends().end(row, Slot.State.READY));
            }
        }
    }

    private void begin(SlotWish wish, Lesson lesson) {
        var started = new CountDownLatch(1);
        var thread =
                Threads.start(
                        "slot-fill",
                        () -> {
                            try {
                                started.await();
                                make(wish, lesson);
                            } catch (InterruptedException closed) {
                                Thread.currentThread().interrupt();
                            } finally {
                                working.remove(Thread.currentThread());
                                step();
                            }
                        });
        working.put(thread, wish.kind());
        started.countDown();
    }

    private void make(SlotWish wish, Lesson lesson) throws InterruptedException {
        try {
            if (lesson.learned()) {
                filler.fill(wish, lesson.modules());
            } else {
                filler.learn(wish);
            }
        } catch (IOException | RuntimeException e) {
            if (closing) {
                return;
            }
            var why = String.valueOf(e.getMessage());
            lessons.change(wish.kind(), clock.instant(), l -> l.failed(why, clock.instant()));
            log.warn("slot.failed image={} why={}", wish.kind().imageId(), why);
            log.debug("slot.failed", e);
        }
    }

    /** How many are being made now, of each kind. */
    Map<SlotKind, Integer> making() {
        var making = new HashMap<SlotKind, Integer>();
        working.values().forEach(kind -> making.merge(kind, 1, Integer::sum));
        return making;
    }

    /** What is being filled is given up; what waits goes on waiting. */
    @Override
    public void close() {
        closing = true;
        working.keySet().forEach(Thread::interrupt);
        try {
            for (var thread : working.keySet()) {
                thread.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tools.channels().close();
    }

    /** Keeps one bad thing from stopping the sweep. */
    private static final class Counter {

        private int looked;
        private int changed;
        private int failed;

        private interface Step {
            boolean changed();
        }

        void attempt(String what, Step step) {
            looked++;
            try {
                if (step.changed()) {
                    changed++;
                }
            } catch (RuntimeException e) {
                failed++;
                log.warn("slots.repair-failed thing={}", what, e);
            }
        }

        Report report() {
            return new Report(looked, changed, failed);
        }
    }
}
