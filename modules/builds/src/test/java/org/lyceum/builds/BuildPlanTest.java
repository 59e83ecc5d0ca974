package org.lyceum.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Problem;

import java.util.List;
import java.util.Map;

/** Goal: files mean what they mean to repo2docker, and what cannot be done is told by its line. */
class BuildPlanTest {

    private static BuildPlan plan(Map<String, String> files) {
        return BuildPlan.of(new Checkout("c0ffee", "tree", "binder/", files));
    }

    private static List<String> titles(Map<String, String> files) {
        return plan(files).parts().stream().map(BuildPlan.Part::title).toList();
    }

    private static String refused(String name, String text) {
        var problem = catchThrowableOfType(Problem.class, () -> plan(Map.of(name, text)));
        assertThat(problem).as(name).isNotNull();
        assertThat(problem.code()).isEqualTo("build.unmet");
        return problem.detail();
    }

    @Test
    void a_dockerfile_decides_alone() {
        var plan = plan(Map.of("Dockerfile", "FROM x", "apt.txt", "hello"));

        assertThat(plan.dockerfile()).isEqualTo("binder/Dockerfile");
        assertThat(plan.parts()).isEmpty();
    }

    @Test
    void parts_come_in_the_order_in_which_they_stand_on_each_other() {
        assertThat(
                        titles(
                                Map.of(
                                        "install.R", "x",
                                        "requirements.txt", "a",
                                        "apt.txt", "hello")))
                .containsExactly(
                        "Debian's packages", "Python's packages", "R's packages", "The repository");
        assertThat(titles(Map.of())).containsExactly("The repository");
    }

    @Test
    void packages_are_built_again_only_when_their_file_changes_or_means_the_repository() {
        assertThat(titles(Map.of("requirements.txt", "numpy\n"))).contains("Python's packages");
        for (var line : List.of("-r more.txt", "-e .", "./here", "  -c pinned.txt")) {
            var plan = plan(Map.of("requirements.txt", "numpy\n" + line + "\n"));
            assertThat(plan.parts()).as(line).hasSize(1);
            assertThat(plan.parts().getFirst().script()).contains("pip install");
        }
    }

    @Test
    void an_environment_of_pips_alone_can_be_done() {
        var text =
                "name: x\ndependencies:\n- python=3.13\n- pip\n- pip:\n  - numpy\n  - pandas>2\n";
        var plan = plan(Map.of("environment.yml", text, "requirements.txt", "not-this"));

        assertThat(plan.files()).containsEntry(PythonFiles.FILE, "numpy\npandas>2\n");
        assertThat(plan.parts().getFirst().script())
                .contains("python_is '3.13' 'binder/environment.yml line 3'");
    }

    @Test
    void what_cannot_be_done_is_told_by_its_line() {
        var conda = "dependencies:\n- python\n- conda-forge::numpy>=1\n";
        assertThat(refused("environment.yml", conda))
                .startsWith("binder/environment.yml line 3: “conda-forge::numpy>=1”");
        assertThat(refused("environment.yml", "a: [\nb: {"))
                .startsWith("binder/environment.yml line ")
                .endsWith("this is no YAML.");
        assertThat(refused("apt.txt", "hello\n-o=x\n")).startsWith("binder/apt.txt line 2: “-o=x”");
        assertThat(refused("apt.txt", "hello; reboot")).contains("line 1");
        assertThat(refused("runtime.txt", "r-4.1-2022-01-01")).startsWith("binder/runtime.txt");
        assertThat(refused("Project.toml", "")).startsWith("binder/Project.toml");
    }

    @Test
    void nothing_that_a_file_says_is_a_command_to_the_shell() {
        var plan = plan(Map.of("runtime.txt", "python-3.1", "postBuild", "x", "start", "x"));

        for (var part : plan.parts()) {
            assertThat(part.script()).doesNotContain("$(x)");
        }
        assertThat(Scripts.quoted("it's; $(x)")).isEqualTo("'it'\\''s; $(x)'");
    }

    @Test
    void a_log_is_read_for_who_asked_for_what_was_not_there() {
        var checkout =
                new Checkout(
                        "c", "t", "", Map.of("apt.txt", "a\nlibfoo-dev # x\n", "install.R", ""));

        assertThat(Blame.of(checkout, List.of("x", "E: Unable to locate package libfoo-dev")))
                .startsWith("apt.txt line 2: “libfoo-dev”");
        assertThat(Blame.of(checkout, List.of("ERROR: No matching distribution found for six")))
                .startsWith("“six”, which something else needs");
        assertThat(Blame.of(checkout, List.of("all is well"))).isNull();
    }
}
