package org.lyceum.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;
import org.lyceum.catalog.Change;
import org.lyceum.catalog.Choice;
import org.lyceum.catalog.Environment;
import org.lyceum.catalog.FreeImage;
import org.lyceum.catalog.NetworkAccess;
import org.lyceum.catalog.ProfileOption;
import org.lyceum.catalog.Size;
import org.lyceum.catalog.WebApplication;
import org.lyceum.platform.http.Json;
import org.lyceum.platform.http.Meaning;
import org.lyceum.platform.http.Request;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Objects;

/** What the panel sends about environments and profiles. */
final class CatalogBody {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    private CatalogBody() {}

    /**
     * @throws Problem INVALID {@code body.not-json}, {@code body.not-an-object}, {@code
     *     body.unknown-keys}, {@code body.wrong-type}
     */
    static <T> T of(Request request, Class<T> type) {
        if (!(request.json().orElseGet(Json::object) instanceof ObjectNode object)) {
            throw Problem.invalid("body.not-an-object", "Send a JSON object.");
        }
        try {
            return MAPPER.treeToValue(object, type);
        } catch (UnrecognizedPropertyException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "body.unknown-keys",
                    "There is no field '" + e.getPropertyName() + "' here.",
                    e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "body.wrong-type",
                    where(e) + " is missing or not what belongs there.",
                    e);
        }
    }

    private static String where(Exception e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            var name = mapping.getPath().getLast().getFieldName();
            return name == null ? "Something in a list" : name;
        }
        return "Something in the body";
    }

    /** No list of ours has gaps. */
    static <T> List<T> list(@Nullable List<T> list) {
        if (list != null && list.stream().anyMatch(Objects::isNull)) {
            throw Problem.invalid("body.wrong-type", "A list has an entry that is null.");
        }
        return list == null ? List.of() : list;
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Bytes bytes(long value) {
        if (value < 0) {
            throw Problem.invalid("body.wrong-type", "A size must not be negative.");
        }
        return new Bytes(value);
    }

    private static @Nullable Bytes maybe(@Nullable Long value) {
        return value == null ? null : bytes(value);
    }

    record EnvironmentBody(
            String name,
            String title,
            @Meaning("Reference of the image, such as name:tag.") String image,
            List<String> command,
            @Meaning("Where the browser lands; may be empty.") @Nullable String defaultUrl,
            @Meaning("How it is served; null for a Jupyter server.") @Nullable WebBody web,
            @Meaning("Of the environment that was looked at; 0 for a new one.") long version) {

        Environment.Draft draft() {
            return new Environment.Draft(
                    text(name),
                    text(title),
                    text(image),
                    list(command),
                    text(defaultUrl),
                    web == null ? null : web.application());
        }
    }

    record TrialBody(@Meaning("Reference of an image on this machine.") String image) {

        String reference() {
            return text(image);
        }
    }

    record WebBody(int port, @Nullable String readyPath, boolean stripsPrefix) {

        WebApplication application() {
            return new WebApplication(port, readyPath == null ? "/" : readyPath, stripsPrefix);
        }
    }

    record ProfileBody(
            @Meaning("How user_options name it.") String name,
            String title,
            @Nullable String description,
            @Meaning("Number of its environment.") long environment,
            long memoryBytes,
            @Meaning("Less than memoryBytes over-commits; null for all of it.")
                    @Nullable Long promisedBytes,
            int milliCpus,
            @Meaning("Null for 512.") @Nullable Integer pids,
            @Meaning("What its servers reach: community, or none; null for community.")
                    @Nullable String network,
            @Meaning("Null for none.") DeviceJson.@Nullable Wish device,
            @Nullable List<OptionBody> options,
            @Meaning("Whether everybody in the community is offered it.") boolean everybody,
            @Nullable List<String> groups,
            @Nullable List<String> roles,
            @Meaning("One of the catalog's runtimes; null for the platform's usual one.")
                    @Nullable String runtime,
            @Meaning("Of the profile that was looked at; 0 for a new one.") long version) {

        Size size() {
            var memory = bytes(memoryBytes);
            var promised = maybe(promisedBytes);
            return new Size(
                    memory,
                    promised == null ? memory : promised,
                    milliCpus,
                    pids == null ? Size.USUAL_PIDS : pids,
                    device == null ? null : device.wish());
        }

        NetworkAccess access() {
            try {
                return network == null ? NetworkAccess.COMMUNITY : NetworkAccess.of(network);
            } catch (IllegalArgumentException e) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "profile.invalid",
                        "A profile's network is \"community\" or \"none\".",
                        e);
            }
        }

        List<ProfileOption> questions() {
            return list(options).stream().map(OptionBody::option).toList();
        }

        List<String> groupNames() {
            return list(groups);
        }

        List<String> roleNames() {
            return list(roles);
        }

        String words() {
            return text(description);
        }
    }

    record OptionBody(
            String name,
            String title,
            @Nullable List<ChoiceBody> choices,
            @Nullable FreeImageBody freeImage) {

        ProfileOption option() {
            return new ProfileOption(
                    text(name),
                    text(title),
                    list(choices).stream().map(ChoiceBody::choice).toList(),
                    freeImage == null ? null : freeImage.free());
        }
    }

    record ChoiceBody(
            String name,
            String title,
            boolean initial,
            @Nullable Long environment,
            @Nullable Long memoryBytes,
            @Nullable Long promisedBytes,
            @Nullable Integer milliCpus,
            DeviceJson.@Nullable Wish device) {

        Choice choice() {
            return new Choice(
                    text(name),
                    text(title),
                    initial,
                    new Change(
                            environment,
                            maybe(memoryBytes),
                            maybe(promisedBytes),
                            milliCpus,
                            device == null ? null : device.wish()));
        }
    }

    record FreeImageBody(String title, String pattern, @Nullable String advice) {

        FreeImage free() {
            return new FreeImage(text(title), text(pattern), text(advice));
        }
    }

    record OrderBody(@Meaning("Numbers of all profiles.") List<Long> ids) {

        List<Long> all() {
            return list(ids);
        }
    }

    record ImportBody(
            @Meaning("KubeSpawner's profileList, or a values file that has one.") String yaml,
            @Meaning("Whether to do it; else it is only looked at.") boolean apply) {

        String document() {
            return text(yaml);
        }
    }
}
