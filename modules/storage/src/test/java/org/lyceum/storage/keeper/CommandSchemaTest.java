package org.lyceum.storage.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.CommunityId;
import org.lyceum.platform.kernel.UserId;
import org.lyceum.platform.testing.SecurityStatement;
import org.lyceum.storage.Folder;
import org.lyceum.storage.FolderKey;
import org.lyceum.storage.Keeper;
import org.lyceum.storage.Limits;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Goal: the keeper takes its commands, each in one form, and nothing else. Method: every command
 * there and back; then bytes by chance, and commands with a few bytes changed, which must be
 * refused or be, to the last byte, a command.
 */
class CommandSchemaTest {

    private static final CommunityId COMMUNITY = new CommunityId(3);
    private static final Folder HOME = new Folder(12, FolderKey.home(COMMUNITY, new UserId(7)));
    private static final Folder SHARED = new Folder(13, FolderKey.shared(COMMUNITY));
    private static final Keeper.ContainerProcess CONTAINER =
            new Keeper.ContainerProcess("0123456789abcdef".repeat(4), 4711);

    private static final List<Command> ALL =
            List.of(
                    new Command.Open(),
                    new Command.Make(HOME, new Limits(1L << 40, 1_000_000)),
                    new Command.Limit(SHARED, 257, Limits.NONE),
                    new Command.Measure(HOME, 1L << 30),
                    new Command.MeasureAll(),
                    new Command.Seal(HOME),
                    new Command.Release(HOME),
                    new Command.Remove(SHARED),
                    new Command.Sweep(HOME, Instant.ofEpochMilli(1_700_000_000_000L)),
                    new Command.Snapshot(HOME, Instant.ofEpochSecond(1_700_000_000), 1L << 40),
                    new Command.SnapshotBytes(),
                    new Command.Snapshots(HOME),
                    new Command.DropSnapshot(HOME, Instant.ofEpochSecond(1_700_000_000)),
                    new Command.Mount(HOME, CONTAINER, "/home/jovyan", false),
                    new Command.Mount(SHARED, CONTAINER, "/folders/groups/Größe 4", true),
                    new Command.Grow(1L << 40));

    @Test
    void every_command_comes_back_as_it_was_and_fits() throws RefusedException {
        assertThat(ALL.stream().map(Object::getClass).distinct())
                .hasSize(Command.class.getPermittedSubclasses().length);
        for (var command : ALL) {
            var bytes = CommandSchema.bytes(command);
            assertThat(bytes).hasSizeLessThanOrEqualTo(CommandSchema.MOST);
            assertThat(CommandSchema.command(bytes)).isEqualTo(command);
        }
    }

    @Test
    @SecurityStatement(58)
    void bytes_by_chance_are_refused_or_are_a_command_to_the_last_byte() {
        var chance = new SplittableRandom(58);
        int commands = 0;
        for (int i = 0; i < 300_000; i++) {
            var bytes = new byte[chance.nextInt(80)];
            chance.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) chance.nextInt(16);
            }
            commands += commandOrRefused(bytes);
        }
        assertThat(commands).isPositive(); // or nothing was tried that comes near one
    }

    @Test
    @SecurityStatement(58)
    void a_command_that_was_tampered_with_is_refused_or_another_command() {
        var chance = new SplittableRandom(59);
        int commands = 0;
        for (int i = 0; i < 300_000; i++) {
            commands += commandOrRefused(changed(ALL.get(i % ALL.size()), chance));
        }
        assertThat(commands).isPositive();
    }

    @Test
    @SecurityStatement(58)
    void no_place_leads_out_of_where_folders_are_mounted() {
        for (var place :
                List.of(
                        "/",
                        "/etc",
                        "/proc/1",
                        "/folders",
                        "/folders/..",
                        "/folders/.ssh",
                        "/folders/a/b",
                        "/folders/groups/../../etc",
                        "/folders/groups/a/b",
                        "/home/jovyan/shared",
                        "/home/jovyan/",
                        "/scratch\n",
                        "/folders/a\0b",
                        "scratch",
                        "")) {
            assertThatThrownBy(() -> new Command.Mount(HOME, CONTAINER, place, false))
                    .as(place)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(commandOrRefused(mount(place))).as(place).isZero();
        }
    }

    /** As somebody would write it who does not use our class. */
    private static byte[] mount(String place) {
        var good = CommandSchema.bytes(new Command.Mount(HOME, CONTAINER, "/scratch", false));
        var bytes = place.getBytes(StandardCharsets.UTF_8);
        int head = good.length - 1 - "/scratch".length() - 2;
        var whole = new byte[head + 2 + bytes.length + 1];
        System.arraycopy(good, 0, whole, 0, head);
        whole[head + 1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, whole, head + 2, bytes.length);
        return whole;
    }

    private static byte[] changed(Command command, SplittableRandom chance) {
        var bytes = CommandSchema.bytes(command);
        int length = Math.max(0, bytes.length + chance.nextInt(-3, 4));
        var changed = java.util.Arrays.copyOf(bytes, length);
        for (int i = chance.nextInt(4); i > 0 && length > 0; i--) {
            changed[chance.nextInt(length)] = (byte) chance.nextInt(256);
        }
        return changed;
    }

    private static int commandOrRefused(byte[] bytes) {
        try {
            assertThat(CommandSchema.bytes(CommandSchema.command(bytes))).isEqualTo(bytes);
            return 1;
        } catch (RefusedException refused) {
            return 0;
        }
    }
}
