import Wire

/// What a service does for requests besides answering operations: S3 is a web server, tells browsers which pages may use a
/// bucket, and writes down who asked for what.
public struct EdgeHandlers: Sendable {
  /// The headers that answer a browser's preflight.
  /// - Parameters:
  ///   - host: the bucket that the host names.
  public typealias Headers =
    @Sendable (_ host: String?, RequestFacts, Transaction) throws(AWSError) -> [(name: String, value: String)]

  public let preflight: Headers
  /// The headers that an answer gets when a page of another origin asked.
  public let crossOrigin: Headers
  /// Answers a request to a website's host.
  public let website: @Sendable (_ site: String, Context, Transaction) throws(AWSError) -> PlainAnswer
  /// Writes down an answered request, if that is wanted.
  public let log: @Sendable (FinishedRequest, Transaction) throws(AWSError) -> Void

  public init(
    preflight: @escaping Headers, crossOrigin: @escaping Headers,
    website: @escaping @Sendable (_ site: String, Context, Transaction) throws(AWSError) -> PlainAnswer,
    log: @escaping @Sendable (FinishedRequest, Transaction) throws(AWSError) -> Void
  ) {
    self.preflight = preflight
    self.crossOrigin = crossOrigin
    self.website = website
    self.log = log
  }
}

/// An HTTP answer that no codec writes.
public struct PlainAnswer: Sendable {
  public enum Body: Sendable {
    case bytes([UInt8])
    case stream(ResponseBody)
  }

  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: Body

  public init(status: Int, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// A request that has been answered, as an access log sees it.
public struct FinishedRequest: Sendable {
  public var request: RequestFacts
  public var requestID: String
  /// The bucket that the host names.
  public var host: String?
  /// The operation's name; nothing if none was found.
  public var operation: String?
  public var isWebsite = false
  public var caller: Caller?
  public var status: Int
  public var errorCode: String?
  public var bytesSent: Int?
  /// From the first line to the answer.
  public var milliseconds: Int64
  /// What the handler noted.
  public var notes: CallNotes

  public init(
    request: RequestFacts, requestID: String, host: String?, operation: String?, status: Int, milliseconds: Int64,
    notes: CallNotes
  ) {
    self.request = request
    self.requestID = requestID
    self.host = host
    self.operation = operation
    self.status = status
    self.milliseconds = milliseconds
    self.notes = notes
  }
}

/// What a handler notes about its call for those who look at it afterwards.
public final class CallNotes: @unchecked Sendable {  // used by one transaction at a time, and after the last one
  /// Whether the call is to be written to an access log.
  public var isLogged = false
  /// The size of the object that it was about, in bytes.
  public var objectSize: Int64?
  /// The version of it.
  public var versionID: String?
  /// Who called; nobody before that is known.
  public var caller: Caller?

  public init() {}
}
