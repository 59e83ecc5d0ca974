package org.lyceum.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lyceum.builds.GitAddress;

import java.util.Map;

/** Goal: a link means what nbgitpuller takes it for, and names nothing that it must not. */
class PullLinkTest {

    private static final String URL = "https://git.example.org/maths/course.git";

    private static PullLink link(Map<String, String> query) {
        return PullLink.of(query::get);
    }

    @Test
    void all_that_a_link_can_carry_is_read() {
        var link =
                link(
                        Map.of(
                                "repo", URL,
                                "branch", "2026/autumn",
                                "targetpath", "maths/one",
                                "depth", "0",
                                "urlpath", "/rstudio/?x=1"));

        assertThat(link.address().url()).isEqualTo(URL);
        assertThat(link.branch()).isEqualTo("2026/autumn");
        assertThat(link.folder().path()).isEqualTo("maths/one");
        assertThat(link.depth()).isZero();
        assertThat(link.opens()).isEqualTo("rstudio/?x=1");
    }

    @Test
    void what_is_left_out_follows_from_the_repository() {
        var link = link(Map.of("repo", URL));
        assertThat(link.branch()).isEmpty();
        assertThat(link.folder().path()).isEqualTo("course");
        assertThat(link.depth()).isEqualTo(1);
        assertThat(link.opens()).isEqualTo("lab/tree/course");

        var older = link(Map.of("repo", URL, "subPath", "week 1/a.ipynb", "app", "notebook"));
        assertThat(older.opens()).isEqualTo("tree/course/week 1/a.ipynb");
        assertThat(TargetFolder.of(new GitAddress("git@example.org:a/b")).path()).isEqualTo("b");
        assertThat(TargetFolder.of(new GitAddress("https://example.org/a/b/.git")).path())
                .isEqualTo("b");
    }

    @Test
    void files_of_the_machine_and_other_ways_of_fetching_are_refused() {
        for (var address :
                new String[] {
                    "file:///srv/course",
                    "/srv/course",
                    "ext::sh -c id",
                    "https://name:secret@git.example.org/x",
                    "--upload-pack=id"
                }) {
            assertThatThrownBy(() -> link(Map.of("repo", address)))
                    .as(address)
                    .hasMessageContaining("A repository is written as");
        }
        assertThatThrownBy(() -> link(Map.of())).hasMessageContaining("names no repository");
        assertThatThrownBy(() -> link(Map.of("repo", URL, "branch", "--all")))
                .hasMessageContaining("name of a branch");
    }

    @Test
    void hidden_folders_and_ways_out_of_the_home_are_no_targets() {
        for (var folder :
                new String[] {
                    ".ssh", "a/.git", "../x", "a/../../x", ".", "a//b", "a\nb", "x".repeat(201)
                }) {
            assertThatThrownBy(() -> link(Map.of("repo", URL, "targetpath", folder)))
                    .as(folder)
                    .hasMessageContaining("no part of it begins with a dot");
        }
        assertThatThrownBy(() -> link(Map.of("repo", URL, "urlpath", "lab\r\nSet-Cookie: a=b")))
                .hasMessageContaining("no path");
        assertThat(link(Map.of("repo", URL, "urlpath", "\\//evil.example/x")).opens())
                .isEqualTo("evil.example/x");
    }
}
