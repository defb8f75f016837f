package org.campaignrecovery.local.smtp;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client's connection that is kept open over many messages. */
public final class SmtpDialogue implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private final List<String> extensions = new ArrayList<>();

    public SmtpDialogue(int port) throws IOException {
        this(port, true);
    }

    /** @param greeted whether the greeting is awaited and answered */
    public SmtpDialogue(int port, boolean greeted) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(new BufferedInputStream(socket.getInputStream()), StandardCharsets.UTF_8));
        out = socket.getOutputStream();
        if (greeted) {
            answer();
            write("EHLO client\r\n");
            for (String line = line(); line != null; line = line.charAt(3) == '-' ? line() : null) {
                extensions.add(line.substring(4));
            }
        }
    }

    /** What the server said to EHLO. */
    public List<String> extensions() {
        return extensions;
    }

    /** The server's answer to the final dot. */
    public String send(String from, String to, String message) throws IOException {
        command("MAIL FROM:<" + from + ">");
        for (String recipient : to.split(",")) {
            command("RCPT TO:<" + recipient + ">");
        }
        command("DATA");
        return command(message + "\r\n.");
    }

    /** The answer to one line, null when the connection was closed instead. */
    public String command(String line) throws IOException {
        write(line + "\r\n");
        return answer();
    }

    /** The next answer, null when the connection was closed instead. */
    public String answer() throws IOException {
        String line = line();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    private String line() throws IOException {
        try {
            return in.readLine();
        } catch (SocketException reset) {
            return null;
        }
    }

    /** Without waiting for anything. */
    public void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
