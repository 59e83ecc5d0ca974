package org.lyceum.admin;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.Choice;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.FreeImage;
import org.lyceum.catalog.Profile;
import org.lyceum.catalog.ProfileOption;
import org.lyceum.catalog.Size;
import org.lyceum.catalog.SizeTable;
import org.lyceum.catalog.Trial;
import org.lyceum.catalog.WebApplication;
import org.lyceum.platform.docker.ContainerRuntime;
import org.lyceum.platform.docker.Guarantee;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.kernel.Bytes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the panel's API answers about environments and profiles. */
final class CatalogJson {

    private CatalogJson() {}

    /** All that a community offers, and what is needed to change it. */
    record Catalog(
            List<EnvironmentDetail> environments,
            @Meaning(
                            "In the order people see; the first is what somebody gets who does not"
                                    + " choose.")
                    List<ProfileDetail> profiles,
            @Meaning("Names of groups that a profile can be for.") List<String> groups,
            @Meaning("Names of roles that a profile can be for.") List<String> roles,
            @Meaning("Container runtimes that a profile can name.") List<RuntimeLine> runtimes,
            MachineLine machine) {}

    /** A container runtime other than the engine's own. */
    record RuntimeLine(
            String name,
            @Meaning("Whether anybody has tried what holds under it.") boolean tried,
            @Meaning("What is promised of servers but does not hold under it.") List<String> gaps) {

        static RuntimeLine of(String name) {
            var gaps = ContainerRuntime.gaps(name);
            return new RuntimeLine(
                    name,
                    gaps.isPresent(),
                    gaps.orElse(Set.of()).stream().sorted().map(Guarantee::words).toList());
        }
    }

    record MachineLine(
            @Meaning("What all servers together may be promised.") long capacityBytes,
            int cores,
            @Meaning("Sizes that divide the machine well, smallest first.") List<SizeLine> sizes,
            @Meaning("Devices that a profile can ask for.") List<DeviceJson.Kind> devices) {}

    record SizeLine(
            long memoryBytes,
            int milliCpus,
            @Meaning("How many servers of it there can be at once.") long fits) {

        static SizeLine of(SizeTable.Row row) {
            return new SizeLine(row.size().memory().value(), row.size().milliCpus(), row.fits());
        }
    }

    record EnvironmentDetail(
            long id,
            String name,
            String title,
            @Meaning("As it was asked for.") String image,
            @Meaning("What it means; null when the image is not on this machine.")
                    @Nullable String imageId,
            List<String> command,
            @Meaning("Where the browser lands; empty for the image's own page.") String defaultUrl,
            @Meaning("How it is served; null for a Jupyter server.") @Nullable WebLine web,
            @Meaning("Whether its image is the platform's own setting.") boolean ofPlatform,
            @Meaning("Images that were tried for it, newest first.") List<TrialLine> trials,
            @Meaning("To be sent back with a change.") long version) {

        static EnvironmentDetail of(Environment environment, List<Trial> trials) {
            var web = environment.web();
            return new EnvironmentDetail(
                    environment.id(),
                    environment.name(),
                    environment.title(),
                    environment.imageReference(),
                    environment.imageId(),
                    environment.command(),
                    environment.defaultUrl(),
                    web == null ? null : WebLine.of(web),
                    environment.ofPlatform(),
                    trials.stream()
                            .map(trial -> TrialLine.of(trial, environment.imageId()))
                            .toList(),
                    environment.version());
        }
    }

    /** An image that was, or is to be, tried. */
    record TrialLine(
            long id,
            String image,
            String imageId,
            Trial.State state,
            @Meaning("Whether it is what people get now.") boolean current,
            Instant askedAt,
            @Nullable Instant endedAt,
            @Meaning("When people began to get it; null when they never did.")
                    @Nullable Instant promotedAt,
            @Meaning("Why it is not good.") @Nullable String failure,
            @Meaning("What it could do.") List<String> steps,
            @Meaning("From its command to its first answer.") @Nullable Long startMillis,
            @Meaning("The most that the trial used.") @Nullable Long memoryBytes,
            @Meaning("How many packages of Python's it has.") int packages) {

        static TrialLine of(Trial trial, @Nullable String imageId) {
            var report = trial.report();
            var memory = report == null ? null : report.memory();
            return new TrialLine(
                    trial.id(),
                    trial.imageReference(),
                    trial.imageId(),
                    trial.state(),
                    trial.imageId().equals(imageId),
                    trial.askedAt(),
                    trial.endedAt(),
                    trial.promotedAt(),
                    trial.failure(),
                    report == null ? List.of() : report.steps(),
                    report == null ? null : report.startMillis(),
                    memory == null ? null : memory.value(),
                    report == null ? 0 : report.packages().size());
        }
    }

    record PackageList(
            @Meaning("Names and versions of Python's packages, at most 800.") List<String> items) {}

