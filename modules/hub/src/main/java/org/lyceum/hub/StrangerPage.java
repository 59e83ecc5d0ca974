package org.lyceum.hub;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityModule;
import org.lyceum.identity.User;
import org.lyceum.storage.Leaving;
import org.lyceum.storage.LeavingService;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** For somebody who is signed in and belongs elsewhere: where that is, and what is kept of them. */
final class StrangerPage {

    private static final String BODY =
            """
            <section class="card">
            <h1>You do not belong to {}</h1>
            <p role="status">You are signed in as <strong>{}</strong>, who is not a member of this
            community. Ask one of its managers to add you.</p>
            {}{}<p class="actions"><a class="button" href="{}">Sign in as somebody else</a></p>
            </section>
            """;

    private static final String KEPT =
            """
            <p class="message">Your files here are kept until <strong>{}</strong> and removed then.
            Whoever adds you again before that day gives them back to you as they were.</p>
            """;

    private static final String OWN =
            """
            <h2>Your communities</h2>
            <ul class="things">
            {}</ul>
            """;

    private static final String ITEM =
            """
            <li><span class="about"><strong>{}</strong></span>
            <span class="actions"><a class="button primary" href="{}">Go there</a></span></li>
            """;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final LiveCommunity community;
    private final HubUrls urls;
    private final CommunityModule communities;
    private final LeavingService leaving;

    StrangerPage(
            LiveCommunity community,
            HubUrls urls,
            CommunityModule communities,
            LeavingService leaving) {
        this.community = community;
        this.urls = urls;
        this.communities = communities;
        this.leaving = leaving;
    }

    /**
     * @param out where they sign in as somebody else
     */
    Page of(User user, String out) {
        var own = own(user).stream().map(this::item).toList();
        var list = own.isEmpty() ? Html.NOTHING : Html.of(OWN, own);
        var kept =
                leaving.home(community.now().id(), user.id())
                        .map(StrangerPage::kept)
                        .orElse(Html.NOTHING);
        var title = community.now().title();
        var body = Html.of(BODY, title, user.name(), kept, list, out);
        return Page.narrow("You do not belong to " + title, body);
    }

    private static Html kept(Leaving home) {
        return Html.of(KEPT, DAY.format(home.until()));
    }

    private List<Community> own(User user) {
        var ids = new HashSet<>(communities.members().of(user.id()));
        return communities.communities().present().stream()
                .filter(each -> ids.contains(each.id()))
                .toList();
    }

    private Html item(Community own) {
        var there = communities.hosts().of(own);
        boolean here = there.host().equals(urls.address().host());
        var home = there.base() + "hub/home";
        return Html.of(ITEM, own.title(), here ? home : there.absolute(home));
    }
}
