package org.campaignrecovery.api.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

import io.netty.util.NetUtil;

/** Who calls, as far as an address tells: of IPv6 the first half, as whoever has one address there has all 2^64 of its network. */
final class ClientNetwork {
    private static final int NETWORK_BYTES = 8;
    private static final String UNKNOWN = "unknown";

    private ClientNetwork() {
    }

    /** @param address as text, or null; a proxy may have written it */
    static String of(String address) {
        InetAddress parsed = address == null ? null : NetUtil.createInetAddressFromIpAddressString(address);
        if (parsed == null) {
            return UNKNOWN;
        }
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                : parsed.getHostAddress();
    }
}
