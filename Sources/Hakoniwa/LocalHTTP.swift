import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Server

/// Sends requests to a running server, each over a connection of its own.
struct LocalHTTP {
  let configuration: ServerConfiguration

  /// An answer, whole.
  struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]
  }

  var host: String { configuration.host == "0.0.0.0" ? "127.0.0.1" : configuration.host }
  /// The `Host` header, which signatures cover.
  var authority: String { "\(host):\(configuration.port)" }

  /// Sends a request and collects the answer.
  func send(
    _ method: HTTPMethod, _ uri: String, headers: [(String, String)] = [], body: Data? = nil
  ) async throws -> Answer {
    var bytes: [UInt8] = []
    let head = try await send(method, uri, headers: headers, body: body) {
      bytes.append(contentsOf: $0.readableBytesView)
    }
    return Answer(status: Int(head.status.code), headers: head.headers, body: bytes)
  }

  /// Sends a request, and hands the answer's body over as it comes.
  /// - Throws: ``Failure`` saying that no server answers.
  func send(
    _ method: HTTPMethod, _ uri: String, headers: [(String, String)], body: Data?,
    _ receive: (ByteBuffer) throws -> Void
  ) async throws -> HTTPResponseHead {
    let channel = try await connect()
    return try await channel.executeThenClose { inbound, outbound in
      var head = HTTPRequestHead(version: .http1_1, method: method, uri: uri)
      head.headers.add(name: "host", value: authority)
      for (name, value) in headers { head.headers.add(name: name, value: value) }
      head.headers.add(name: "content-length", value: "\(body?.count ?? 0)")
      head.headers.add(name: "connection", value: "close")
      // In one go: the server closes after its answer, which may come as soon as the body's last byte is there.
      let parts: [HTTPPart<HTTPRequestHead, ByteBuffer>] =
        [.head(head)] + (body.map { [.body(ByteBuffer(bytes: $0))] } ?? []) + [.end(nil)]
      try await outbound.write(contentsOf: parts)
      var answer: HTTPResponseHead?
      for try await part in inbound {
        switch part {
        case .head(let head): answer = head
        case .body(let buffer): try receive(buffer)
        case .end:
          if let answer { return answer }
        }
      }
      throw Failure(
        "The server at \(configuration.endpoint(port: configuration.port)) ended in the middle of its answer.")
    }
  }

  private typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPPart<HTTPRequestHead, ByteBuffer>>

  private func connect() async throws -> Channel {
    let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(.seconds(5))
    let isTLS = configuration.tls != .none
    do {
      return try await bootstrap.connect(host: host, port: configuration.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          if isTLS {
            var settings = TLSConfiguration.makeClientConfiguration()
            // The server's own certificate, made by itself, on an address the person at this machine named.
            settings.certificateVerification = .none
            let handler = try NIOSSLClientHandler(context: NIOSSLContext(configuration: settings), serverHostname: nil)
            try channel.pipeline.syncOperations.addHandler(handler)
          }
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(RequestParts())
          return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
      }
    } catch {
      let endpoint = configuration.endpoint(port: configuration.port)
      throw Failure("No server answers at \(endpoint). Start one with: hakoniwa serve")
    }
  }
}

/// Lets a request's body be written as a plain buffer.
private final class RequestParts: ChannelOutboundHandler {
  typealias OutboundIn = HTTPPart<HTTPRequestHead, ByteBuffer>
  typealias OutboundOut = HTTPClientRequestPart

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part: HTTPClientRequestPart =
      switch unwrapOutboundIn(data) {
      case .head(let head): .head(head)
      case .body(let buffer): .body(.byteBuffer(buffer))
      case .end(let trailers): .end(trailers)
      }
    context.write(wrapOutboundOut(part), promise: promise)
  }
}
