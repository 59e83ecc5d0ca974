package org.lyceum.platform.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lyceum.platform.db.Database;
import org.lyceum.platform.db.Migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Goal: the migrations make the schema that was reviewed, and every table keeps the rules of the
 * house. {@code -Dgolden=write} renews schema.sql; look at the difference before it is committed.
 */
class SchemaTest {

    private static final Path GOLDEN = Path.of("schema.sql");

    @TempDir static Path directory;

    private static Database db;

    @BeforeAll
    static void migrate() {
        var loader = SchemaTest.class.getClassLoader();
        db = Database.open(directory.resolve("t.db"), Migrations.from(loader, Clock.systemUTC()));
    }

    @AfterAll
    static void close() {
        db.close();
    }

    private static List<String> names(DSLContext sql, String type) {
        return sql
                .fetchValues(
                        "SELECT name FROM sqlite_schema WHERE type = '"
                                + type
                                + "' AND name NOT LIKE 'sqlite_%' ORDER BY name")
                .stream()
                .map(String::valueOf)
                .toList();
    }

    @Test
    void all_migrations_on_nothing_make_the_reviewed_schema() throws IOException {
        var made =
                db.read(
                        sql ->
                                sql
                                        .fetchValues(
                                                "SELECT sql FROM sqlite_schema WHERE sql IS NOT"
                                                    + " NULL AND name NOT LIKE 'sqlite_%' ORDER BY"
                                                    + " tbl_name, type DESC, name")
                                        .stream()
                                        .map(text -> text + ";\n")
                                        .collect(Collectors.joining("\n")));
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(GOLDEN, made);
        }
        assertThat(made).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void every_table_is_strict() {
        var loose =
                db.read(
                        sql ->
                                sql.fetchValues(
                                        "SELECT name FROM pragma_table_list WHERE type = 'table'"
                                                + " AND schema = 'main' AND strict = 0"
                                                + " AND name NOT LIKE 'sqlite_%'"));
        assertThat(loose.toString()).isEqualTo("[]");
    }

    @Test
    void every_foreign_key_has_an_index_that_begins_with_it() {
        var slow =
                db.read(
                        sql ->
                                names(sql, "table").stream()
                                        .flatMap(table -> withoutIndex(sql, table).stream())
                                        .toList());
        assertThat(slow).isEmpty();
    }

    /**
     * {@code platform.db.Remembered} relies on it: only a DELETE, which counts as a change of
     * everything, is carried on to other tables. The roles of a new community are the exception:
     * nobody can have asked for what they hold.
     */
    @Test
    void no_insert_or_update_is_carried_on_to_another_table() {
        var carriers =
                db.read(
                        sql ->
                                sql.fetchValues(
                                        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND"
                                            + " (sql LIKE '% INSERT ON %' OR sql LIKE '% UPDATE ON"
                                            + " %') AND sql NOT LIKE '%RAISE(ABORT%' OR sql LIKE"
                                            + " '%ON UPDATE CASCADE%' OR sql LIKE '%ON UPDATE"
                                            + " SET%'"));
        assertThat(carriers.toString()).isEqualTo("[identity_role_defaults]");
    }

    private static List<String> withoutIndex(DSLContext sql, String table) {
        return sql.fetch(
                        "SELECT DISTINCT fk.\"from\" FROM pragma_foreign_key_list('"
                                + table
                                + "') fk WHERE fk.seq = 0 AND NOT EXISTS (SELECT 1 FROM"
                                + " pragma_index_list('"
                                + table
                                + "') i JOIN pragma_index_info(i.name) c"
                                + " ON c.seqno = 0 AND c.name = fk.\"from\")"
                                + " AND NOT EXISTS (SELECT 1 FROM pragma_table_info('"
                                + table
                                + "') t WHERE t.pk = 1 AND t.name = fk.\"from\")")
                .map(row -> table + "." + row.get(0));
    }

    /** Of 50,000 members, the first page would wait 20 ms for a sort. */
    @Test
    void a_page_of_members_is_read_without_sorting_all_of_them() {
        assertThat(plan("SELECT * FROM servers_member WHERE community_id = 1 ORDER BY user_id"))
                .contains("SEARCH")
                .doesNotContain("TEMP B-TREE", "SCAN");
    }

    @Test
    void members_are_counted_without_looking_at_the_people() {
        assertThat(plan("SELECT count(*) FROM servers_member_key WHERE community_id = 1"))
                .contains("community_member")
                .doesNotContain("SCAN", "identity_user", "person");
    }

    private static String plan(String statement) {
        return db.read(sql -> sql.fetch("EXPLAIN QUERY PLAN " + statement).format());
    }

    @Test
    void every_table_says_in_its_name_whose_it_is() {
        List<String> tables = db.read(sql -> names(sql, "table"));
        assertThat(tables)
                .allMatch(
                        name ->
                                name.matches(
                                        "(db|audit|identity|community|catalog|builds|content|login|storage|files|slots|servers|hub|admin)"
                                            + "_[a-z_]+"));
    }
}
