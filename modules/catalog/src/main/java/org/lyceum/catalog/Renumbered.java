package org.lyceum.catalog;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** A draft whose environments have got their numbers. */
final class Renumbered {

    private Renumbered() {}

    static Profile.Draft of(Profile.Draft draft, Map<Long, Long> numbers) {
        return new Profile.Draft(
                draft.name(),
                draft.title(),
                draft.description(),
                numbers.getOrDefault(draft.environmentId(), draft.environmentId()),
                draft.size(),
                draft.network(),
                draft.options().stream().map(option -> of(option, numbers)).toList(),
                draft.audience(),
                draft.runtime());
    }

    private static ProfileOption of(ProfileOption option, Map<Long, Long> numbers) {
        List<Choice> choices =
                option.choices().stream()
                        .map(
                                choice ->
                                        new Choice(
                                                choice.name(),
                                                choice.title(),
                                                choice.initial(),
                                                of(choice.change(), numbers)))
                        .toList();
        return new ProfileOption(option.name(), option.title(), choices, option.freeImage());
    }

    private static Change of(Change change, Map<Long, Long> numbers) {
        return new Change(
                number(change.environmentId(), numbers),
                change.memory(),
                change.promised(),
                change.milliCpus(),
                change.device());
    }

    private static @Nullable Long number(@Nullable Long id, Map<Long, Long> numbers) {
        return id == null ? null : numbers.getOrDefault(id, id);
    }
}