    /** A program that knows nothing of Jupyter; the gateway signs people in for it. */
    record WebLine(
            @Meaning("Where it listens.") int port,
            @Meaning("Answers below 500 once it is up.") String readyPath,
            @Meaning("Whether it believes to be at /.") boolean stripsPrefix) {

        static WebLine of(WebApplication web) {
            return new WebLine(web.port(), web.readyPath(), web.stripsPrefix());
        }
    }

    record ProfileDetail(
            long id,
            @Meaning("How user_options name it.") String name,
            String title,
            String description,
            @Meaning("Number of its environment.") long environment,
            long memoryBytes,
            @Meaning("What is kept free for each server; memoryBytes unless it is over-committed.")
                    long promisedBytes,
            @Meaning("Thousandths of a core.") int milliCpus,
            @Meaning("Processes and threads together.") int pids,
            @Meaning("What its servers reach: community, or none.") String network,
            @Meaning("What it has of the machine's devices; null for none.")
                    DeviceJson.@Nullable Wish device,
            @Meaning("How many servers of it the machine has memory for at once.") long fits,
            List<OptionLine> options,
            @Meaning("Whether everybody in the community is offered it.") boolean everybody,
            @Meaning("Whom it is for otherwise, with roles.") List<String> groups,
            List<String> roles,
            @Meaning("That its servers run by; empty for the platform's usual one.") String runtime,
            @Meaning("To be sent back with a change.") long version) {

        static ProfileDetail of(Profile profile, Names names, Bytes capacity) {
            var size = profile.size();
            return new ProfileDetail(
                    profile.id(),
                    profile.name(),
                    profile.title(),
                    profile.description(),
                    profile.environmentId(),
                    size.memory().value(),
                    size.promised().value(),
                    size.milliCpus(),
                    size.pids(),
                    profile.network().word(),
                    size.device() == null ? null : DeviceJson.Wish.of(size.device()),
                    capacity.value() / size.promised().value(),
                    profile.options().stream().map(OptionLine::of).toList(),
                    profile.audience().everybody(),
                    names(profile.audience().groups(), names.groups()),
                    names(profile.audience().roles(), names.roles()),
                    profile.runtime(),
                    profile.version());
        }

        private static List<String> names(Set<Long> numbers, Map<Long, String> names) {
            return numbers.stream().map(names::get).filter(Objects::nonNull).sorted().toList();
        }
    }

    /** What groups and roles are called today. */
    record Names(Map<Long, String> groups, Map<Long, String> roles) {}

    record OptionLine(
            @Meaning("How user_options name it.") String name,
            String title,
            List<ChoiceLine> choices,
            @Meaning("Null unless an image may be typed.") @Nullable FreeImageLine freeImage) {

        static OptionLine of(ProfileOption option) {
            var free = option.freeImage();
            return new OptionLine(
                    option.name(),
                    option.title(),
                    option.choices().stream().map(ChoiceLine::of).toList(),
                    free == null ? null : FreeImageLine.of(free));
        }
    }

    record ChoiceLine(
            @Meaning("How user_options name it.") String name,
            String title,
            @Meaning("Whether it is picked at first.") boolean initial,
            @Meaning("Number of another environment; null for the profile's.")
                    @Nullable Long environment,
            @Meaning("Null for the profile's.") @Nullable Long memoryBytes,
            @Meaning("Null for all of the memory.") @Nullable Long promisedBytes,
            @Meaning("Null for the profile's.") @Nullable Integer milliCpus,
            @Meaning("Null for the profile's.") DeviceJson.@Nullable Wish device) {

        static ChoiceLine of(Choice choice) {
            var change = choice.change();
            return new ChoiceLine(
                    choice.name(),
                    choice.title(),
                    choice.initial(),
                    change.environmentId(),
                    value(change.memory()),
                    value(change.promised()),
                    change.milliCpus(),
                    change.device() == null ? null : DeviceJson.Wish.of(change.device()));
        }

        private static @Nullable Long value(@Nullable Bytes bytes) {
            return bytes == null ? null : bytes.value();
        }
    }

    record FreeImageLine(
            String title,
            @Meaning("Regular expression that the whole reference must match.") String pattern,
            @Meaning("What people read when it does not.") String advice) {

        static FreeImageLine of(FreeImage free) {
            return new FreeImageLine(free.title(), free.pattern(), free.advice());
        }
    }

    /** What somebody would see on the start page. */
    record Preview(
            List<OfferedProfile> offered,
            @Meaning("What others see and they do not.") List<OfferedProfile> hidden) {}

    record OfferedProfile(
            String name, String title, String description, long memoryBytes, int milliCpus) {

        static OfferedProfile of(Profile profile) {
            Size size = profile.size();
            return new OfferedProfile(
                    profile.name(),
                    profile.title(),
                    profile.description(),
                    size.memory().value(),
                    size.milliCpus());
        }
    }

    /** What an import brings. */
    record ImportReport(
            @Meaning("Whether it was done; else it was only looked at.") boolean applied,
            @Meaning("Titles of profiles that are made.") List<String> profiles,
            @Meaning("Images of environments that are made.") List<String> images,
            @Meaning("What is not taken, and why.") List<String> left) {}
}
