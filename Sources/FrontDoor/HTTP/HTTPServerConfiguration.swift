import NIOCore
import NIOSSL

/// How an ``HTTPServer`` listens and what it accepts.
public struct HTTPServerConfiguration: Sendable {
  /// The address or name to listen on.
  public var host: String
  /// The TCP port; 0 lets the system choose (see ``HTTPServer/bind()``).
  public var port: Int
  /// Certificate and key; nil listens without TLS.
  public var tls: HTTPServerTLS?
  /// What is refused for being too big or too slow.
  public var limits = HTTPLimits()
  /// The `Server` header; nil sends none.
  public var serverHeader: String?
  /// Seconds since 1970 for the `Date` header; nil sends none. Called once a response, so it should be cheap.
  public var unixTime: (@Sendable () -> Int)?
  /// Threads that serve connections.
  public var eventLoopThreads = 2
  /// Where responders run.
  public var responderExecution = ResponderExecution.eventLoop
  /// How long connections may finish what they do when the server stops, before they are closed.
  public var shutdownGrace = Duration.seconds(5)

  /// Where ``HTTPResponder/respond(to:)`` runs.
  public enum ResponderExecution: Sendable {
    /// On the connection's own event loop: no thread switch (about 10 µs of CPU a request saved).
    case eventLoop
    /// On Swift's shared pool.
    case sharedPool
  }

  /// Defaults for everything but the address. `Date` is not sent unless `unixTime` is set.
  public init(host: String = "127.0.0.1", port: Int, tls: HTTPServerTLS? = nil) {
    self.host = host
    self.port = port
    self.tls = tls
  }
}

/// What is refused for being too big or too slow. Sizes in bytes.
public struct HTTPLimits: Sendable {
  /// The request line and all header fields together; more is answered 431.
  public var headerBytes = 64 << 10
  /// The number of header fields; more is answered 431.
  public var headerCount = 200
  /// The time from a head's first byte to its last; longer is answered 408.
  public var headerReadTimeout = TimeAmount.seconds(30)
  /// The time a connection may stay open between requests.
  public var keepAliveTimeout = TimeAmount.seconds(75)
  /// The time between two arrivals of body bytes while the server wants more; then the body fails with `.timedOut`.
  public var bodyIdleTimeout = TimeAmount.seconds(60)
  /// The most that ``HTTPRequestBody/collect(upTo:)`` takes into memory, whatever its caller allows.
  public var maximumCollectedBody = 64 << 20
  /// The unread rest of a body that is read and dropped to keep the connection; with more, the connection is closed
  /// after the answer.
  public var drainedBody = 1 << 20

  /// The defaults.
  public init() {}
}

/// A server's certificate and key.
public enum HTTPServerTLS: Sendable {
  /// PEM files: the certificate chain, leaf first, and the private key.
  case files(certificateChain: String, privateKey: String)
  /// A context made elsewhere; it should offer only `http/1.1` if it offers protocols at all.
  case context(NIOSSLContext)

  /// Reads and checks the files.
  func makeContext() throws(HTTPServerError) -> NIOSSLContext {
    switch self {
    case .context(let context):
      return context
    case .files(let certificateChain, let privateKey):
      do {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateChain)
        let key = try NIOSSLPrivateKey(file: privateKey, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
          certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.applicationProtocols = ["http/1.1"]
        // The client has this long to close in turn; many never do.
        configuration.shutdownTimeout = .seconds(1)
        return try NIOSSLContext(configuration: configuration)
      } catch {
        throw .tls(certificateChain: certificateChain, privateKey: privateKey, reason: String(describing: error))
      }
    }
  }
}
