package org.lyceum.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/reference/compatibility.md}: people write its reasons, the test writes its tables. A
 * difference is a row: request, aspect, what JupyterHub answers, what we answer, and the name of a
 * reason. Rows that stand for all requests name no request.
 */
final class CompatibilityPage {

    private static final Path FILE = SourceTree.ROOT.resolve("docs/reference/compatibility.md");
    private static final String BEGIN = "<!-- tables: written by DifferentialIT -->";
    private static final String HEAD = "| request | aspect | JupyterHub | Lyceum | why |\n";
    private static final String EVERY = "every";
    private static final String ANY = "…";
    private static final String NEW = "?";
    private static final Pattern REASON = Pattern.compile("^\\*\\*([a-z]+)\\*\\*: ");

    /** Where an answer of ours is not JupyterHub's. */
    record Difference(String section, String request, String aspect, String theirs, String ours) {

        private List<String> cells() {
            return Stream.of(request, aspect, theirs, ours)
                    .map(CompatibilityPage::printed)
                    .toList();
        }

        private boolean covered(List<String> row) {
            return row.get(1).equals(printed(aspect))
                    && List.of(printed(theirs), ANY).contains(row.get(2))
                    && List.of(printed(ours), ANY).contains(row.get(3));
        }
    }

    private final String prose;

    /** Cells of the rows for every request, and their reasons. */
    private final Map<List<String>, String> general = new LinkedHashMap<>();

    private final Map<List<String>, String> single = new LinkedHashMap<>();

    private CompatibilityPage(String text) {
        int at = text.indexOf(BEGIN);
        if (at < 0) {
            throw new AssertionError(FILE + " has lost the line " + BEGIN);
        }
        this.prose = text.substring(0, at);
        for (var line : text.lines().toList()) {
            var cells = cells(line);
            if (cells.size() == 5 && !cells.getFirst().equals("request")) {
                var key = cells.subList(0, 4);
                (key.getFirst().equals(EVERY) ? general : single).put(key, cells.getLast());
            }
        }
    }

    static CompatibilityPage read() {
        try {
            return new CompatibilityPage(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the page in the light of what was seen; empty when nothing is. */
    List<String> faults(List<Difference> seen) {
        var faults = new ArrayList<String>();
        var used = new TreeSet<String>();
        var rows = new ArrayList<>(single.keySet());
        var wide = new ArrayList<>(general.keySet());
        for (var difference : seen) {
            var cover = general.keySet().stream().filter(difference::covered).toList();
            wide.removeAll(cover);
            cover.forEach(row -> used.add(general.get(row)));
            var cells = difference.cells();
            if (cover.isEmpty() && single.containsKey(cells)) {
                rows.remove(cells);
                used.add(single.get(cells));
            } else if (cover.isEmpty()) {
                faults.add("not listed: " + difference);
            }
        }
        rows.forEach(row -> faults.add("listed, but there is no such difference: " + row));
        wide.forEach(row -> faults.add("listed, but there is no such difference: " + row));
        faults.addAll(reasons(used));
        return faults;
    }

    private List<String> reasons(Set<String> used) {
        var explained =
                prose.lines()
                        .map(REASON::matcher)
                        .filter(Matcher::find)
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());
        var faults = new ArrayList<String>();
        for (var reason : used) {
            if (!explained.contains(reason)) {
                faults.add("a row's reason is not explained: " + reason);
            }
        }
        for (var reason : explained) {
            if (!used.contains(reason)) {
                faults.add("a reason no row needs: " + reason);
            }
        }
        return faults;
    }

    /** The tables anew, with the reasons that rows had; a new row's reason is {@code ?}. */
    void write(List<Difference> seen) {
        var text = new StringBuilder(prose).append(BEGIN).append("\n");
        var section = "";
        for (var difference : seen) {
            if (general.keySet().stream().anyMatch(difference::covered)) {
                continue;
            }
            if (!difference.section().equals(section)) {
                section = difference.section();
                text.append("\n### ").append(section).append("\n\n").append(HEAD);
                text.append("|---|---|---|---|---|\n");
            }
            var cells = difference.cells();
            text.append("| ").append(String.join(" | ", cells));
            text.append(" | ").append(single.getOrDefault(cells, NEW)).append(" |\n");
        }
        try {
            Files.writeString(FILE, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As code, with what would end a cell replaced. */
    private static String printed(String cell) {
        if (cell.isEmpty()) {
            return "–";
        }
        return "`" + cell.replace('|', '¦').replace('`', '\'').replace("\n", "\\n") + "`";
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("| ") || !line.endsWith(" |")) {
            return List.of();
        }
        return List.of(line.substring(2, line.length() - 2).split(" \\| "));
    }
}
