package org.lyceum.hub;

import org.lyceum.identity.RegisteredService;
import org.lyceum.identity.ServiceRegistry;
import org.lyceum.identity.Target;
import org.lyceum.platform.kernel.CommunityId;

/** Services with pages that want to be shown, to those who may enter them. */
final class ServiceLinks {

    private static final String CARD =
            """
            <section class="card" aria-label="Services">
            <h2>Services</h2>
            <ul class="things">
            {}</ul>
            </section>
            """;

    private static final String ITEM =
            """
            <li><span class="about"><strong>{}</strong></span>
            <span class="actions"><a class="button" href="{}" aria-label="Open {}">Open</a></span></li>
            """;

    private final CommunityId community;
    private final HubUrls urls;
    private final ServiceRegistry services;

    ServiceLinks(CommunityId community, HubUrls urls, ServiceRegistry services) {
        this.community = community;
        this.urls = urls;
        this.services = services;
    }

    Html of(HubCaller caller) {
        var items =
                services.list(community).stream()
                        .filter(service -> service.display() && service.url() != null)
                        .map(RegisteredService::name)
                        .filter(name -> mayEnter(caller, name))
                        .map(name -> Html.of(ITEM, name, urls.service(name), name))
                        .toList();
        return items.isEmpty() ? Html.NOTHING : Html.of(CARD, items);
    }

    private static boolean mayEnter(HubCaller caller, String service) {
        return caller.caller().scopes().allows("access:services", new Target.OfService(service));
    }
}
