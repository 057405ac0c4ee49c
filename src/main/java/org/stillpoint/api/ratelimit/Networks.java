package org.stillpoint.api.ratelimit;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Who counts as one address. */
final class Networks {
  /** One subscriber gets at least so many bytes of an IPv6 address, and the rest to play with. */
  private static final int SUBSCRIBER = 8;

  private Networks() {}

  static String of(@Nullable SocketAddress client) {
    @Nullable String address = client == null ? null : client.hostAddress();
    if (address == null) {
      return "";
    }
    byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length <= SUBSCRIBER
        ? address
        : HexFormat.of().formatHex(Arrays.copyOf(bytes, SUBSCRIBER));
  }
}
