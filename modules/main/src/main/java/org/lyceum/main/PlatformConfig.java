package org.lyceum.main;

import org.lyceum.builds.BuildsConfig;
import org.lyceum.catalog.DeviceKinds;
import org.lyceum.catalog.RuntimesConfig;
import org.lyceum.certificates.CertificatesConfig;
import org.lyceum.community.HostsConfig;
import org.lyceum.content.ContentConfig;
import org.lyceum.files.FilesConfig;
import org.lyceum.platform.config.ConfigFile;
import org.lyceum.platform.config.ConfigSection;
import org.lyceum.platform.docker.DockerConfig;
import org.lyceum.platform.http.HttpConfig;
import org.lyceum.proxy.ProxyConfig;
import org.lyceum.servers.ServersConfig;
import org.lyceum.services.ServicesConfig;
import org.lyceum.slots.SlotsConfig;
import org.lyceum.storage.StorageConfig;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration, valid.
 *
 * @param data {@code data.directory}: all that an installation knows lies below it
 * @param hubApiPort {@code hub-api.port}: where containers reach the hub's API, on the address of
 *     their own network only
 * @param image {@code catalog.default-image}: reference of the image the first environment runs
 * @param devices each {@code [devices.NAME]}: what servers can have of the machine
 * @param effective what is in force, a line for each key
 */
record PlatformConfig(
        HttpConfig http,
        CertificatesConfig https,
        HostsConfig hosts,
        Path data,
        int hubApiPort,
        DockerConfig docker,
        String image,
        RuntimesConfig runtimes,
        DeviceKinds devices,
        BuildsConfig builds,
        ContentConfig content,
        StorageConfig storage,
        FilesConfig files,
        ServersConfig servers,
        ServicesConfig services,
        SlotsConfig slots,
        ProxyConfig proxy,
        List<String> effective) {

    private static final Path DEFAULT_DATA = Path.of("/var/lib/lyceum");
    private static final int DEFAULT_HUB_API_PORT = 8081;

    /**
     * @throws org.lyceum.platform.config.ConfigException with everything that is wrong
     */
    static PlatformConfig load(Path file, Map<String, String> environment) {
        return read(ConfigFile.load(file, environment));
    }

    static PlatformConfig read(ConfigFile file) {
        var data = file.read("data", s -> s.path("directory", DEFAULT_DATA), DEFAULT_DATA);
        var http = file.read("http", HttpConfig::from, HttpConfig.defaults());
        var storage =
                file.read(
                        "storage", s -> StorageConfig.from(s, data), StorageConfig.defaults(data));
        var config =
                new PlatformConfig(
                        http,
                        file.read("https", CertificatesConfig::from, CertificatesConfig.none()),
                        file.read("hub", HostsConfig::from, HostsConfig.defaults()),
                        data,
                        file.read("hub-api", PlatformConfig::hubApiPort, DEFAULT_HUB_API_PORT),
                        file.read(
                                "docker",
                                s -> docker(s, data, storage),
                                docker(DockerConfig.DEFAULT_SOCKET, data, storage)),
                        file.read(
                                "catalog",
                                s -> s.text("default-image", "lyceum/scientific:latest"),
                                ""),
                        file.read("runtimes", RuntimesConfig::from, RuntimesConfig.defaults()),
                        DeviceKinds.from(file),
                        file.read("builds", BuildsConfig::from, BuildsConfig.defaults()),
                        file.read("content", ContentConfig::from, ContentConfig.defaults()),
                        storage,
                        file.read("files", FilesConfig::from, FilesConfig.defaults()),
                        file.read("servers", ServersConfig::from, ServersConfig.defaults()),
                        file.read("services", ServicesConfig::from, ServicesConfig.defaults()),
                        file.read("slots", SlotsConfig::from, SlotsConfig.defaults()),
                        ProxyConfig.trusting(http.trustedProxies()),
                        file.effective());
        file.finish();
        return config;
    }

    private static int hubApiPort(ConfigSection section) {
        int port = section.integer("port", DEFAULT_HUB_API_PORT);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("hub-api.port must be between 1 and 65535");
        }
        return port;
    }

    /** Where builds keep files, and the operator says where packages come from. */
    static Path builds(Path data) {
        return data.resolve("builds");
    }

    /** Where what is fetched for homes lies. */
    static Path content(Path data) {
        return data.resolve("content");
    }

    private static DockerConfig docker(ConfigSection section, Path data, StorageConfig storage) {
        return docker(section.path("socket", DockerConfig.DEFAULT_SOCKET), data, storage);
    }

    private static DockerConfig docker(Path socket, Path data, StorageConfig storage) {
        return new DockerConfig(
                socket,
                DockerConfig.DEFAULT_DEADLINE,
                DockerConfig.DEFAULT_MAX_CALLS,
                List.of(storage.root(), data.resolve("run"), builds(data), content(data)));
    }
}
