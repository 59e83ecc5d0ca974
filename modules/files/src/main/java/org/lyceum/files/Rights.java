package org.lyceum.files;

import java.io.IOException;
import java.util.concurrent.Callable;

/** With whose rights the kernel is asked. */
@FunctionalInterface
interface Rights {

    /** Goes on with something that is open; short, or others wait. */
    <T> T call(Callable<T> work) throws IOException;
}
