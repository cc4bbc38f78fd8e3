/// One request and its answer on a connection. Confined to the connection's event loop.
final class HTTPExchange {
  let body: HTTPRequestBody
  let link: HTTPExchangeLink
  let isHead: Bool
  let isHTTP10: Bool
  /// `Content-Length`, nil when unknown.
  let declaredLength: Int?
  /// The request until its task is started.
  var waitingToStart: HTTPRequest?
  /// The responder's task; it ends after the answer has been sent.
  var task: Task<Void, Never>?
  /// Body bytes that have come.
  var received = 0
  /// Body bytes dropped because the answer was complete before them.
  var dropped = 0
  /// Whether the request's last byte has come.
  var requestEnded = false
  /// Whether the client waits for `100 Continue`.
  var owesContinue: Bool
  /// Whether the connection may serve another request.
  var keepAlive: Bool
  var answer = Answer.none

  /// How far the answer is.
  enum Answer {
    case none
    /// The head is sent; the body follows in this framing, with so many bytes sent so far.
    case body(HTTPBodyFraming, sent: Int)
    case complete
  }

  init(
    body: HTTPRequestBody, link: HTTPExchangeLink, isHead: Bool, isHTTP10: Bool, declaredLength: Int?,
    owesContinue: Bool, keepAlive: Bool
  ) {
    self.body = body
    self.link = link
    self.isHead = isHead
    self.isHTTP10 = isHTTP10
    self.declaredLength = declaredLength
    self.owesContinue = owesContinue
    self.keepAlive = keepAlive
  }

  var isAnswered: Bool {
    if case .complete = answer { true } else { false }
  }

  var isAnswering: Bool {
    if case .none = answer { false } else { true }
  }
}
