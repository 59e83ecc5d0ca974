package org.lyceum.hub;

import org.lyceum.content.ContentConfig;
import org.lyceum.content.ContentModule;
import org.lyceum.platform.kernel.PlatformId;
import org.lyceum.platform.kernel.Secret;
import org.lyceum.platform.kernel.Vault;

import java.nio.file.Path;
import java.time.Clock;

/** The content module of a hub under test; what it brings is shown with the real engine. */
final class HubContent {

    static final Vault VAULT = new Vault(Secret.random());

    private HubContent() {}

    static ContentModule of(
            ContentModule.Parts parts,
            String image,
            PlatformId platform,
            Path directory,
            Clock clock) {
        var config = ContentConfig.defaults().in(image);
        var own = directory.resolve("content");
        return new ContentModule(config, parts, platform, own, directory, clock);
    }
}
