package org.lyceum.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** Something that can be sent, also from a place in the middle. Close what is not opened. */
public interface Download extends AutoCloseable {

    /** In bytes. */
    long length();

    /** Another text once the bytes may be others; of letters, digits and hyphens. */
    String tag();

    /** When it changed last. */
    Instant modified();

    /**
     * Its bytes from this place on, to be closed; once.
     *
     * @param from 0 up to the length
     */
    InputStream from(long from) throws IOException;

    @Override
    void close();
}
