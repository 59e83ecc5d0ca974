package org.lyceum.servers;

import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.FolderUsage;

import java.util.List;
import java.util.Locale;

/** What the command {@code quota} prints. */
final class QuotaTable {

    private static final String NONE = "-";

    private QuotaTable() {}

    static String of(List<FolderUsage> usages) {
        var table = new StringBuilder(line("folder", "used", "limit", "files", "limit"));
        for (var usage : usages) {
            table.append(
                    line(
                            name(usage),
                            new Bytes(usage.bytes()).toString(),
                            limit(usage.limits().bytes().hard(), true),
                            usage.inodes() == null ? NONE : number(usage.inodes()),
                            usage.inodes() == null
                                    ? NONE
                                    : limit(usage.limits().inodes().hard(), false)));
        }
        if (usages.stream().anyMatch(usage -> !usage.enforced())) {
            table.append("This machine cannot enforce the limits. Please keep to them.\n");
        }
        usages.stream()
                .limit(1)
                .map(usage -> usage.level().ofHome())
                .filter(words -> !words.isEmpty())
                .forEach(words -> table.append(words).append('\n'));
        return table.toString();
    }

    private static String line(String... cells) {
        return String.format(Locale.ROOT, "%-10s%12s%12s%14s%14s\n", (Object[]) cells);
    }

    private static String name(FolderUsage usage) {
        return usage.folder().key().kind().name().toLowerCase(Locale.ROOT);
    }

    private static String limit(long limit, boolean bytes) {
        if (limit == 0) {
            return NONE;
        }
        return bytes ? new Bytes(limit).toString() : number(limit);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
