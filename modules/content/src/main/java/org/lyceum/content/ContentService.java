package org.lyceum.content;

import org.jspecify.annotations.Nullable;
import org.lyceum.builds.DeployKey;
import org.lyceum.builds.GitAddress;
import org.lyceum.catalog.CatalogService;
import org.lyceum.platform.kernel.Actor;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.Problem;
import org.lyceum.platform.kernel.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/** Says which repositories' files people of a community get. Blocking. */
public final class ContentService {

    private static final Logger log = LoggerFactory.getLogger(ContentService.class);

    private final ContentRepository sources;
    private final CatalogService catalog;
    private final Vault vault;

    ContentService(ContentRepository sources, CatalogService catalog, Vault vault) {
        this.sources = sources;
        this.catalog = catalog;
        this.vault = vault;
    }

    /**
     * What a manager decides.
     *
     * @param profile whose servers get the files; null for all
     * @param folder empty for the repository's own name
     * @param deployKey whether the platform reads it with a key of its own
     */
    public record Draft(
            @Nullable Long profile,
            String url,
            String reference,
            String folder,
            boolean deployKey) {}

    /** In the order they were attached, at most 20. */
    public List<ContentSource> of(CommunityId community) {
        return sources.of(community);
    }

    /**
     * Attaches a repository, or changes one; homes follow with the next start.
     *
     * @param id 0 for a new one
     * @throws Problem INVALID {@code source.url-invalid}, {@code source.reference-invalid}, {@code
     *     source.access-invalid}, {@code content.folder-invalid}; NOT_FOUND {@code
     *     content.unknown}, {@code profile.gone}; CONFLICT {@code content.too-many}, {@code
     *     content.folder-taken}
     */
    public ContentSource put(Actor actor, CommunityId community, long id, Draft draft) {
        var address = new GitAddress(draft.url().strip());
        var profile = draft.profile();
        if (profile != null
                && catalog.profiles(community).stream().noneMatch(each -> each.id() == profile)) {
            throw Problem.notFound("profile.gone", "There is no such profile.");
        }
        var folder = draft.folder().strip();
        var plain =
                new ContentSource(
                        id,
                        community,
                        profile,
                        address,
                        GitAddress.reference(draft.reference().strip()),
                        folder.isEmpty() ? TargetFolder.of(address) : new TargetFolder(folder),
                        null,
                        null,
                        null);
        var put = sources.put(actor, draft.deployKey() ? withKey(plain) : asBefore(plain));
        log.info("content.changed community={} source={}", community, put.id());
        return put;
    }

    /** The key stays while the address does. */
    private ContentSource withKey(ContentSource plain) {
        if (!plain.address().ssh()) {
            throw Problem.invalid(
                    "source.access-invalid",
                    "A deploy key needs an address for ssh: git@host:path.");
        }
        var before = asBefore(plain);
        if (before.sealedSecret() != null) {
            return before;
        }
        var key = DeployKey.make("lyceum");
        var purpose = ContentSource.purpose(plain.community(), plain.address());
        return with(
                plain, vault.seal(purpose, key.privateKey()), key.publicKey(), before.hostKeys());
    }

    private ContentSource asBefore(ContentSource plain) {
        return sources.of(plain.community()).stream()
                .filter(before -> before.id() == plain.id())
                .filter(before -> before.address().equals(plain.address()))
                .findFirst()
                .map(
                        before ->
                                with(
                                        plain,
                                        before.sealedSecret(),
                                        before.publicKey(),
                                        before.hostKeys()))
                .orElse(plain);
    }

    private static ContentSource with(
            ContentSource plain,
            @Nullable String sealed,
            @Nullable String publicKey,
            @Nullable String hostKeys) {
        return new ContentSource(
                plain.id(),
                plain.community(),
                plain.profile(),
                plain.address(),
                plain.reference(),
                plain.folder(),
                sealed,
                publicKey,
                hostKeys);
    }

    /**
     * Brings it no more; what is in homes stays.
     *
     * @throws Problem NOT_FOUND {@code content.unknown}
     */
    public void remove(Actor actor, CommunityId community, long id) {
        sources.delete(actor, community, id);
        log.info("content.removed community={} source={}", community, id);
    }
}
