import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// An HTTP/1.1 server on one address.
///
/// `run()` serves until the task is cancelled or its service group shuts down gracefully. A graceful stop closes the
/// listening socket and idle connections at once, cancels responders whose request is complete (parked long polls
/// return), and gives all others `shutdownGrace` to finish before they are closed. Each request has a task of its own,
/// bound to its connection: it is cancelled with the connection, and `run()` waits for it.
public actor HTTPServer: Service {
  private enum State {
    case initial
    case binding
    case bound(any Channel, MultiThreadedEventLoopGroup)
    case running
    case finished
  }

  private let configuration: HTTPServerConfiguration
  private let responder: any HTTPResponder
  private let logger: Logger
  private let registry = HTTPConnectionRegistry()
  private var state = State.initial

  /// A server that is not yet listening.
  public init(configuration: HTTPServerConfiguration, responder: any HTTPResponder, logger: Logger) {
    self.configuration = configuration
    self.responder = responder
    self.logger = logger
  }

  /// How many connections are open.
  public nonisolated var connectionCount: Int { registry.count }

  /// Starts to listen. Connections are accepted from now on and answered; `run()` must follow, for it is what stops
  /// the server again.
  ///
  /// - Returns: the port, which is the system's choice if the configuration says 0.
  /// - Throws: ``HTTPServerError``: the port is in use, the address or the certificate is no good.
  @discardableResult
  public func bind() async throws(HTTPServerError) -> Int {
    guard case .initial = state else { throw .alreadyStarted }
    state = .binding
    do {
      let tls = try configuration.tls?.makeContext()
      let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.eventLoopThreads))
      let channel = try await listen(on: group, tls: tls)
      state = .bound(channel, group)
      let port = channel.localAddress?.port ?? configuration.port
      logger.debug("listening", metadata: ["host": "\(configuration.host)", "port": "\(port)", "tls": "\(tls != nil)"])
      return port
    } catch {
      state = .finished
      throw error
    }
  }

  /// Listens if ``bind()`` was not called before, and serves until stopped.
  ///
  /// - Throws: ``HTTPServerError``.
  public func run() async throws {
    if case .initial = state {
      try await bind()
    }
    guard case .bound(let channel, let group) = state else { throw HTTPServerError.alreadyStarted }
    state = .running
    let failure = await serve(until: channel)
    try? await channel.close()
    await stopConnections()
    state = .finished
    if registry.count == 0 {
      try? await group.shutdownGracefully()
    } else {
      // Its threads stay, for a responder that returns later still needs them to end its task.
      logger.warning(
        "requests are still being worked on after the shutdown grace", metadata: ["connections": "\(registry.count)"])
    }
    if let failure { throw failure }
  }

  /// Waits for a stop, or for the listening socket to fail.
  private func serve(until channel: any Channel) async -> HTTPServerError? {
    await withTaskGroup(of: HTTPServerError?.self) { tasks in
      tasks.addTask {
        try? await gracefulShutdown()
        return nil
      }
      tasks.addTask {
        let closed = channel.eventLoop.makePromise(of: Void.self)
        channel.closeFuture.cascade(to: closed)
        // The future itself does not notice cancellation; a stop closes the channel, which completes it.
        await withTaskCancellationHandler {
          _ = try? await closed.futureResult.get()
        } onCancel: {
          channel.close(promise: nil)
        }
        return Task.isCancelled ? nil : .listenerFailed(reason: "it was closed")
      }
      let first = await tasks.next() ?? nil
      tasks.cancelAll()
      return first
    }
  }

  private func stopConnections() async {
    registry.askAllToClose()
    if !Task.isCancelled {
      await withTaskGroup(of: Void.self) { [registry, configuration] tasks in
        tasks.addTask { await registry.waitUntilEmpty() }
        tasks.addTask { try? await Task.sleep(for: configuration.shutdownGrace) }
        await tasks.next()
        tasks.cancelAll()
      }
    }
    registry.closeAll()
    // A moment for cancelled responders to return, even when this task itself is cancelled.
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    for _ in 0..<20 where registry.count > 0 {
      _ = try? await loop.scheduleTask(in: .milliseconds(25)) {}.futureResult.get()
    }
  }

  private func listen(
    on group: MultiThreadedEventLoopGroup, tls: NIOSSLContext?
  ) async throws(HTTPServerError) -> any Channel {
    let settings = HTTPConnectionSettings(
      responder: responder, limits: configuration.limits, serverHeader: configuration.serverHeader,
      unixTime: configuration.unixTime, isTLS: tls != nil,
      runsRespondersOnEventLoop: configuration.responderExecution == .eventLoop, registry: registry, logger: logger)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(
        .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 4096, maximum: 256 << 10)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try Self.addHandlers(to: channel, settings, tls) }
      }
    do {
      return try await bootstrap.bind(host: configuration.host, port: configuration.port).get()
    } catch {
      try? await group.shutdownGracefully()
      if let error = error as? IOError, error.errnoCode == EADDRINUSE {
        throw .addressInUse(host: configuration.host, port: configuration.port)
      }
      throw .cannotListen(host: configuration.host, port: configuration.port, reason: String(describing: error))
    }
  }

  private static func addHandlers(
    to channel: any Channel, _ settings: HTTPConnectionSettings, _ tls: NIOSSLContext?
  ) throws {
    let pipeline = channel.pipeline.syncOperations
    if let tls {
      try pipeline.addHandler(NIOSSLServerHandler(context: tls))
    }
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = settings.limits.headerBytes
    limits.maxHeaderListSize = settings.limits.headerBytes
    limits.maxHeaderFieldCount = settings.limits.headerCount
    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
    try pipeline.addHandler(ByteToMessageHandler(decoder))
    try pipeline.addHandler(HTTPConnectionHandler(settings: settings))
  }
}
