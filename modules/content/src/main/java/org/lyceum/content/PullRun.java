package org.lyceum.content;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.docker.ContainerSpec;
import org.lyceum.platform.docker.ContainerSpec.Bind;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Vault;
import org.lyceum.storage.MountService;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches a repository and puts its files into a home. Blocking, interruptible. */
final class PullRun {

    /** A class that starts together asks the repository's host once. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    /** Starts do not each wait for a host that does not answer; who asks for it may try again. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(2);

    /** Old packs and a new one; more, and it begins anew. */
    private static final int MOST_FETCHES = 4;

    private static final int MAX_WORDS = 300;

    private static final int LAST_LINES = 5;

    private static final Pattern DONE =
            Pattern.compile("DONE changed=(\\d+) renamed=(\\d+) removed=(\\d+) kept=(\\d+)");

    private final PullContainers containers;
    private final Mirrors mirrors;
    private final ContentRepository sources;
    private final ContentConfig config;
    private final Vault vault;
    private final Path settings;
    private final Clock clock;

    /**
     * @param settings the operator's: certificates and the way to the world
     */
    PullRun(
            PullContainers containers,
            Mirrors mirrors,
            ContentRepository sources,
            ContentConfig config,
            Vault vault,
            Path settings,
            Clock clock) {
        this.containers = containers;
        this.mirrors = mirrors;
        this.sources = sources;
        this.config = config;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param source with the key that the repository is read with; null for a public one
     * @param home on this machine
     * @return what has come, in a sentence
     * @throws Problem that tells its person what is in the way
     */
    String run(Pull pull, CommunityId community, @Nullable ContentSource source, Path home)
            throws InterruptedException, IOException {
        var link = pull.link();
        var whose =
                source != null && source.sealedSecret() != null
                        ? "source " + source.id()
                        : "open " + community;
        if (link.address().ssh() && whose.startsWith("open")) {
            throw Problem.invalid(
                    "content.needs-key",
                    "This repository is read with a key; ask a manager of your community to attach"
                            + " it with one.");
        }
        var mirror =
                mirrors.of(
                        String.join(
                                " ",
                                whose,
                                link.address().url(),
                                link.branch(),
                                Integer.toString(link.depth())));
        pull.is(Pull.Phase.FETCHING);
        mirror.lock().writeLock().lockInterruptibly();
        try {
            var afterFailure = pull.ofStart() ? AFTER_FAILURE : Duration.ZERO;
            if (!mirror.state().stands(clock.instant(), FRESH, afterFailure)) {
                fetch(mirror, link, community, source);
            }
            var failure = mirror.state().failure();
            if (failure != null) {
                throw failure;
            }
            mirror.lock().readLock().lock(); // before anybody else fetches
        } finally {
            mirror.lock().writeLock().unlock();
        }
        try {
            pull.is(Pull.Phase.MERGING);
            return merge(mirror, link, home);
        } finally {
            mirror.lock().readLock().unlock();
        }
    }

    private void fetch(
            Mirrors.Mirror mirror,
            PullLink link,
            CommunityId community,
            @Nullable ContentSource source)
            throws InterruptedException, IOException {
        mirrors.prepare(mirror, MOST_FETCHES * config.largest().value());
        try {
            if (source != null && source.sealedSecret() != null) {
                var purpose = ContentSource.purpose(source.community(), source.address());
                mirrors.putSecrets(
                        mirror, vault.open(purpose, source.sealedSecret()), source.hostKeys());
            }
            var ended =
                    containers.run(
                            Script.FETCH,
                            Map.of(
                                    "REPOSITORY", link.address().url(),
                                    "REFERENCE", link.branch(),
                                    "DEPTH", depth(link.depth()),
                                    "MAX_BYTES", Long.toString(config.largest().value())),
                            containers.network(community),
                            List.of(
                                    new Bind(settings, "/mnt", true),
                                    new Bind(mirror.secrets(), "/media/secrets", true),
                                    new Bind(mirror.out(), "/media/out", false)));
            mirror.state().note(clock.instant(), ended.good() ? null : notFetched(ended.lines()));
            if (ended.good() && source != null && source.hostKeys() == null) {
                var keys = mirror.hostKeys();
                if (!keys.isBlank()) {
                    sources.putHostKeys(source, keys);
                }
            }
        } catch (Problem problem) {
            mirror.state().note(clock.instant(), problem);
        } finally {
            mirrors.deleteSecrets(mirror);
        }
        mirrors.used(mirror, clock.instant());
    }

    /** Git's word for all there is. */
    private static String depth(int commits) {
        return commits == 0 ? "2147483647" : Integer.toString(commits);
    }

    private static Problem notFetched(List<String> lines) {
        var words = lastWords(lines);
        return Problem.of(
                Problem.Kind.UNAVAILABLE,
                "content.not-fetched",
                "The repository could not be read"
                        + (words.isEmpty() ? "." : ": “" + words + "”.")
                        + " Check its address and branch, and that it may be read; then try"
                        + " again.");
    }

    private String merge(Mirrors.Mirror mirror, PullLink link, Path home)
            throws InterruptedException {
        var binds = new ArrayList<Bind>();
        binds.add(new Bind(home, MountService.HOME, false));
        binds.add(new Bind(mirror.out(), "/media/out", true));
        binds.add(new Bind(mirrors.script(), "/media/pull.py", true));
        var ended =
                containers.run(
                        "exec python3 -I /media/pull.py",
                        Map.of(
                                "SOURCE", "/media/out/repository",
                                "FOLDER", MountService.HOME + "/" + link.folder(),
                                "BRANCH", link.branch(),
                                "REPOSITORY", link.address().url(),
                                "DEPTH", Integer.toString(link.depth())),
                        ContainerSpec.NO_NETWORK,
                        binds);
        var done = DONE.matcher(last(ended.lines(), "DONE"));
        if (ended.good() && done.find()) {
            return words(done);
        }
        var words = last(ended.lines(), "FAILED").replaceFirst("^FAILED ", "");
        throw Problem.of(
                Problem.Kind.UNAVAILABLE,
                "content.not-merged",
                "The files could not be put into the folder "
                        + link.folder()
                        + (words.isEmpty() ? "" : ": “" + words + "”")
                        + ". Look whether your home is full, or move the folder away; then try"
                        + " again. Nothing of yours is lost.");
    }

    private static String words(Matcher done) {
        var words = new ArrayList<String>();
        words.add(count(done.group(1), "came or changed"));
        add(words, done.group(2), "of yours in their way got another name");
        add(words, done.group(3), "deleted there are gone");
        add(words, done.group(4), "have changes of yours, which stay");
        return String.join("; ", words) + ".";
    }

    private static void add(List<String> words, String count, String what) {
        if (!count.equals("0")) {
            words.add(count(count, what));
        }
    }

    private static String count(String count, String what) {
        return (count.equals("0") ? "No file" : "Files: " + count) + " " + what;
    }

    /** Git says why in the lines before the last ones. */
    private static String lastWords(List<String> lines) {
        var words =
                String.join(
                                " ",
                                lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
                        .replaceAll("\\p{Cntrl}", " ")
                        .replaceAll(" +", " ")
                        .strip();
        return words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) : words;
    }

    /** The last line that begins so; what was written in a container may be anything. */
    private static String last(List<String> lines, String beginning) {
        for (int n = lines.size() - 1; n >= 0; n--) {
            var line = lines.get(n).replaceAll("\\p{Cntrl}", " ").strip();
            if (!line.isEmpty() && line.startsWith(beginning)) {
                return line.length() > MAX_WORDS ? line.substring(0, MAX_WORDS) : line;
            }
        }
        return "";
    }
}
