/**
 * Slots: containers that wait, with everything imported, each for the one person its server will be
 * for. Importing is nearly all of a single-user server's start, so a start that finds a slot takes
 * a twentieth of the time of one that does not.
 *
 * <p>Ideas:
 *
 * <ul>
 *   <li>The row in {@code slots_slot} decides. A start takes a slot by one conditional write, once;
 *       a slot never goes back, and nobody else is ever let into it.
 *   <li>{@code slot.py}, the launcher, imports, calls a socket of ours and waits there. Whose it is
 *       it learns from the one order it is sent; nothing of that is in the container's description.
 *       Then it becomes the environment's own program, unchanged, in the same process.
 *   <li>Which modules to import is learned from one run of the image for nobody.
 *   <li>{@code FillSlots} compares rows, containers and directories, repairs what differs, and
 *       fills or ends slots until there are as many as {@code SlotPlan} wants.
 * </ul>
 *
 * <p>Invariants: whoever calls the socket of a slot is only believed when the kernel says that it
 * runs in that slot's container; a container that carries our labels without our signature is never
 * touched; whatever goes wrong here is a normal start for the person who waits.
 *
 * <p>What a server is, and whose, this module does not know: it has a number for it.
 */
@NullMarked
package org.lyceum.slots;

import org.jspecify.annotations.NullMarked;
