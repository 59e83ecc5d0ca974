package org.lyceum.slots;

import java.util.Map;

/** What a server of nobody would find, for the run from which an image is learned. */
@FunctionalInterface
public interface Rehearsal {

    /** Every variable a server of ours finds, with made-up values. */
    Map<String, String> environment();
}
