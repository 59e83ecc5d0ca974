package org.lyceum.builds;

import org.lyceum.platform.kernel.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import java.io.StringReader;
import java.util.regex.Pattern;

/**
 * {@code environment.yml}, as far as it can be done without conda: the version of Python, and what
 * pip installs.
 *
 * @param python for the shell: a check of the version; may be empty
 * @param requirements in the form of {@code requirements.txt}
 */
record CondaFile(String python, String requirements) {

    private static final String FILE = "environment.yml";

    private static final Pattern DEPENDENCY =
            Pattern.compile("([A-Za-z0-9_.-]+::)?([A-Za-z0-9_.-]+)\\s*(.*)");

    private static final Pattern VERSION =
            Pattern.compile("={1,2}\\s*(\\d+(\\.\\d+){0,2})(\\.\\*)?");

    static CondaFile of(Checkout checkout) {
        var reading = new Reading(checkout.path(FILE));
        var text = checkout.file(FILE);
        reading.read(text == null ? "" : text);
        return new CondaFile(reading.python, reading.requirements.toString());
    }

    private static final class Reading {

        private final String path;
        private final StringBuilder requirements = new StringBuilder();
        private String python = "";

        Reading(String path) {
            this.path = path;
        }

        void read(String text) {
            try {
                var yaml = new Yaml(new LoaderOptions());
                var root = yaml.compose(new StringReader(text));
                if (root instanceof MappingNode mapping) {
                    for (var tuple : mapping.getValue()) {
                        if (word(tuple.getKeyNode()).equals("dependencies")) {
                            dependencies(tuple.getValueNode());
                        }
                    }
                }
            } catch (MarkedYAMLException e) {
                var mark = e.getProblemMark();
                throw at(mark == null ? 1 : mark.getLine() + 1, "this is no YAML");
            } catch (YAMLException e) {
                throw at(1, "this is no YAML");
            }
        }

        private void dependencies(Node node) {
            if (!(node instanceof SequenceNode list)) {
                return;
            }
            for (var each : list.getValue()) {
                if (each instanceof MappingNode mapping) {
                    mapping.getValue()
                            .forEach(tuple -> pip(tuple.getKeyNode(), tuple.getValueNode()));
                } else {
                    dependency(word(each), line(each));
                }
            }
        }

        private void pip(Node key, Node value) {
            if (!word(key).equals("pip") || !(value instanceof SequenceNode list)) {
                throw at(line(key), "only a list under pip: is understood here");
            }
            list.getValue().forEach(each -> requirements.append(word(each)).append('\n'));
        }

        private void dependency(String text, int line) {
            var matcher = DEPENDENCY.matcher(text);
            var name = matcher.matches() ? matcher.group(2) : text;
            if (name.equals("pip")) {
                return;
            }
            if (!name.equals("python")) {
                throw at(
                        line,
                        "“"
                                + text
                                + "” is a package of conda's, and there is no conda here; write it"
                                + " under pip:, or its Debian package into apt.txt, or use a"
                                + " Dockerfile");
            }
            var version = VERSION.matcher(matcher.group(3));
            if (version.matches()) {
                python = PythonFiles.check(version.group(1), path + " line " + line);
            } else if (!matcher.group(3).isBlank()) {
                throw at(line, "write the version as python=3.x here, or leave it out");
            }
        }

        private Problem at(int line, String words) {
            return BuildPlan.unmet(path + " line " + line + ": " + words);
        }

        private static int line(Node node) {
            return node.getStartMark().getLine() + 1;
        }

        private static String word(Node node) {
            return node instanceof ScalarNode scalar ? scalar.getValue() : "";
        }
    }
}
