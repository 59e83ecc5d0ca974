package org.lyceum.admin;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

import org.lyceum.community.RosterLine;
import org.lyceum.community.RosterService;
import org.lyceum.platform.kernel.Problem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A list of people as spreadsheets write it: a heading with {@code name} and, if wanted, {@code
 * groups} (several with {@code |} between them) and {@code role} ({@code manager} or {@code
 * member}); separated by commas, semicolons or tabs. Source: RFC 4180.
 *
 * @param lines of people; those without a name are passed over
 * @param ignored columns that mean nothing here
 */
record RosterCsv(List<RosterLine> lines, List<String> ignored) {

    private static final String NAME = "name";
    private static final String GROUPS = "groups";
    private static final String ROLE = "role";

    /** As other programs call them. */
    private static final Map<String, String> COLUMNS =
            Map.of(
                    NAME,
                    NAME,
                    "username",
                    NAME,
                    "user name",
                    NAME,
                    GROUPS,
                    GROUPS,
                    "group",
                    GROUPS,
                    ROLE,
                    ROLE);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final CsvMapper MAPPER = new CsvMapper();

    RosterCsv {
        lines = List.copyOf(lines);
        ignored = List.copyOf(ignored);
    }

    /**
     * @throws Problem INVALID {@code roster.no-names}, {@code roster.malformed}, {@code
     *     roster.role-unknown}; TOO_LARGE {@code roster.too-long}
     */
    static RosterCsv read(String text) {
        var plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        var heading = plain.lines().findFirst().orElse("");
        var schema = CsvSchema.emptySchema().withColumnSeparator(separator(heading));
        try (MappingIterator<String[]> rows =
                MAPPER.readerFor(String[].class)
                        .with(schema)
                        .with(CsvParser.Feature.WRAP_AS_ARRAY)
                        .with(CsvParser.Feature.TRIM_SPACES)
                        .readValues(plain)) {
            return read(rows);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "roster.malformed",
                    "This is no list that can be read: a quotation mark may be missing. Save it as"
                            + " CSV (UTF-8) once more.",
                    e);
        }
    }

    private static char separator(String heading) {
        return heading.indexOf('\t') >= 0 ? '\t' : heading.indexOf(';') >= 0 ? ';' : ',';
    }

    private static RosterCsv read(MappingIterator<String[]> rows) throws IOException {
        var ignored = new ArrayList<String>();
        Map<String, Integer> columns = new HashMap<>();
        var heading = rows.hasNextValue() ? rows.nextValue() : new String[0];
        for (int at = 0; at < heading.length; at++) {
            var known = COLUMNS.get(heading[at].strip().toLowerCase(Locale.ROOT));
            if (known == null) {
                ignored.add(heading[at]);
            } else {
                columns.putIfAbsent(known, at);
            }
        }
        if (!columns.containsKey(NAME)) {
            throw Problem.invalid(
                    "roster.no-names",
                    "The first line must name the columns, and one of them must be 'name'. Others"
                            + " that count are 'groups' and 'role'.");
        }
        var lines = new ArrayList<RosterLine>();
        for (int line = 2; rows.hasNextValue(); line++) {
            var row = rows.nextValue();
            if (cell(row, columns, NAME).isEmpty()) {
                continue;
            }
            if (lines.size() == RosterService.MOST) {
                throw RosterService.tooLong();
            }
            lines.add(
                    new RosterLine(
                            line,
                            cell(row, columns, NAME),
                            groups(cell(row, columns, GROUPS)),
                            manager(line, cell(row, columns, ROLE))));
        }
        return new RosterCsv(lines, ignored);
    }

    private static String cell(String[] row, Map<String, Integer> columns, String column) {
        int at = columns.getOrDefault(column, row.length);
        return at < row.length ? row[at].strip() : "";
    }

    private static List<String> groups(String cell) {
        return Arrays.stream(cell.split("\\|"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static boolean manager(int line, String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "", "member" -> false;
            case "manager" -> true;
            default ->
                    throw Problem.invalid(
                            "roster.role-unknown",
                            "Line "
                                    + line
                                    + ": the role is 'manager' or 'member', or nothing, which is a"
                                    + " member.");
        };
    }
}
