package org.lyceum.storage;

import java.io.IOException;

/** Something that is not ours stands where a folder should be. Nothing was changed. */
public final class UnsafeFolderException extends IOException {

    public UnsafeFolderException(String message) {
        super(message);
    }
}
