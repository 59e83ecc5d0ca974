import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the jOOQ tables, one package per owner, from a real SQLite file that the migrations have
 * just made: parsed DDL would know neither STRICT nor triggers. Also writes the index of
 * migrations, because a class path cannot be listed. Runs in the build, by a JDK of its own
 * (docs/adr/0005).
 */
class Codegen {

    /** A table's owner is the first word of its name. */
    private static final List<String> OWNERS =
            List.of(
                    "audit",
                    "identity",
                    "community",
                    "catalog",
                    "builds",
                    "login",
                    "content",
                    "storage",
                    "files",
                    "servers",
                    "slots",
                    "hub",
                    "admin");

    public static void main(String[] args) throws Exception {
        var migrations = Path.of(args[0]);
        var sources = Path.of(args[1]);
        var resources = Path.of(args[2]);
        var file = Files.createTempFile("codegen", ".db");
        try {
            var scripts = scripts(migrations);
            Files.createDirectories(resources.resolve("db/migration"));
            Files.write(resources.resolve("db/migration/index"), index(scripts));
            var url = "jdbc:sqlite:" + file;
            var tables = migrate(url, scripts);
            for (var owner : OWNERS) {
                if (tables.containsKey(owner)) {
                    generate(url, owner, sources);
                }
            }
            tables.keySet().removeAll(OWNERS);
            if (!tables.isEmpty()) {
                throw new IllegalStateException("tables without an owner: " + tables.values());
            }
        } finally {
            Files.delete(file);
        }
    }

    /** A line for each: name and SHA-256, so that a start need not read and hash them all. */
    private static List<String> index(List<Path> scripts) throws Exception {
        var lines = new java.util.ArrayList<String>();
        for (var script : scripts) {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(script));
            lines.add(script.getFileName() + " " + HexFormat.of().formatHex(digest));
        }
        return lines;
    }

    private static List<Path> scripts(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        }
    }

    /** Applies all, and returns the names of tables and views by their first word. */
    private static Map<String, List<String>> migrate(String url, List<Path> scripts)
            throws Exception {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var script : scripts) {
                statement.executeUpdate(Files.readString(script));
            }
            var names = new java.util.ArrayList<String>();
            try (var rows =
                    statement.executeQuery(
                            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                                    + " AND name NOT LIKE 'sqlite_%'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names.stream().collect(Collectors.groupingBy(name -> name.split("_")[0]));
        }
    }

    private static void generate(String url, String owner, Path sources) throws Exception {
        GenerationTool.generate(
                new Configuration()
                        .withLogging(Logging.WARN)
                        .withJdbc(new Jdbc().withDriver("org.sqlite.JDBC").withUrl(url))
                        .withGenerator(
                                new Generator()
                                        .withDatabase(
                                                new Database()
                                                        .withName(
                                                                "org.jooq.meta.sqlite.SQLiteDatabase")
                                                        .withIncludes(owner + "_.*")
                                                        // jOOQ reads these by parsing DDL, and
                                                        // knows
                                                        // neither GLOB nor json_type
                                                        .withIncludePrimaryKeys(false)
                                                        .withIncludeUniqueKeys(false)
                                                        .withIncludeForeignKeys(false)
                                                        .withIncludeCheckConstraints(false)
                                                        .withIncludeIndexes(false)
                                                        .withForcedTypes(
                                                                new ForcedType()
                                                                        .withName("BIGINT")
                                                                        .withIncludeTypes(
                                                                                "INTEGER")))
                                        .withGenerate(
                                                new Generate()
                                                        .withRelations(false)
                                                        .withKeys(false)
                                                        .withIndexes(false)
                                                        .withDeprecated(false)
                                                        .withGeneratedAnnotation(false)
                                                        .withComments(false))
                                        .withTarget(
                                                new Target()
                                                        .withPackageName(
                                                                "org.lyceum.platform.schema."
                                                                        + owner)
                                                        .withDirectory(sources.toString()))));
    }
}
