package org.lyceum.storage.keeper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lyceum.platform.kernel.Bytes;
import org.lyceum.storage.PoolKind;
import org.lyceum.storage.StorageConfig;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the contracts where a kernel is that has XFS' and ext4's project quotas: in the virtual
 * machine that installer/tests/quota_vm_test.sh starts. Prints the Test Anything Protocol. Not run
 * by the build: there is no engine and no test runner in that machine.
 */
final class QuotaInMachine {

    private static int number;

    private QuotaInMachine() {}

    public static void main(String[] kinds) throws Exception {
        System.out.println(); // the machine's firmware leaves its cursor in the middle of a line
        for (var name : kinds) {
            var kind = StorageConfig.Kind.valueOf(name);
            try (var pool = new PoolUnderTest(directory(kind), kind, Bytes.mib(600))) {
                runAll(new Contract(kind, pool), name);
            }
            if (kind != StorageConfig.Kind.IMAGES) {
                runAll(new Image(kind), name);
                runAll(new Earlier(kind), name);
            }
        }
        System.out.println("1.." + number);
        System.out.flush();
    }

    /** Where somebody who is not root can pass. */
    private static Path directory(StorageConfig.Kind kind) throws IOException {
        var directory = Files.createTempDirectory(Path.of("/pools"), kind.toString());
        Files.setPosixFilePermissions(
                directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
        return directory;
    }

    private static void runAll(Object scenarios, String kind) throws Exception {
        for (var test : methods(scenarios.getClass(), Test.class)) {
            number++;
            var name = kind + " " + test.getName().replace('_', ' ');
            try {
                call(scenarios, BeforeEach.class);
                try {
                    invoke(scenarios, test);
                } finally {
                    call(scenarios, AfterEach.class);
                }
                System.out.println("ok " + number + " - " + name);
            } catch (Throwable failure) {
                System.out.println("not ok " + number + " - " + name);
                failure.printStackTrace(System.out);
            }
        }
    }

    private static void call(Object scenarios, Class<? extends Annotation> mark) throws Throwable {
        for (var method : methods(scenarios.getClass(), mark)) {
            invoke(scenarios, method);
        }
    }

    private static void invoke(Object scenarios, Method method) throws Throwable {
        try {
            method.setAccessible(true);
            method.invoke(scenarios);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static List<Method> methods(Class<?> type, Class<? extends Annotation> mark) {
        var found = new ArrayList<Method>();
        for (var at = type; at != null; at = at.getSuperclass()) {
            for (var method : at.getDeclaredMethods()) {
                if (method.isAnnotationPresent(mark)) {
                    found.add(method);
                }
            }
        }
        return found;
    }

    private static String refusal(StorageConfig.Kind kind) {
        return kind == StorageConfig.Kind.EXT4 ? "Disk quota exceeded" : "No space left on device";
    }

    private static final class Contract extends QuotaContract {

        private final StorageConfig.Kind kind;
        private final PoolUnderTest pool;

        Contract(StorageConfig.Kind kind, PoolUnderTest pool) {
            this.kind = kind;
            this.pool = pool;
        }

        @Override
        LocalKeeper keeper() {
            return pool.keeper();
        }

        @Override
        People people() {
            return new ProcessPeople();
        }

        @Override
        PoolKind kind() {
            return PoolKind.valueOf(kind.name());
        }

        @Override
        String refusal() {
            return QuotaInMachine.refusal(kind);
        }

        @Override
        int roundedFiles() {
            return kind == StorageConfig.Kind.IMAGES ? 32 : 0;
        }

        /** The reconciler does this each minute: what was freed goes to the ballast. */
        @Override
        void settle(org.lyceum.storage.Folder folder, org.lyceum.storage.Keeper.Made made)
                throws IOException {
            super.settle(folder, made);
            if (kind == StorageConfig.Kind.IMAGES) {
                var bytes = keeper().usage(folder, made.mark()).limits().bytes();
                keeper().limit(
                                folder,
                                made.mark(),
                                new org.lyceum.storage.Limits(Math.min(bytes, 64 * MIB), 0));
            }
        }

        @Override
        void reboot() throws IOException {
            pool.reboot();
            keeper().open();
        }
    }

    private static final class Earlier extends SnapshotContract {

        private final StorageConfig.Kind kind;

        Earlier(StorageConfig.Kind kind) {
            this.kind = kind;
        }

        @Override
        StorageConfig.Kind kind() {
            return kind;
        }

        @Override
        Path directory() throws IOException {
            return QuotaInMachine.directory(kind);
        }
    }

    private static final class Image extends PoolImageContract {

        private final StorageConfig.Kind kind;

        Image(StorageConfig.Kind kind) {
            this.kind = kind;
        }

        @Override
        StorageConfig.Kind kind() {
            return kind;
        }

        @Override
        Path directory() throws IOException {
            return QuotaInMachine.directory(kind);
        }

        @Override
        People people(PoolUnderTest pool) {
            return new ProcessPeople();
        }
    }
}
