package org.lyceum.storage.keeper;

import java.io.IOException;

/** What was asked is no command, or whoever asks may not. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
