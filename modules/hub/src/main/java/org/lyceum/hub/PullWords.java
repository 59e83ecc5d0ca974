package org.lyceum.hub;

import org.lyceum.content.Pull;
import org.lyceum.content.PullService;
import org.lyceum.identity.User;
import org.lyceum.platform.kernel.CommunityId;

import java.util.List;

/** What the last start has brought into somebody's home, in words for their home page. */
final class PullWords {

    private static final String FAILED =
            """
            <p class="message bad" role="alert">The files of <strong>{}</strong> have not come.
            {} They are tried again when your server starts.</p>
            """;

    private static final String UNDER_WAY =
            """
            <p class="message" role="status">The files of <strong>{}</strong> are on their way.</p>
            """;

    private static final String DONE =
            """
            <p class="quiet">Brought to the folder <strong>{}</strong> at {}. {}</p>
            """;

    private final CommunityId community;
    private final PullService pulls;

    PullWords(CommunityId community, PullService pulls) {
        this.community = community;
        this.pulls = pulls;
    }

    List<Html> of(User user) {
        return pulls.ofLastStart(community, user.id()).stream().map(PullWords::line).toList();
    }

    private static Html line(Pull pull) {
        var folder = pull.link().folder();
        return switch (pull.phase()) {
            case FAILED -> Html.of(FAILED, folder, pull.sentence());
            case DONE ->
                    Html.of(DONE, folder, FilesPage.MINUTE.format(pull.began()), pull.sentence());
            case WAITING, FETCHING, MERGING -> Html.of(UNDER_WAY, folder);
        };
    }
}
