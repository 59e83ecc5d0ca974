package org.lyceum.hub;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.http.Response;

/** What all pages have around them: the bar, the style sheet, the script, the cookies. */
final class PageFrame {

    private static final String SHELL =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{} · {}</title>
            <link rel="icon" href="{}">
            <link rel="stylesheet" href="{}">
            <script type="module" src="{}"></script>
            {}</head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            <header class="bar"><div class="bar-inner">
            <a class="brand" href="{}"><img src="{}" alt="" width="28" height="28">{}</a>
            {}</div></header>
            <main id="content"{}{}>
            {}
            </main>
            </body>
            </html>
            """;

    private static final String MENU =
            """
            <nav aria-label="Main">
            <a href="{}"{}>Home</a>
            <a href="{}"{}>Files</a>
            <a href="{}"{}>Tokens</a>
            {}<a class="who" href="{}"{} title="Signed in as {}: change your password">{}</a>
            <a href="{}">Sign out</a>
            </nav>
            """;

    private static final Html CURRENT = new Html(" aria-current=\"page\"");

    private final HubUrls urls;
    private final HubAssets assets;
    private final HubCookies cookies;
    private final Xsrf xsrf;
    private final LiveCommunity community;

    PageFrame(
            HubUrls urls,
            HubAssets assets,
            HubCookies cookies,
            Xsrf xsrf,
            LiveCommunity community) {
        this.urls = urls;
        this.assets = assets;
        this.cookies = cookies;
        this.xsrf = xsrf;
        this.community = community;
    }

    /** A page for somebody who is signed in, or for somebody who is not (null). */
    Response answer(Request request, int status, Page page, @Nullable HubCaller caller) {
        var browsing = caller == null || caller.browser() == null ? null : caller;
        return withCookies(request, html(status, page, browsing), caller);
    }

    /** A page that looks at no cookie and sets none. */
    Response bare(int status, Page page) {
        return html(status, page, null);
    }

    /** The cookies that a page carries: the XSRF token, and a session id that got lost. */
    Response withCookies(Request request, Response response, @Nullable HubCaller caller) {
        var browser = caller == null ? null : caller.browser();
        var out =
                browser == null
                        ? response
                        : cookies.keepSessionId(request, response, browser.session());
        if (!Xsrf.mayReceive(request)) {
            return out;
        }
        var secret = browser == null ? null : browser.cookie();
        return cookies.xsrf(request, out, xsrf.token(request, secret), browser == null);
    }

    /** The hidden field that every form of ours has. */
    Html xsrfField(Request request, @Nullable HubCaller caller) {
        return Html.of(
                "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
                Xsrf.NAME,
                xsrfToken(request, caller));
    }

    /** The token, for a page whose script needs it; empty when a script might read the page. */
    String xsrfToken(Request request, @Nullable HubCaller caller) {
        if (!Xsrf.mayReceive(request)) {
            return "";
        }
        return xsrf.token(request, caller == null ? null : caller.cookie());
    }

    /** The markup alone, for nobody in particular. */
    Html html(Page page) {
        return render(page, null);
    }

    private Response html(int status, Page page, @Nullable HubCaller caller) {
        return Response.html(status, render(page, caller).markup())
                .with("Cache-Control", "no-store");
    }

    private Html render(Page page, @Nullable HubCaller caller) {
        var refresh = page.refreshSeconds();
        var title = community.now().title();
        return Html.of(
                SHELL,
                page.title(),
                title,
                asset(HubAssets.LOGO),
                asset(HubAssets.STYLE),
                asset(HubAssets.SCRIPT),
                refresh == null ? Html.NOTHING : refresh(refresh),
                urls.hub(),
                asset(HubAssets.LOGO),
                title,
                caller == null ? Html.NOTHING : menu(page, caller),
                new Html(" class=\"narrow\"").when(page.narrow()),
                refresh == null ? Html.NOTHING : Html.of(" data-refresh-seconds=\"{}\"", refresh),
                page.body());
    }

    private Html menu(Page page, HubCaller caller) {
        var name = caller.user().name();
        var panel =
                Html.of(
                        "<a href=\"{}\">Administration</a>\n",
                        urls.address().toPlatform("/panel/"));
        return Html.of(
                MENU,
                urls.home(),
                CURRENT.when(page.name().equals("home")),
                urls.hub("files"),
                CURRENT.when(page.name().equals("files")),
                urls.hub("token"),
                CURRENT.when(page.name().equals("token")),
                panel.when(caller.mayOpenPanel()),
                urls.hub(PasswordLinkEndpoints.OWN),
                CURRENT.when(page.name().equals("password")),
                name,
                name,
                urls.hub("logout"));
    }

    private static Html refresh(int seconds) {
        return Html.of(
                "<noscript><meta http-equiv=\"refresh\" content=\"{}\"></noscript>\n", seconds);
    }

    private String asset(String name) {
        return urls.hub("static/") + assets.hashedName(name);
    }
}
