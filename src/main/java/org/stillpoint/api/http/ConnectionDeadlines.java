package org.stillpoint.api.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link HeadGuard} on every connection as it is accepted. The framework lets nobody see a
 * connection before its first request; but any request leads to the socket that accepted it, so the
 * first one since the start arms all connections that come after it.
 */
@Sharable
final class ConnectionDeadlines extends ChannelInboundHandlerAdapter {
  private static final String NAME = "stillpoint-deadlines";

  private final Duration headDeadline;

  private ConnectionDeadlines(Duration headDeadline) {
    this.headDeadline = headDeadline;
  }

  static void guard(HttpServerRequest request, Duration headDeadline) {
    if (!(request.connection() instanceof ConnectionBase connection)) {
      return;
    }
    @Nullable Channel listening = connection.channel().parent();
    if (listening == null || listening.pipeline().get(NAME) != null) {
      return;
    }
    var deadlines = new ConnectionDeadlines(headDeadline);
    listening
        .eventLoop()
        .execute(
            () -> {
              if (listening.pipeline().get(NAME) == null) {
                listening.pipeline().addFirst(NAME, deadlines);
              }
            });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    if (accepted instanceof Channel connection) {
      connection.pipeline().addLast(new HeadGuard(headDeadline));
    }
    context.fireChannelRead(accepted);
  }
}
