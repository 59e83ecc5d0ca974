package org.lyceum.catalog;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What a profile must be like before it is kept. Pure. */
final class ProfileRules {

    /** As part of a form's field {@code profile-option-NAME--OPTION}, so without a double dash. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](-?[A-Za-z0-9._])*");

    private static final int MAX_NAME = 63;
    private static final int MAX_TITLE = 200;
    private static final int MAX_DESCRIPTION = 2_000;

    /** More questions than that are a form, not a choice. */
    private static final int MAX_OPTIONS = 10;

    /** A menu one can still read. */
    private static final int MAX_CHOICES = 50;

    /** Less, and no server of Jupyter's starts. */
    private static final Bytes MIN_MEMORY = Bytes.mib(64);

    /** Far above any machine; keeps sums within 63 bits. */
    private static final Bytes MAX_MEMORY = Bytes.gib(64 * 1024);

    private static final int MIN_MILLI_CPUS = 10;
    private static final int MAX_MILLI_CPUS = 1_000_000;
    private static final int MIN_PIDS = 16;
    private static final int MAX_PIDS = 32_768;

    private ProfileRules() {}

    /**
     * @param environments numbers of those there are
     * @param devices of this machine
     * @throws Problem INVALID {@code profile.invalid}, {@code profile.environment-unknown}, {@code
     *     profile.device-unknown}, {@code profile.device-too-many}
     */
    static void require(Profile.Draft draft, Set<Long> environments, DeviceKinds devices) {
        requireName("A profile's name", draft.name());
        requireText("A profile's title", draft.title(), 1, MAX_TITLE);
        requireText("A description", draft.description(), 0, MAX_DESCRIPTION);
        requireSize(draft.size());
        requireEnvironment(draft.environmentId(), environments);
        requireCount("options", draft.options().size(), MAX_OPTIONS);
        requireDifferent("options", draft.options().stream().map(ProfileOption::name).toList());
        for (var option : draft.options()) {
            requireOption(option, draft.size(), environments);
        }
        requireDevices(draft, devices);
    }

    private static void requireDevices(Profile.Draft draft, DeviceKinds devices) {
        var wish = draft.size().device();
        if (wish != null) {
            devices.requireOffered(wish);
            if (wish.count() < 1) {
                throw invalid("A profile asks for at least 1 device, or names none.");
            }
        }
        draft.options().stream()
                .flatMap(option -> option.choices().stream())
                .map(choice -> choice.change().device())
                .filter(Objects::nonNull)
                .filter(each -> each.count() != 0)
                .forEach(devices::requireOffered);
    }

    private static void requireOption(ProfileOption option, Size size, Set<Long> environments) {
        requireName("An option's name", option.name());
        requireText("An option's title", option.title(), 1, MAX_TITLE);
        var choices = option.choices();
        requireCount("choices", choices.size(), MAX_CHOICES);
        requireDifferent("choices", choices.stream().map(Choice::name).toList());
        if (choices.isEmpty() && option.freeImage() == null) {
            throw invalid("The option “" + option.title() + "” has nothing to choose from.");
        }
        if (choices.stream().filter(Choice::initial).count() > 1) {
            throw invalid("Only one choice of “" + option.title() + "” can be picked at first.");
        }
        for (var choice : choices) {
            requireName("A choice's name", choice.name());
            requireText("A choice's title", choice.title(), 1, MAX_TITLE);
            requireSize(size.with(choice.change()));
            var environment = choice.change().environmentId();
            if (environment != null) {
                requireEnvironment(environment, environments);
            }
        }
        var free = option.freeImage();
        if (free != null) {
            requireText("The title of a field", free.title(), 1, MAX_TITLE);
            requireText("The advice of a field", free.advice(), 0, MAX_TITLE);
            ImagePattern.of(free.pattern());
        }
    }

    private static void requireSize(Size size) {
        if (size.memory().compareTo(MIN_MEMORY) < 0 || size.memory().compareTo(MAX_MEMORY) > 0) {
            throw invalid("A server's memory is " + MIN_MEMORY + " to " + MAX_MEMORY + ".");
        }
        if (size.promised().compareTo(MIN_MEMORY) < 0
                || size.promised().compareTo(size.memory()) > 0) {
            throw invalid("What is promised is " + MIN_MEMORY + " to all of the server's memory.");
        }
        if (size.milliCpus() < MIN_MILLI_CPUS || size.milliCpus() > MAX_MILLI_CPUS) {
            throw invalid("A server has 0.01 to 1000 cores.");
        }
        if (size.pids() < MIN_PIDS || size.pids() > MAX_PIDS) {
            throw invalid("A server has " + MIN_PIDS + " to " + MAX_PIDS + " processes.");
        }
    }

    private static void requireEnvironment(long id, Set<Long> environments) {
        if (!environments.contains(id)) {
            throw Problem.invalid(
                    "profile.environment-unknown",
                    "There is no such environment in this community; choose one of its own.");
        }
    }

    static void requireName(String what, String name) {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw invalid(
                    what
                            + " has 1 to "
                            + MAX_NAME
                            + " letters, digits, dots, underscores and single dashes, and begins"
                            + " with a letter or digit.");
        }
    }

    static void requireText(String what, String text, int min, int max) {
        if (text.length() > max || text.strip().length() < min) {
            throw invalid(what + " has " + min + " to " + max + " characters.");
        }
    }

    private static void requireCount(String what, int count, int max) {
        if (count > max) {
            throw invalid("There are at most " + max + " " + what + ".");
        }
    }

    private static void requireDifferent(String what, List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            throw invalid("Two " + what + " have the same name; names must differ.");
        }
    }

    static Problem invalid(String sentence) {
        return Problem.invalid("profile.invalid", sentence);
    }

    /** Whether the profile, or one of its choices, is of the environment. */
    static boolean uses(Profile.Draft profile, long environment) {
        return profile.environmentId() == environment
                || profile.options().stream()
                        .flatMap(option -> option.choices().stream())
                        .anyMatch(
                                choice ->
                                        Long.valueOf(environment)
                                                .equals(choice.change().environmentId()));
    }

    /** The most that any combination of choices is promised, and may use. */
    static Size largest(Profile.Draft profile) {
        var sizes =
                profile.options().stream()
                        .flatMap(option -> option.choices().stream())
                        .map(choice -> profile.size().with(choice.change()))
                        .toList();
        var largest = profile.size();
        for (var size : sizes) {
            largest =
                    new Size(
                            max(largest.memory(), size.memory()),
                            max(largest.promised(), size.promised()),
                            Math.max(largest.milliCpus(), size.milliCpus()),
                            largest.pids(),
                            largest.device());
        }
        return largest;
    }

    /** Whether any choice leads to a size that is promised less than it may use. */
    static boolean overcommits(Profile.Draft profile) {
        return profile.size().overcommitted()
                || profile.options().stream()
                        .flatMap(option -> option.choices().stream())
                        .anyMatch(choice -> profile.size().with(choice.change()).overcommitted());
    }

    private static Bytes max(Bytes one, Bytes other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
