import ArgumentParser
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Server

/// Asks a running server's own pages, for the commands that are about one.
struct HelperClient {
  /// An answer: its text, and the JSON object in it.
  struct Page {
    let text: String
    let object: [String: Any]
  }

  let configuration: ServerConfiguration

  init(_ address: ServerAddress) throws {
    var configuration = ServerConfiguration()
    try address.fill(&configuration)
    self.configuration = configuration
  }

  func get(_ path: String) async throws -> Page { try await send(.GET, path, nil) }

  func post(_ path: String, _ body: [String: Any]) async throws -> Page {
    try await send(.POST, path, JSONSerialization.data(withJSONObject: body))
  }

  /// - Throws: ``Failure`` in the server's words, or saying that no server answers.
  private func send(_ method: HTTPMethod, _ path: String, _ body: Data?) async throws -> Page {
    let (status, bytes) = try await exchange(method, "/_hakoniwa/" + path, body)
    let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    guard status == 200 else {
      throw Failure(object?["message"] as? String ?? "The server answered with status \(status).")
    }
    return Page(text: String(decoding: bytes, as: UTF8.self), object: object ?? [:])
  }

  private func exchange(_ method: HTTPMethod, _ path: String, _ body: Data?) async throws -> (Int, [UInt8]) {
    let endpoint = configuration.endpoint(port: configuration.port)
    let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(.seconds(5))
    let isTLS = configuration.tls != .none
    let host = configuration.host == "0.0.0.0" ? "127.0.0.1" : configuration.host
    let channel: NIOAsyncChannel<HTTPClientResponsePart, HTTPPart<HTTPRequestHead, ByteBuffer>>
    do {
      channel = try await bootstrap.connect(host: host, port: configuration.port) { channel in
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
      throw Failure("No server answers at \(endpoint). Start one with: hakoniwa serve")
    }
    return try await channel.executeThenClose { inbound, outbound in
      var head = HTTPRequestHead(version: .http1_1, method: method, uri: path)
      head.headers.add(name: "host", value: "\(host):\(configuration.port)")
      head.headers.add(name: "content-length", value: "\(body?.count ?? 0)")
      head.headers.add(name: "connection", value: "close")
      // In one go: the server closes after its answer, which may come as soon as the body's last byte is there.
      let parts: [HTTPPart<HTTPRequestHead, ByteBuffer>] =
        [.head(head)] + (body.map { [.body(ByteBuffer(bytes: $0))] } ?? []) + [.end(nil)]
      try await outbound.write(contentsOf: parts)
      var status = 0
      var bytes: [UInt8] = []
      for try await part in inbound {
        switch part {
        case .head(let head): status = Int(head.status.code)
        case .body(let buffer): bytes.append(contentsOf: buffer.readableBytesView)
        case .end: return (status, bytes)
        }
      }
      return (status, bytes)
    }
  }
}

/// Why a command failed, in words for the person who typed it.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
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
