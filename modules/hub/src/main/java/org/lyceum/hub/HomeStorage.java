package org.lyceum.hub;

import org.lyceum.identity.User;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.storage.Bounds;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.FolderService;
import org.lyceum.storage.FolderUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Locale;

/** What a person's home holds and may hold, on the home page: a bar, and words when it matters. */
final class HomeStorage {

    private static final Logger log = LoggerFactory.getLogger(HomeStorage.class);

    private static final String CARD =
            """
            {}<section class="card" aria-label="Your files">
            <h2>Your files</h2>
            {}
            {}
            <div class="actions"><a class="button" href="{}">Look into my files</a>
            {}{}</div>
            {}</section>
            """;

    private static final String BAR =
            """
            <meter min="0" max="{}" low="{}" high="{}" optimum="0" value="{}"
            aria-label="Space used in your home"></meter>
            """;

    private final CommunityId community;
    private final HubUrls urls;
    private final FolderService folders;

    HomeStorage(CommunityId community, HubUrls urls, FolderService folders) {
        this.community = community;
        this.urls = urls;
        this.folders = folders;
    }

    /** Nothing before the first start; a pool that is away must not take the page along. */
    Html of(User user) {
        try {
            return folders.usage(FolderKey.home(community, user.id()))
                    .map(this::card)
                    .orElse(Html.NOTHING);
        } catch (Problem away) {
            log.warn("home.usage-unknown user={}", user.id(), away);
            return Html.of("<p class=\"message bad\" role=\"alert\">{}</p>", away.detail());
        }
    }

    private Html card(FolderUsage usage) {
        var rescue = Html.of("<a class=\"button\" href=\"{}\">Rescue</a>", urls.hub("rescue"));
        var largest =
                Html.of(
                        "<a class=\"button\" href=\"{}\">What takes the most room</a>\n",
                        urls.hub("files/largest"));
        return Html.of(
                CARD,
                warning(usage),
                bar(usage),
                words(usage),
                urls.hub("files"),
                largest.when(usage.level() != FolderUsage.Level.FINE),
                rescue.when(usage.level() == FolderUsage.Level.FULL),
                note(usage));
    }

    private static Html warning(FolderUsage usage) {
        var words = usage.level().ofHome();
        if (words.isEmpty()) {
            return Html.NOTHING;
        }
        boolean bad = usage.level() != FolderUsage.Level.HIGH;
        return Html.of("<p class=\"message{}\" role=\"alert\">{}</p>", bad ? " bad" : "", words);
    }

    private static Html bar(FolderUsage usage) {
        var bounds = usage.limits().bytes();
        if (bounds.hard() == 0) {
            return Html.NOTHING;
        }
        return Html.of(
                BAR,
                bounds.hard(),
                bounds.soft(),
                bounds.hard() / 100 * 95,
                Math.min(usage.bytes(), bounds.hard()));
    }

    private static Html words(FolderUsage usage) {
        var inodes = usage.inodes();
        var files =
                inodes == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %,d%s files",
                                inodes,
                                of(usage.limits().inodes(), "%,d"));
        var bounds = usage.limits().bytes();
        var limit = bounds.hard() == 0 ? "" : " of " + new Bytes(bounds.hard());
        return Html.of("<p>{}{} used{}</p>", new Bytes(usage.bytes()), limit, files);
    }

    private static String of(Bounds bounds, String format) {
        return bounds.hard() == 0 ? "" : " of " + String.format(Locale.ROOT, format, bounds.hard());
    }

    private static Html note(FolderUsage usage) {
        var note =
                "<p class=\"hint\">This machine cannot enforce the limit. Please keep to it all the"
                        + " same: the disk is everybody's.</p>\n";
        return new Html(note).when(!usage.enforced());
    }
}
