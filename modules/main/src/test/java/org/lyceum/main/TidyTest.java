package org.lyceum.main;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Goal: the countable rules of the house hold. Reads the tree as text; runs nothing. */
class TidyTest {

    private static final int MAX_LINES = 500;
    private static final Pattern BANNED_NAME =
            Pattern.compile(".*(Manager|Helper|Util|Utils|Impl|Processor|Info|Data)\\.java");
    private static final Pattern BANNED_PACKAGE =
            Pattern.compile(".*/(impl|util|utils|common|model|dto|service)/[^/]+\\.java");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void no_file_has_grown_past_what_one_can_read() throws IOException {
        var tooLong = new TreeMap<String, Integer>();
        for (var file : SourceTree.files(".java")) {
            int lines = Files.readAllLines(file).size();
            if (lines > MAX_LINES) {
                tooLong.put(SourceTree.ROOT.relativize(file).toString(), lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void names_say_what_a_class_is_about_and_not_what_kind_it_is() throws IOException {
        assertThat(SourceTree.files(".java"))
                .noneMatch(file -> BANNED_NAME.matcher(file.getFileName().toString()).matches())
                .noneMatch(file -> BANNED_PACKAGE.matcher(file.toString()).matches());
    }

    @Test
    void every_package_says_what_it_is_for() throws IOException {
        var without = new TreeSet<String>();
        for (var file : SourceTree.files(".java")) {
            boolean main = file.toString().contains("/src/main/java/");
            if (main && !Files.exists(file.resolveSibling("package-info.java"))) {
                without.add(SourceTree.ROOT.relativize(file.getParent()).toString());
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void tests_do_not_sleep_and_use_no_mocks() throws IOException {
        for (var file : SourceTree.files(".java")) {
            var text = Files.readString(file);
            boolean self = file.endsWith("TidyTest.java") || file.toString().contains("/src/main/");
            assertThat(self || !text.contains("Thread.sleep(")).as(file.toString()).isTrue();
            assertThat(self || !text.contains("org.mockito")).as(file.toString()).isTrue();
        }
    }

    @Test
    void every_link_between_our_pages_leads_somewhere() throws IOException {
        var dead = new ArrayList<String>();
        for (var page : SourceTree.files(".md")) {
            var matcher = LINK.matcher(Files.readString(page));
            while (matcher.find()) {
                var target = matcher.group(1);
                if (!target.contains("://")
                        && !target.startsWith("mailto:")
                        && !Files.exists(page.resolveSibling(target))) {
                    dead.add(SourceTree.ROOT.relativize(page) + " -> " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
    }
}
