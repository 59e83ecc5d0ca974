package org.lyceum.main;

import org.lyceum.platform.config.ConfigException;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.observe.ProcessUptime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Where the process begins. Failures become one clear sentence and an exit code. */
public final class Main {

    private static final Logger log = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] words) {
        var exit =
                switch (Arguments.parse(List.of(words), Main::version)) {
                    case Arguments.Run(var config) -> attempt(() -> run(config));
                    case Arguments.Storage storage -> attempt(() -> storage(storage));
                    case Arguments.Keeper(var config) -> attempt(() -> keeper(config));
                    case Arguments.Train train -> attempt(Training::run);
                    case Arguments.Print(var text) -> say(text, ExitCode.OK);
                    case Arguments.Unknown(var message) -> complain(message, ExitCode.USAGE);
                };
        System.exit(exit.number());
    }

    /** Runs until the process is told to end (SIGTERM, SIGINT). */
    private static void run(Path configuration) {
        WakeUp.libraries();
        var config = PlatformConfig.load(configuration, System.getenv());
        var told = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endOn(told, ended), "shutdown"));
        config.effective().forEach(line -> log.info("config.in-force {}", line));
        try (var hub = Hub.open(config, Adapters.real(config))) {
            hub.start();
            log.info(
                    "platform.ready origin={} tookMillis={}",
                    hub.origin(),
                    ProcessUptime.at(Clock.systemUTC()).toMillis());
            told.await();
            log.info("platform.ending: servers of people run on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** The JVM ends when its hooks have returned, so this one waits for the hub to close. */
    private static void endOn(CountDownLatch told, CountDownLatch ended) {
        told.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void keeper(Path configuration) {
        KeeperCommand.run(PlatformConfig.load(configuration, System.getenv()).storage());
    }

    private static void storage(Arguments.Storage asked) {
        var config = PlatformConfig.load(asked.config(), System.getenv());
        StorageCommand.run(asked, config.storage());
    }

    private static ExitCode attempt(Runnable work) {
        try {
            work.run();
            return ExitCode.OK;
        } catch (ConfigException e) {
            return complain(String.valueOf(e.getMessage()), ExitCode.CONFIG);
        } catch (Problem problem) {
            log.debug("platform.not-started", problem);
            return complain(
                    problem.detail() + " (" + problem.code() + ")",
                    problem.code().equals("db.newer") ? ExitCode.CONFIG : ExitCode.TRY_LATER);
        } catch (RuntimeException bug) {
            log.error("platform.broken: please report this with the stack below", bug);
            return ExitCode.SOFTWARE;
        }
    }

    private static ExitCode say(String text, ExitCode exit) {
        System.out.print(text);
        return exit;
    }

    private static ExitCode complain(String sentence, ExitCode exit) {
        System.err.println("lyceum: " + sentence);
        return exit;
    }

    /** The version this program was built as. */
    static String version() {
        try (var in = Main.class.getResourceAsStream("version.txt")) {
            if (in == null) {
                throw new IllegalStateException("version.txt is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("reading our own version", e);
        }
    }
}
