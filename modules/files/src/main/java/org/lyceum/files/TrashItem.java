package org.lyceum.files;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;

import java.time.LocalDateTime;

/**
 * Something in the trash.
 *
 * @param name under which the trash has it
 * @param from where it lay; null when that is not known, or was outside
 * @param deleted by the clock of whoever deleted it, which for a server is UTC; null when unknown
 */
public record TrashItem(
        FileName name, @Nullable FilePath from, @Nullable LocalDateTime deleted, FileStat stat) {}
