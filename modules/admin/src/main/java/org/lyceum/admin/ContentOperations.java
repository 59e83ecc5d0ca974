package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.flag;
import static org.lyceum.platform.http.Shape.object;
import static org.lyceum.platform.http.Shape.optional;
import static org.lyceum.platform.http.Shape.orNull;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of files that are brought into homes. */
final class ContentOperations {

    private static final String TAG = "environments";

    private static final Shape ONE = Shape.of(ContentEndpoints.ContentLine.class);

    private static final Shape BODY =
            object(
                    "",
                    optional("profile", orNull(whole()), "Whose servers get it; null for all."),
                    field("url", text(), "https://host/path, or git@host:path with a deploy key."),
                    optional("reference", text(), "Branch, tag or commit; empty for the first."),
                    optional("folder", text(), "Below the home; empty for the repository's name."),
                    optional("deployKey", flag(), "Whether it is read with a key of its own."));

    private static final String EXAMPLE =
            "{\"profile\": null, \"url\": \"https://git.example.org/course\", \"reference\":"
                    + " \"main\", \"folder\": \"course\", \"deployKey\": false}";

    static final Operation LIST =
            Operation.of(TAG, "List repositories whose files come into homes")
                    .answers(200, "At most 20.", Shape.of(ContentEndpoints.ContentList.class))
                    .answers(404, "There is no such community.");

    static final Operation ADD =
            Operation.of(TAG, "Have the files of a repository brought into homes")
                    .detail("When servers start. What people have changed in them stays.")
                    .body(BODY, EXAMPLE)
                    .answers(201, "The new one.", ONE)
                    .answers(404, "There is no such community, or no such profile in it.")
                    .answers(409, "There are 20, or the folder is taken.");

    static final Operation CHANGE =
            Operation.of(TAG, "Change a repository whose files come into homes")
                    .detail("A key stays while the address does.")
                    .body(BODY, EXAMPLE)
                    .answers(200, "As it is now.", ONE)
                    .answers(404, "There is no such repository, community or profile.")
                    .answers(409, "The folder is taken.");

    static final Operation REMOVE =
            Operation.of(TAG, "Bring the files of a repository no more")
                    .detail("What is in homes stays.")
                    .answers(204, "Homes get no more of it.")
                    .answers(404, "There is no such repository here.");

    private ContentOperations() {}
}
