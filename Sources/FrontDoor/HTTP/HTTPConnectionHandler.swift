import Logging
import NIOCore
import NIOHTTP1

/// What all connections of one server share.
struct HTTPConnectionSettings: Sendable {
  let responder: any HTTPResponder
  let limits: HTTPLimits
  let serverHeader: String?
  let unixTime: (@Sendable () -> Int)?
  let isTLS: Bool
  let runsRespondersOnEventLoop: Bool
  let registry: HTTPConnectionRegistry
  let logger: Logger
}

/// One HTTP/1.x connection: hands requests to the responder one at a time and writes the answers.
///
/// The handler sits behind NIO's request decoder and writes bytes itself. Parts of pipelined requests wait in `queue`
/// while an exchange is under way; the socket is not read while anything waits there or the body's reader is behind.
/// Everything here happens on the connection's event loop; tasks come in through ``HTTPExchangeLink``.
/// Requests and events are in this file, answers in `HTTPConnectionHandler+Answers.swift`.
final class HTTPConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = IOData

  enum State {
    /// Between requests, or before the first.
    case idle
    /// A request is being received or answered.
    case busy(HTTPExchange)
    /// The last answer waits in memory for a slow client; the next request waits for that.
    case congested
    /// All is said: what the client still sends is dropped until it closes or a short time is over.
    case ending
    case closed
  }

  /// How long the client may take to notice the end of a connection it is still sending on.
  static let lingerTime = TimeAmount.seconds(2)

  let settings: HTTPConnectionSettings
  var state = State.idle
  /// Parts that came before their turn.
  private(set) var queue = CircularBuffer<HTTPServerRequestPart>()
  /// The status to answer and close with after the answers before it.
  private var pendingFailure: Int?
  /// The client has sent all it will ever send.
  private(set) var inputClosed = false
  private(set) var shouldClose = false
  private(set) var context: ChannelHandlerContext?
  private var link: HTTPExchangeLink?
  private var taskExecutor: EventLoopTaskExecutor?
  private var remoteAddress = ""
  var date = HTTPDate()

  private var readHeld = false
  private var bodyPaused = false
  private var sawPart = false
  private var runningResponders = 0

  /// When patience ends, nil for never; `timer` may fire earlier and looks here.
  private var deadline: NIODeadline?
  private var timer: Scheduled<Void>?
  private var timerTime = NIODeadline.distantFuture
  private var receivingHead = false

  init(settings: HTTPConnectionSettings) {
    self.settings = settings
  }

  // MARK: life of the channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    link = HTTPExchangeLink(handler: self, eventLoop: context.eventLoop)
    if settings.runsRespondersOnEventLoop {
      taskExecutor = EventLoopTaskExecutor(context.eventLoop)
    }
    if !settings.registry.add(context.channel) {
      context.close(promise: nil)
    }
  }

  func channelActive(context: ChannelHandlerContext) {
    remoteAddress = context.remoteAddress?.ipAddress ?? ""
    setDeadline(in: settings.limits.keepAliveTimeout)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    if case .busy(let exchange) = state {
      exchange.body.fail(.disconnected)
      exchange.task?.cancel()
    }
    state = .closed
    queue.removeAll()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    state = .closed
    timer?.cancel()
    timer = nil
    link = nil
    self.context = nil
    if runningResponders == 0 {
      settings.registry.remove(context.channel)
    } else {
      channelToRemove = context.channel
    }
  }

  /// The closed channel that stays registered until its responder has returned.
  private var channelToRemove: (any Channel)?

  /// A responder's task is at its end.
  func responderReturned() {
    runningResponders -= 1
    if runningResponders == 0, let channel = channelToRemove {
      channelToRemove = nil
      settings.registry.remove(channel)
    }
  }

  // MARK: reading

  func read(context: ChannelHandlerContext) {
    if holdsReads {
      readHeld = true
    } else {
      context.read()
    }
  }

  private var holdsReads: Bool {
    bodyPaused || !queue.isEmpty
  }

  private func readIfHeld() {
    if readHeld, !holdsReads {
      readHeld = false
      context?.read()
    }
  }

  /// The body's reader has caught up, or nobody reads it any more.
  func resumeReading() {
    guard bodyPaused else { return }
    bodyPaused = false
    if case .busy(let exchange) = state, !exchange.requestEnded {
      setDeadline(in: settings.limits.bodyIdleTimeout)
    }
    readIfHeld()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    sawPart = true
    let part = unwrapInboundIn(data)
    if queue.isEmpty, acceptsParts {
      accept(part)
    } else if !isOver {
      queue.append(part)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    startWaitingRequest()
    switch state {
    case .busy(let exchange) where !exchange.requestEnded && !exchange.owesContinue:
      if bodyPaused {
        deadline = nil
      } else {
        setDeadline(in: settings.limits.bodyIdleTimeout)
      }
    case .idle where !sawPart && !receivingHead:
      // Bytes came and made no part: a head has begun.
      receivingHead = true
      setDeadline(in: settings.limits.headerReadTimeout)
    case .busy, .idle, .congested, .ending, .closed:
      break
    }
    sawPart = false
    context.fireChannelReadComplete()
  }

  /// Whether nothing more will be answered.
  private var isOver: Bool {
    switch state {
    case .ending, .closed: true
    case .idle, .busy, .congested: false
    }
  }

  private var acceptsParts: Bool {
    switch state {
    case .idle: true
    case .busy(let exchange): !exchange.requestEnded
    case .congested, .ending, .closed: false
    }
  }

  private func accept(_ part: HTTPServerRequestPart) {
    switch (part, state) {
    case (.head(let head), .idle):
      begin(head)
    case (.body(let chunk), .busy(let exchange)):
      receive(chunk, exchange)
    case (.end, .busy(let exchange)):
      exchange.requestEnded = true
      deadline = nil
      exchange.body.complete()
      if exchange.isAnswered {
        finish(exchange)
      }
    case (.head, _), (.body, _), (.end, _):
      // The decoder delivers head, bodies, end; the rest of a refused request comes here and is dropped.
      break
    }
  }

  private func begin(_ head: HTTPRequestHead) {
    receivingHead = false
    deadline = nil
    guard let link, let target = HTTPRequestTarget(head.uri) else { return fail(with: 400) }
    let isHTTP10 = head.version.major == 1 && head.version.minor == 0
    var headers: [(name: String, value: String)] = []
    headers.reserveCapacity(head.headers.count)
    var host: String?
    var hosts = 0
    var declaredLength: Int?
    var owesContinue = false
    var isUpgrade = false
    for (name, value) in head.headers {
      headers.append((name, value))
      switch name.utf8.count {
      case 4 where name.equalsIgnoringASCIICase("host"):
        host = value
        hosts += 1
      case 6 where name.equalsIgnoringASCIICase("expect"):
        owesContinue = !isHTTP10 && value.equalsIgnoringASCIICase("100-continue")
      case 7 where name.equalsIgnoringASCIICase("upgrade"):
        isUpgrade = true
      case 14 where name.equalsIgnoringASCIICase("content-length"):
        declaredLength = Int(value)
      default:
        break
      }
    }
    // RFC 9112, section 3.2: exactly one Host field in HTTP/1.1.
    guard hosts == 1 || (hosts == 0 && isHTTP10) else { return fail(with: 400) }

    let body = HTTPRequestBody(source: link, collectLimit: settings.limits.maximumCollectedBody)
    let exchange = HTTPExchange(
      body: body, link: link, isHead: head.method == .HEAD, isHTTP10: isHTTP10, declaredLength: declaredLength,
      // After an upgrade request the decoder stops, so the connection cannot be used again.
      owesContinue: owesContinue, keepAlive: head.isKeepAlive && !isUpgrade && !shouldClose)
    var request = HTTPRequest(
      method: head.method.rawValue, path: target.path, query: target.query, headers: headers,
      remoteAddress: remoteAddress, isTLS: settings.isTLS, body: body)
    request.authority = target.authority ?? host ?? ""
    exchange.waitingToStart = request
    state = .busy(exchange)
  }

  private func receive(_ chunk: ByteBuffer, _ exchange: HTTPExchange) {
    exchange.received += chunk.readableBytes
    exchange.owesContinue = false
    if exchange.isAnswered {
      exchange.dropped += chunk.readableBytes
      if exchange.dropped > settings.limits.drainedBody {
        end(lingering: true)
      }
    } else if exchange.body.append(chunk) {
      bodyPaused = true
    }
  }

  /// Starts the responder for a request whose parts of this read are all in its body, so that small bodies are complete
  /// when the responder asks for them.
  private func startWaitingRequest() {
    guard case .busy(let exchange) = state, let request = exchange.waitingToStart else { return }
    exchange.waitingToStart = nil
    runningResponders += 1
    let responder = settings.responder
    let link = exchange.link
    exchange.task = Task(executorPreference: taskExecutor) {
      await link.send(await responder.respond(to: request))
    }
    if inputClosed {
      exchange.task?.cancel()
    }
  }

  // MARK: from one request to the next

  /// Both the request and its answer are complete.
  func finish(_ exchange: HTTPExchange) {
    guard exchange.keepAlive else { return end(lingering: !queue.isEmpty) }
    if context?.channel.isWritable ?? false {
      state = .idle
      proceed()
    } else {
      state = .congested
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if case .congested = state, context.channel.isWritable {
      state = .idle
      proceed()
    }
    context.fireChannelWritabilityChanged()
  }

  private func proceed() {
    while acceptsParts, let part = queue.popFirst() {
      accept(part)
    }
    startWaitingRequest()
    if case .idle = state {
      if let status = pendingFailure {
        answerAndEnd(with: status)
      } else if inputClosed || shouldClose {
        end(lingering: false)
      } else {
        receivingHead = false
        setDeadline(in: settings.limits.keepAliveTimeout)
      }
    }
    readIfHeld()
  }

  // MARK: what goes wrong

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else {
      settings.logger.debug("connection failed", metadata: ["peer": "\(remoteAddress)", "error": "\(error)"])
      context.close(promise: nil)
      return
    }
    if case .busy(let exchange) = state, !exchange.requestEnded {
      exchange.keepAlive = false
      exchange.body.fail(error == .invalidEOFState ? .disconnected : .malformed)
      startWaitingRequest()
      if exchange.isAnswered {
        end(lingering: true)
      }
    } else {
      fail(with: error == .headerOverflow ? 431 : 400)
    }
  }

  /// Answers with an error after the answers before it, and closes.
  private func fail(with status: Int) {
    if case .idle = state {
      answerAndEnd(with: status)
    } else if !isOver {
      pendingFailure = status
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed:
      clientStoppedSending()
    case is HTTPConnectionShouldClose:
      serverStops()
    default:
      context.fireUserInboundEventTriggered(event)
    }
  }

  /// A client that has closed its connection and one that has closed its sending half look the same. So the responder
  /// is cancelled, which ends a long poll, and what it returns is still sent in case someone reads it.
  private func clientStoppedSending() {
    inputClosed = true
    switch state {
    case .idle:
      end(lingering: false)
    case .busy(let exchange):
      exchange.body.fail(.disconnected)
      exchange.task?.cancel()
      if !exchange.requestEnded {
        exchange.keepAlive = false
        startWaitingRequest()
        if exchange.isAnswered { end(lingering: false) }
      }
    case .ending:
      context?.close(promise: nil)
    case .congested, .closed:
      break
    }
  }

  private func serverStops() {
    shouldClose = true
    switch state {
    case .idle:
      end(lingering: false)
    case .busy(let exchange):
      exchange.keepAlive = false
      if exchange.requestEnded {
        exchange.task?.cancel()
      }
    case .congested, .ending, .closed:
      break
    }
  }

  // MARK: patience

  /// Sets when patience ends. At most one timer exists for a connection, and it is not touched for each request: it
  /// fires when the earliest deadline it was made for has passed and then looks at the current one.
  func setDeadline(in time: TimeAmount) {
    let deadline = NIODeadline.now() + time
    self.deadline = deadline
    if timer == nil || timerTime > deadline {
      timer?.cancel()
      startTimer(deadline)
    }
  }

  private func startTimer(_ time: NIODeadline) {
    guard let context else { return }
    timerTime = time
    timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { [weak self] in
      self?.timerFired()
    }
  }

  private func timerFired() {
    timer = nil
    guard let deadline else { return }
    if NIODeadline.now() < deadline {
      startTimer(deadline)
    } else {
      self.deadline = nil
      patienceEnded()
    }
  }

  private func patienceEnded() {
    switch state {
    case .idle where receivingHead:
      answerAndEnd(with: 408)
    case .busy(let exchange) where !exchange.requestEnded && !exchange.isAnswered:
      exchange.keepAlive = false
      exchange.body.fail(.timedOut)
    case .idle, .busy, .ending:
      context?.close(promise: nil)
    case .congested, .closed:
      break
    }
  }
}
