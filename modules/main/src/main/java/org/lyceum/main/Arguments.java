package org.lyceum.main;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the command line asks for. People use {@code installer/lyceum}; this is the door behind it,
 * so it has no more than that needs.
 */
sealed interface Arguments {

    String HELP =
            """
            Lyceum: hubs, sign-in, quotas and the panel, in one process.

              --config FILE   run with this configuration
              --storage VERB --config FILE
                              set-up, status, grow SIZE or close the pool that holds people's
                              files
              --keeper --config FILE
                              do what needs root's rights for a platform that runs apart
                              (storage.keeper = "apart"), until told to end
              --train         run for a moment on a throwaway directory, then end:
                              for making the start-up cache
              --version       print the version
              --help          print this

            Exit codes: 0 ended as told, 64 unknown arguments, 70 a bug, 75 something outside is
            in the way, 78 the configuration or a database newer than the program.
            """;

    record Run(Path config) implements Arguments {}

    record Storage(StorageCommand.Verb verb, String size, Path config) implements Arguments {}

    record Keeper(Path config) implements Arguments {}

    record Train() implements Arguments {}

    record Print(String text) implements Arguments {}

    record Unknown(String message) implements Arguments {}

    /** {@code version} is asked only for {@code --version}: it opens the program's jar. */
    static Arguments parse(List<String> words, Supplier<String> version) {
        return switch (words.isEmpty() ? "--help" : words.getFirst()) {
            case "--help" -> new Print(HELP);
            case "--version" -> new Print("lyceum " + version.get() + "\n");
            case "--config" -> words.size() == 2 ? new Run(Path.of(words.get(1))) : missingFile();
            case "--storage" -> storage(words);
            case "--keeper" -> keeper(words);
            case "--train" -> new Train();
            default -> new Unknown("Unknown argument '" + words.getFirst() + "'. Try --help.");
        };
    }

    private static Arguments storage(List<String> words) {
        var verb = words.size() < 2 ? null : StorageCommand.Verb.of(words.get(1));
        int at = verb == StorageCommand.Verb.GROW ? 3 : 2;
        boolean whole = words.size() == at + 2 && words.get(at).equals("--config");
        return verb == null || !whole
                ? new Unknown(
                        "Give --storage set-up, status, grow SIZE or close, and --config FILE.")
                : new Storage(verb, at == 3 ? words.get(2) : "", Path.of(words.get(at + 1)));
    }

    private static Arguments keeper(List<String> words) {
        boolean whole = words.size() == 3 && words.get(1).equals("--config");
        return whole ? new Keeper(Path.of(words.get(2))) : missingFile();
    }

    private static Unknown missingFile() {
        return new Unknown("Give one configuration file. Try --help.");
    }
}
