/**
 * People's files as they are seen without a server: {@link org.lyceum.files.FileService} lists,
 * reads and changes them, {@link org.lyceum.files.ArchiveService} packs folders, {@link
 * org.lyceum.files.TrashService} keeps what was deleted.
 *
 * <p>Everything that touches a folder does so with its owner's rights, on threads that have no
 * others ({@link org.lyceum.files.OwnerAccess}): the kernel decides what is allowed and what still
 * fits, exactly as in the owner's server. Names are bytes ({@link org.lyceum.files.FilePath}); no
 * link is ever followed; every list, buffer and wait has a bound, however many files there are.
 *
 * <p>Knows no request and no page, and who may see a folder is asked above.
 */
@NullMarked
package org.lyceum.files;

import org.jspecify.annotations.NullMarked;
