package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.Place;
import org.lyceum.platform.kernel.Names;

/** Addresses of the pages over people's folders; those of a home name no place. */
record FilesUrls(HubUrls urls) {

    /** Where a folder's page is; parameters may follow. */
    String folder(Place place, FilePath path) {
        return page(place, "files", "in", path.toString());
    }

    /**
     * @param page below the hub, such as {@code files/get}
     * @param parameters names and values in turn
     */
    String page(Place place, String page, String... parameters) {
        var address = new StringBuilder(urls.hub(page));
        char before = '?';
        for (int i = 0; i < parameters.length; i += 2) {
            address.append(before).append(parameters[i]).append('=');
            address.append(Names.queryValue(parameters[i + 1]));
            before = '&';
        }
        if (!place.home()) {
            address.append(before).append("place=").append(place.id());
        }
        return address.toString();
    }
}
