package org.lyceum.hub;

import org.lyceum.files.FilePath;
import org.lyceum.files.Place;
import org.lyceum.platform.linux.FileName;

import java.util.ArrayList;
import java.util.List;

/** What people are told about the folders they have. */
final class PlaceWords {

    private PlaceWords() {}

    static String title(Place place) {
        return switch (place.key().kind()) {
            case HOME -> "Your files";
            case SHARED -> "Shared";
            case SCRATCH -> "Scratch";
            case GROUP -> place.name();
        };
    }

    /** Beside others, where the home is one of several. */
    static String name(Place place) {
        return place.home() ? "Home" : title(place);
    }

    /** One sentence about who may do what in it, above its files. */
    static Html about(Place place) {
        var words =
                switch (place.key().kind()) {
                    case HOME -> "";
                    case SHARED ->
                            place.readOnly()
                                    ? "What your teachers hand out. You can read and download it;"
                                            + " to work on something, copy it into your home."
                                    : "Everybody in this community reads what is here. You may"
                                            + " change it, as others who manage it may.";
                    case GROUP ->
                            "All members of this group read and change what is here, and bring"
                                    + " back from its trash.";
                    case SCRATCH ->
                            "Room for large files that you can make again: what has not been"
                                    + " touched for a while is removed.";
                };
        return words.isEmpty() ? Html.NOTHING : Html.of("<p class=\"quiet\">{}</p>\n", words);
    }

    /** The way from the top of a place to a folder, which is the last step and no link. */
    static List<Html> trail(FilesUrls urls, Place place, FilePath path) {
        var steps = new ArrayList<Html>();
        if (path.top()) {
            return steps;
        }
        steps.add(link(urls.folder(place, FilePath.TOP), title(place)));
        for (int depth = 1; depth < path.names().size(); depth++) {
            var at = new FilePath(path.names().subList(0, depth));
            steps.add(Html.of(" / {}", link(urls.folder(place, at), at.last().shown())));
        }
        steps.add(Html.of(" / <span aria-current=\"page\">{}</span>", path.last().shown()));
        return steps;
    }

    static Html link(String address, String words) {
        return Html.of("<a href=\"{}\">{}</a>", address, words);
    }

    /** As people read it, never for an address. */
    static String shown(FilePath path) {
        return String.join("/", path.names().stream().map(FileName::shown).toList());
    }

    /** What an archive of all of it is called. */
    static FileName archive(Place place, String user) {
        var name = place.home() ? "files-of-" + user : place.name();
        return FileName.of(name.replaceAll("[^A-Za-z0-9_.-]", "_"));
    }
}
