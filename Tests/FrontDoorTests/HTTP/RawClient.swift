import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A client that sends exactly the bytes it is told to, and shows exactly what came back.
struct RawClient: Sendable {
  let channel: any Channel
  private let received: Received

  struct TimedOut: Error, CustomStringConvertible {
    let description: String
  }

  private final class Received: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    let state = Mutex((bytes: [UInt8](), closed: false))

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let buffer = unwrapInboundIn(data)
      state.withLock { $0.bytes.append(contentsOf: buffer.readableBytesView) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      state.withLock { $0.closed = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }

  /// - Parameter tls: speaks TLS without checking the certificate.
  static func connect(port: Int, tls: Bool = false) async throws -> RawClient {
    let received = Received()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if tls {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.certificateVerification = .none
            let context = try NIOSSLContext(configuration: configuration)
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
          }
          try channel.pipeline.syncOperations.addHandler(received)
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    return RawClient(channel: channel, received: received)
  }

  func send(_ text: String) async throws {
    try await channel.writeAndFlush(ByteBuffer(string: text))
  }

  func send(_ bytes: ByteBuffer) async throws {
    try await channel.writeAndFlush(bytes)
  }

  /// Everything received so far.
  var bytes: [UInt8] { received.state.withLock { $0.bytes } }
  var text: String { String(decoding: bytes, as: UTF8.self) }
  var isClosed: Bool { received.state.withLock { $0.closed } }

  /// Waits until what was received satisfies the condition, and returns it.
  @discardableResult
  func wait(
    _ what: String = "condition", within limit: Duration = .seconds(10), until condition: (String) -> Bool
  ) async throws -> String {
    let end = ContinuousClock.now + limit
    while true {
      let text = text
      if condition(text) { return text }
      guard ContinuousClock.now < end else { throw TimedOut(description: "no \(what) in: \(text.prefix(300))") }
      try await Task.sleep(for: .milliseconds(3))
    }
  }

  /// Waits until the server has closed, and returns all it sent.
  func readToEnd(within limit: Duration = .seconds(10)) async throws -> String {
    try await wait("close", within: limit) { _ in isClosed }
  }

  /// Sends a request and waits for an answer that ends with `ending`.
  @discardableResult
  func exchange(_ request: String, endingWith ending: String) async throws -> String {
    try await send(request)
    return try await wait("answer ending with \(ending)") { $0.hasSuffix(ending) }
  }

  func close() async throws {
    try await channel.close()
  }
}
