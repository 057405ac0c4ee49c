package org.stillpoint.api.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose request head doesn't arrive in time. A timeout of silence alone doesn't
 * do: a byte every few seconds would hold the connection for hours.
 */
// A close that fails leaves nothing to do.
@SuppressWarnings("FutureReturnValueIgnored")
final class HeadGuard extends ChannelInboundHandlerAdapter {
  /** The framework's names for its handlers. */
  private static final String DECODER = "httpDecoder";

  private static final String HANDLER = "handler";

  private final Duration deadline;
  private boolean watching;
  private boolean betweenRequests = true;
  private boolean progress;
  private @Nullable ScheduledFuture<?> timer;

  HeadGuard(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (!watching && context.pipeline().get(DECODER) != null) {
      watching = true;
      context.pipeline().addBefore(HANDLER, "stillpoint-messages", new MessageGuard(this));
    }
    progress = false;
    context.fireChannelRead(bytes);
    // Scheduled only now, because nearly every head comes whole, in one read.
    if (betweenRequests && !progress && timer == null) {
      timer =
          context
              .executor()
              .schedule(() -> context.close(), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancel();
    context.fireChannelInactive();
  }

  /** The head of a request is there. */
  void headArrived() {
    progress = true;
    betweenRequests = false;
    cancel();
  }

  /** The last byte of a request is there. */
  void requestEnded() {
    progress = true;
    betweenRequests = true;
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
