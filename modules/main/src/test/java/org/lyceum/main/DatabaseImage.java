package org.lyceum.main;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything in a platform's database, apart from when somebody was last seen: two images that are
 * equal say that nothing was changed in between.
 */
final class DatabaseImage implements AutoCloseable {

    private final Connection connection;
    private final List<String> queries = new ArrayList<>();

    DatabaseImage(Path file) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            for (var table : strings("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                var columns = strings("SELECT name FROM pragma_table_info('" + table + "')");
                columns.removeIf(
                        column -> column.contains("activity") || column.contains("used_at"));
                queries.add("SELECT " + String.join(", ", columns) + " FROM " + table);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Rows by query, as text. */
    Map<String, List<String>> take() {
        try {
            var image = new TreeMap<String, List<String>>();
            for (var query : queries) {
                image.put(query, strings(query));
            }
            return image;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> strings(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var all = new ArrayList<String>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                all.add(String.join("|", row));
            }
            return all;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
