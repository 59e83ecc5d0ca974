package org.lyceum.hub;

import org.lyceum.community.Community;
import org.lyceum.community.CommunityService;
import org.lyceum.community.MemberService;
import org.lyceum.identity.Session;
import org.lyceum.identity.User;
import org.lyceum.identity.UserService;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;
import org.lyceum.platform.kernel.Names;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Lets whoever is signed in to the platform into this hub, or says why not. Blocking. */
final class Entrance {

    /** Pages of the platform, which need no membership. */
    private static final String PANEL = "/panel/";

    private static final String NOT_A_MEMBER =
            """
            <section class="card">
            <h1>You do not belong to {}</h1>
            <p role="status">You are signed in as <strong>{}</strong>, who is not a member of this
            community. Ask one of its managers to add you.</p>
            {}<p class="actions"><a class="button" href="{}">Sign in as somebody else</a></p>
            </section>
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

    private final LiveCommunity community;
    private final HubUrls urls;
    private final PageFrame frame;
    private final BrowserSessions browsers;
    private final UserService users;
    private final MemberService members;
    private final CommunityService communities;

    Entrance(
            LiveCommunity community,
            HubUrls urls,
            PageFrame frame,
            BrowserSessions browsers,
            UserService users,
            MemberService members,
            CommunityService communities) {
        this.community = community;
        this.urls = urls;
        this.frame = frame;
        this.browsers = browsers;
        this.users = users;
        this.members = members;
        this.communities = communities;
    }

    /** Where a browser asks whether it is signed in to the platform; it comes back from there. */
    String ask(String next) {
        return "/sso/enter?to=" + community.now().id() + "&next=" + Names.queryValue(next);
    }

    /** Where a session of the platform ends. */
    String out() {
        return "/sso/out?to=" + community.now().id();
    }

    /** The sign-in form, for somebody the platform does not know. */
    String form(Optional<String> next) {
        var login = urls.login() + "?sso=no";
        return next.map(n -> login + "&" + NextUrl.PARAMETER + "=" + Names.queryValue(n))
                .orElse(login);
    }

    /** The answer to a browser that asks, by the platform's cookie. */
    Response answer(Request request) {
        var next = urls.next(request);
        return browsers.platformSession(request)
                .map(session -> admit(request, session, next))
                .orElseGet(() -> unknown(request, next));
    }

    /** Without the cookies, or the browser would be sent here again. */
    private Response unknown(Request request, Optional<String> next) {
        return browsers.forget(request, Response.redirect(302, form(next)));
    }

    /** Ends the platform's session in this browser. */
    Response leave(Request request) {
        browsers.platformSession(request).ifPresent(browsers::end);
        return unknown(request, Optional.empty());
    }

    private Response admit(Request request, Session session, Optional<String> next) {
        var user = users.find(session.user());
        if (user.isEmpty()) {
            return unknown(request, next);
        }
        if (browsers.admits(user.get())) {
            var onward = Response.redirect(302, next.orElse(urls.home()));
            return browsers.enter(request, onward, session);
        }
        return refused(user.get(), next);
    }

    /** The answer to somebody who is known and does not belong here. */
    Response refused(User user, Optional<String> next) {
        var toPanel = next.filter(n -> n.startsWith(PANEL));
        return toPanel.map(panel -> Response.redirect(302, panel))
                .orElseGet(() -> frame.bare(403, page(user)));
    }

    private Page page(User user) {
        var own = own(user).stream().map(Entrance::item).toList();
        var list = own.isEmpty() ? Html.NOTHING : Html.of(OWN, own);
        var title = community.now().title();
        var body = Html.of(NOT_A_MEMBER, title, user.name(), list, out());
        return Page.narrow("You do not belong to " + title, body);
    }

    private List<Community> own(User user) {
        var ids = new HashSet<>(members.of(user.id()));
        return communities.present().stream().filter(each -> ids.contains(each.id())).toList();
    }

    private static Html item(Community own) {
        return Html.of(ITEM, own.title(), own.baseUrl() + "hub/home");
    }
}
