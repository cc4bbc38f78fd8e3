// The yardstick the front door is measured against: SwiftNIO's own HTTP pipeline and one channel handler that answers
// fixed bytes from memory. It has no limits, no concurrency runtime, no access checks: nothing real can be cheaper.
//
//   RawNIOServer [port = 8090] [threads = 2]
//
// GET or POST `/` answers 13 bytes, `/1k` 1,024 bytes, `/16m` 16 MiB; request bodies are read and dropped.

import NIOCore
import NIOHTTP1
import NIOPosix

/// The bodies, made once and shared by all connections.
struct FixedBodies: Sendable {
  let hello = ByteBuffer(string: "Hello, world!")
  let oneKiB = ByteBuffer(repeating: UInt8(ascii: "k"), count: 1024)
  let sixteenMiB = ByteBuffer(repeating: UInt8(ascii: "m"), count: 16 << 20)

  /// The body for a request target, or nil when there is none.
  func body(for target: String) -> ByteBuffer? {
    switch target {
    case "/": hello
    case "/1k": oneKiB
    case "/16m": sixteenMiB
    default: nil
    }
  }
}

/// Answers every request when its last byte has come.
final class FixedAnswers: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let bodies: FixedBodies
  private var target = ""
  private var keepAlive = true

  init(bodies: FixedBodies) {
    self.bodies = bodies
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      target = head.uri
      keepAlive = head.isKeepAlive
    case .body:
      break
    case .end:
      answer(context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ context: ChannelHandlerContext) {
    let body = bodies.body(for: target)
    let headers: HTTPHeaders = [
      "Content-Type": "application/octet-stream", "Content-Length": String(body?.readableBytes ?? 0),
    ]
    let head = HTTPResponseHead(version: .http1_1, status: body == nil ? .notFound : .ok, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if let body {
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    if !keepAlive {
      written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
  }
}

let arguments = CommandLine.arguments.dropFirst()
let port = arguments.first.flatMap { Int($0) } ?? 8090
let threads = arguments.dropFirst().first.flatMap { Int($0) } ?? 2
let bodies = FixedBodies()

let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: threads))
  .serverChannelOption(.backlog, value: 1024)
  .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
  .childChannelInitializer { channel in
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
      try channel.pipeline.syncOperations.addHandler(FixedAnswers(bodies: bodies))
    }
  }
  .bind(host: "127.0.0.1", port: port).get()
print("raw SwiftNIO: http://127.0.0.1:\(channel.localAddress?.port ?? port), \(threads) threads")
try await channel.closeFuture.get()
