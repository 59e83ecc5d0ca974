package org.lyceum.admin;

import static org.lyceum.platform.http.Shape.field;
import static org.lyceum.platform.http.Shape.text;
import static org.lyceum.platform.http.Shape.whole;

import org.lyceum.platform.http.Operation;
import org.lyceum.platform.http.Shape;

/** What the reference says of environments and profiles. */
final class CatalogOperations {

    private static final String TAG = "environments";

    private static final Shape ENVIRONMENT = Shape.of(CatalogJson.EnvironmentDetail.class);

    private static final Shape PROFILE = Shape.of(CatalogJson.ProfileDetail.class);

    private static final Shape CATALOG = Shape.of(CatalogJson.Catalog.class);

    private static final Shape.Field VERSION =
            field("version", whole(), "Of the thing that was looked at.");

    private static final String ENVIRONMENT_EXAMPLE =
            "{\"name\": \"r\", \"title\": \"R\", \"image\": \"lab/r:4\", \"command\":"
                    + " [\"jupyterhub-singleuser\"], \"defaultUrl\": \"/lab\", \"web\": null,"
                    + " \"version\": 0}";

    private static final String PROFILE_EXAMPLE =
            "{\"name\": \"small\", \"title\": \"Small\", \"description\": \"\", \"environment\": 1,"
                + " \"memoryBytes\": 1073741824, \"promisedBytes\": null, \"milliCpus\": 1000,"
                + " \"pids\": null, \"network\": \"community\", \"device\": null, \"options\": [],"
                + " \"everybody\": true, \"groups\": [], \"roles\": [], \"runtime\": null,"
                + " \"version\": 0}";

    static final Operation SHOW =
            Operation.of(TAG, "Show what a community offers")
                    .answers(200, "Environments, profiles, and what the machine has.", CATALOG)
                    .answers(404, "There is no such community.");

    static final Operation ADD_ENVIRONMENT =
            Operation.of(TAG, "Make an environment")
                    .body(Shape.of(CatalogBody.EnvironmentBody.class), ENVIRONMENT_EXAMPLE)
                    .answers(201, "The new one.", ENVIRONMENT)
                    .answers(409, "The name is taken.");

    static final Operation CHANGE_ENVIRONMENT =
            Operation.of(TAG, "Change an environment")
                    .detail("Servers that run keep the image they started with.")
                    .body(Shape.of(CatalogBody.EnvironmentBody.class), ENVIRONMENT_EXAMPLE)
                    .answers(200, "As it is now.", ENVIRONMENT)
                    .answers(409, "The name is taken, or the image is the platform's setting.")
                    .answers(412, "Somebody else has changed it meanwhile.");

    static final Operation REMOVE_ENVIRONMENT =
            Operation.of(TAG, "Remove an environment")
                    .query(VERSION)
                    .answers(204, "It is gone.")
                    .answers(409, "A profile uses it.");

    static final Operation TRY_IMAGE =
            Operation.of(TAG, "Have another image tried")
                    .detail("People get it when it has passed, and what they have now until then.")
                    .body(Shape.of(CatalogBody.TrialBody.class), "{\"image\": \"lab/r:5\"}")
                    .answers(202, "It is in line.", Shape.of(CatalogJson.TrialLine.class))
                    .answers(409, "It is being tried already, or is the platform's setting.")
                    .answers(503, "The image is not on this machine.");

    static final Operation PACKAGES =
            Operation.of(TAG, "List the packages of an image that was tried")
                    .answers(
                            200,
                            "Empty when the trial found none.",
                            Shape.of(CatalogJson.PackageList.class));

    static final Operation PROMOTE =
            Operation.of(TAG, "Give people an image that has not passed")
                    .detail("Somebody answers for it: an administrator of the platform.")
                    .answers(200, "As it is now.", CATALOG)
                    .answers(409, "It is being tried.");

    static final Operation GO_BACK =
            Operation.of(TAG, "Give people the image they had before")
                    .answers(200, "As it is now.", CATALOG)
                    .answers(409, "There was no other that was good.");

    static final Operation ADD_PROFILE =
            Operation.of(TAG, "Make a profile")
                    .detail("It is the last that people see.")
                    .body(Shape.of(CatalogBody.ProfileBody.class), PROFILE_EXAMPLE)
                    .answers(201, "The new one.", PROFILE)
                    .answers(403, "Only administrators of the platform may over-commit.")
                    .answers(409, "The name is taken.");

    static final Operation CHANGE_PROFILE =
            Operation.of(TAG, "Change a profile")
                    .detail("Servers that run keep what they started with.")
                    .body(Shape.of(CatalogBody.ProfileBody.class), PROFILE_EXAMPLE)
                    .answers(200, "As it is now.", PROFILE)
                    .answers(403, "Only administrators of the platform may over-commit.")
                    .answers(409, "The name is taken.")
                    .answers(412, "Somebody else has changed it meanwhile.");

    static final Operation REMOVE_PROFILE =
            Operation.of(TAG, "Remove a profile")
                    .query(VERSION)
                    .answers(204, "It is gone.")
                    .answers(409, "It is the community's only one.");

    static final Operation ORDER_PROFILES =
            Operation.of(TAG, "Put profiles into another order")
                    .body(Shape.of(CatalogBody.OrderBody.class), "{\"ids\": [1]}")
                    .answers(200, "As it is now.", CATALOG)
                    .answers(412, "These are not all of them any more.");

    static final Operation PREVIEW =
            Operation.of(TAG, "Show what a member is offered")
                    .query(field("user", text(), "Name of the member."))
                    .answers(200, "What they see, and do not.", Shape.of(CatalogJson.Preview.class))
                    .answers(404, "There is no such member.");

    static final Operation IMPORT =
            Operation.of(TAG, "Import KubeSpawner's profileList")
                    .detail("What has no meaning here is named in the answer.")
                    .body(
                            Shape.of(CatalogBody.ImportBody.class),
                            "{\"yaml\": \"- display_name: Small\\n\", \"apply\": false}")
                    .answers(200, "What it brings.", Shape.of(CatalogJson.ImportReport.class));

    private CatalogOperations() {}
}
