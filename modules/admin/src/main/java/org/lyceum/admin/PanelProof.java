package org.lyceum.admin;

import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Secret;

import java.util.List;
import java.util.Optional;

/**
 * Proof that a page of the panel asks, and not a page of somebody's notebook on the same host,
 * whose requests carry the same cookie. It is derived from the session's secret and stands in the
 * panel's page, which a browser gives to nobody but who navigated to it: a script that fetches the
 * page gets it without.
 */
final class PanelProof {

    static final String HEADER = "X-Lyceum-CSRF";

    private PanelProof() {}

    static String of(Secret cookie) {
        return cookie.sign("panel");
    }

    /** What the page shows its own scripts; empty when a script asks for it, or nobody is there. */
    static Optional<String> forPage(Request request, List<String> cookies) {
        boolean navigated = mode(request).map("navigate"::equals).orElse(true);
        return cookies.stream()
                .filter(cookie -> navigated && !cookie.isEmpty())
                .findFirst()
                .map(cookie -> of(Secret.presented(cookie)));
    }

    /**
     * Passes a read that no script sent, and whatever has the proof.
     *
     * @throws Problem FORBIDDEN admin.not-from-panel
     */
    static void require(Request request, Secret cookie) {
        boolean byScript = mode(request).filter(mode -> !mode.equals("navigate")).isPresent();
        boolean needed = byScript || !request.method().equals("GET");
        var proof = request.header(HEADER).orElse("");
        if (needed && !Secret.same(proof, of(cookie))) {
            throw Problem.forbidden(
                    "admin.not-from-panel",
                    "This did not come from the panel as it is open now; load the panel again, then"
                            + " repeat it.");
        }
    }

    private static Optional<String> mode(Request request) {
        return request.header("sec-fetch-mode");
    }
}
