import Wire

/// What a handler may know besides its input: who asks, from where, when, under which id.
public struct Context: Sendable {
  /// The id that the answer carries (`x-amzn-RequestId`).
  public let requestID: String
  public let caller: Caller
  /// The Region that was asked: the one of the signature's scope.
  public let region: Region
  /// The request as it came, without its body.
  public let request: RequestFacts
  /// A streamed body that has been received whole; nothing for operations without one.
  public let body: ReceivedBody?
  let service: ServiceDefinition
  let authorizer: any Authorizing
  /// The operations of other services, for handlers that need them.
  public let calls: (any OperationCalls)?
  /// Takes down what the judge is asked for this call; nothing where calls are not recorded.
  public let recorder: CallRecorder?
  /// Where a handler notes what concerns others than the caller; nothing where nobody looks.
  public let notes: CallNotes?

  public init(
    requestID: String, caller: Caller, region: Region, request: RequestFacts, body: ReceivedBody? = nil,
    service: ServiceDefinition, authorizer: any Authorizing, calls: (any OperationCalls)? = nil,
    recorder: CallRecorder? = nil, notes: CallNotes? = nil
  ) {
    self.requestID = requestID
    self.caller = caller
    self.region = region
    self.request = request
    self.body = body
    self.service = service
    self.authorizer = authorizer
    self.calls = calls
    self.recorder = recorder
    self.notes = notes
  }

  /// The caller's account.
  /// - Throws: AccessDenied for callers without one.
  public var account: AccountID {
    get throws(AWSError) {
      guard let account = caller.account else { throw AWSError("AccessDenied", "Access Denied", status: 403) }
      return account
    }
  }

  /// Where the caller's resources of this Region live.
  public var scope: Scope { get throws(AWSError) { Scope(try account, region) } }

  /// Asks the judge, and throws the service's own denial when the answer is no.
  public func authorize(_ check: AccessCheck, _ transaction: Transaction) throws(AWSError) {
    if let denial = try authorizer.judge(check, self, transaction) { throw service.deny(denial) }
  }

  /// Asks the judge where the handler has its own way to refuse: the call fails of a no, or a part of what it asks for. In the
  /// journal the answer counts like one of ``authorize(_:_:)``.
  public func isAuthorized(_ check: AccessCheck, _ transaction: Transaction) throws(AWSError) -> Bool {
    try authorizer.judge(check, self, transaction) == nil
  }

  /// Asks the judge without throwing on a no: for answers that depend on what the caller may see. A no changes nothing else.
  public func isAllowed(_ check: AccessCheck, _ transaction: Transaction) throws(AWSError) -> Bool {
    let denial = try authorizer.judge(check, self, transaction)
    recorder?.markAdvisory()
    return denial == nil
  }
}

/// The facts of an HTTP request that handlers and policies may look at.
public struct RequestFacts: Sendable {
  public var method: String
  /// As sent: percent-encoded, without the query.
  public var path: String
  /// As sent, without the question mark.
  public var query: String
  public var headers: [(name: String, value: String)]
  /// The client's IP address.
  public var sourceIP: String
  public var isSecure: Bool
  /// Whether it came as an HTML form with a signed policy (S3's POST).
  public var isForm = false
  /// For a service that acts for a resource: the resource (`aws:SourceArn`), and its account (`aws:SourceAccount`).
  public var sourceARN: String?
  public var sourceAccount: AccountID?
  /// The services through which a call comes that is made for somebody else (`aws:CalledVia`), first to last.
  public var calledVia: [String] = []

  public init(
    method: String, path: String, query: String, headers: [(name: String, value: String)], sourceIP: String,
    isSecure: Bool
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.sourceIP = sourceIP
    self.isSecure = isSecure
  }

  /// The first header of this name, in any case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringCase(name) }?.value
  }

  /// The host the client asked for, with its port.
  public var host: String { header("host") ?? "" }
}

/// A body that was streamed into a blob while it was checked.
public struct ReceivedBody: Sendable {
  /// The blob, finished, to be adopted by the handler.
  public var blob: BlobWriter
  public var size: Int64
  /// The digests that were computed on the way, by S3's names (`MD5`, `SHA256`, `CRC64NVME` …).
  public var digests: [String: [UInt8]]
  /// Headers that came behind a chunked body, names in lower case.
  public var trailers: [String: String]

  public init(blob: BlobWriter, size: Int64, digests: [String: [UInt8]], trailers: [String: String]) {
    self.blob = blob
    self.size = size
    self.digests = digests
    self.trailers = trailers
  }
}

/// Bytes of an answer that are not in its output: pieces of files, one behind the other.
public struct ResponseBody: Sendable {
  /// A piece of an open file.
  public struct Piece: Sendable {
    public var reader: BlobReader
    public var offset: Int64
    public var count: Int64

    public init(_ reader: BlobReader, offset: Int64, count: Int64) {
      self.reader = reader
      self.offset = offset
      self.count = count
    }
  }

  public var pieces: [Piece]

  public init(_ pieces: [Piece]) { self.pieces = pieces }

  /// How many bytes it is in all.
  public var count: Int64 { pieces.reduce(0) { $0 + $1.count } }

  /// All bytes in memory: for those who need a small body as a whole.
  /// - Throws: `InternalFailure` if they cannot be read.
  public func collected() throws(AWSError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(count))
    for piece in pieces { bytes += try piece.reader.read(piece.offset, Int(piece.count)) }
    return bytes
  }
}
