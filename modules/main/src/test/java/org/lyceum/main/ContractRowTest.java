package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Goal: no row of the JupyterHub checklist loses its test. Method: the numbers that tests carry are
 * read from the sources and compared with the checklist's.
 */
class ContractRowTest {

    private static final int ROWS = 94;
    private static final int STATEMENTS = 60;

    private static final Pattern ROW = Pattern.compile("@ContractRow\\(\\{?([0-9,\\s]+)");
    private static final Pattern STATEMENT =
            Pattern.compile("@SecurityStatement\\(\\{?([0-9,\\s]+)");

    @Test
    void every_row_of_the_checklist_has_a_test() {
        assertThat(carried(ROW)).containsAll(numbers(ROWS));
    }

    /** Statements fall to many parts of the product; which have none yet is for people to read. */
    @Test
    void the_security_statements_without_a_test_are_listed() {
        var missing = new TreeSet<>(numbers(STATEMENTS));
        missing.removeAll(carried(STATEMENT));
        System.out.println("security statements without a test: " + missing);
        assertThat(carried(STATEMENT)).isSubsetOf(numbers(STATEMENTS));
    }

    private static Set<Integer> carried(Pattern annotation) {
        var numbers = new TreeSet<Integer>();
        for (var file : SourceTree.files(".java")) {
            var match = annotation.matcher(SourceTree.text(file));
            while (match.find()) {
                for (var number : match.group(1).split(",")) {
                    numbers.add(Integer.valueOf(number.strip()));
                }
            }
        }
        return numbers;
    }

    private static Set<Integer> numbers(int last) {
        return IntStream.rangeClosed(1, last)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
