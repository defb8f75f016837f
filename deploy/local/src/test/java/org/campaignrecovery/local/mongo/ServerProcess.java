package org.campaignrecovery.local.mongo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A server in a JVM of its own, to be killed. */
final class ServerProcess {

    private final Process process;
    final String connectionString;

    private ServerProcess(Process process, String connectionString) {
        this.process = process;
        this.connectionString = connectionString;
    }

    static ServerProcess start(Path file) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ServerProcess.class.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith("mongodb://")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("The server did not start");
        }
        return new ServerProcess(process, line);
    }

    /** SIGKILL: the process gets no chance to write anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] args) throws InterruptedException {
        EmbeddedMongo server = EmbeddedMongo.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Path.of(args[0]));
        System.out.println(server.connectionString());
        Thread.currentThread().join();
    }
}
