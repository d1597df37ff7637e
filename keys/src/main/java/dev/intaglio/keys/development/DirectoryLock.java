package dev.intaglio.keys.development;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// One maker of keys at a time in a directory, among threads and among processes.
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = ".development-keys.lock";
    // A file lock holds between processes, and throws between threads of one.
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Waits for it. Makes the directory if it is not there.
    @SuppressWarnings("LockNotBeforeTry") // Unlocked by close, or where we fail.
    static DirectoryLock on(Path directory) throws IOException {
        Files.createDirectories(directory);
        THIS_PROCESS.lock();
        try {
            var channel = FileChannel.open(
                    directory.resolve(FILE),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.attributes(directory));
            channel.lock();
            return new DirectoryLock(channel);
        } catch (IOException | RuntimeException failed) {
            THIS_PROCESS.unlock();
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THIS_PROCESS.unlock();
        }
    }
}
