package org.lyceum.files;

import org.lyceum.platform.linux.FileName;
import org.lyceum.platform.linux.FileStat;

/**
 * One thing in a folder.
 *
 * @param target where a link leads, for people to read; empty for everything else
 */
public record Entry(FileName name, FileStat stat, String target) {}
