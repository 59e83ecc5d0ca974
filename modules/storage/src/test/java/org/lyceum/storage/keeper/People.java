package org.lyceum.storage.keeper;

import java.nio.file.Path;
import java.util.List;

/** Somebody with a folder and no privileges, as far as the kernel can tell. */
interface People {

    /** Begins to run a shell script in the folder. */
    Script start(Path folder, String script);

    /** Runs it to its end. */
    default List<String> run(Path folder, String script) {
        return start(folder, script).lines();
    }

    /** A script that runs. */
    interface Script {
        /** What it wrote, once it has ended. */
        List<String> lines();
    }
}
