package org.campaignrecovery.local.smtp;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Its connections say at once what they have to say: the answer to the second of several commands does not wait until the client has acknowledged the first. */
final class PromptServerSocket extends ServerSocket {

    PromptServerSocket() throws IOException {
        // Bound by the mail server.
    }

    @Override
    public Socket accept() throws IOException {
        Socket connection = super.accept();
        connection.setTcpNoDelay(true);
        return connection;
    }
}
