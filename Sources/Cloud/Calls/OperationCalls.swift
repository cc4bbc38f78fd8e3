import Wire

/// AWS operations as one service calls them of another: no import, no side entrance.
///
/// A call goes the way of a request from outside, less the socket and the signature: the input is checked against the model,
/// the judge is asked for every permission, and the call is recorded.
public protocol OperationCalls: Sendable {
  /// Calls an operation and waits for its answer. Not for handlers, which run in a transaction of their own.
  /// - Parameters:
  ///   - operation: the name in the AWS API (`SendMessage`).
  ///   - service: the service's id (`sqs`).
  ///   - input: the operation's input members under the model's own names; timestamps as seconds since 1970 or ISO 8601, blobs
  ///     in base64. Members that are null count as absent.
  ///   - body: the streamed body of operations that have one (`PutObject`).
  ///   - caller: who asks.
  ///   - region: the Region that is asked; services with one endpoint for the world are always asked in us-east-1.
  ///   - facts: what policies may see of the request behind the call; nothing takes those of a call without one.
  /// - Throws: the service's error; `NotImplemented` for operations that are not built; `SerializationException` for an input
  ///   that the model doesn't know; `RequestCancelled` if the task was cancelled while the operation waited.
  func exchange(
    _ operation: String, of service: String, _ input: JSONValue, body: [UInt8]?, as caller: Caller, in region: Region,
    facts: RequestFacts?
  ) async throws(AWSError) -> CallAnswer

  /// Calls an operation within the transaction of a handler that needs its answer: both happen, or neither.
  /// - Parameters:
  ///   - requestID: the id under which its decisions are kept: the one of the call that it serves, whose explanation they are.
  ///   - isRecorded: whether it goes into the journal.
  /// - Throws: the service's error; `NotImplemented` for operations that wait or have a streamed body.
  func call(
    _ operation: String, of service: String, _ input: JSONValue, as caller: Caller, in region: Region,
    facts: RequestFacts, requestID: String, isRecorded: Bool, within transaction: Transaction
  ) throws(AWSError) -> JSONValue

  /// Asks the judge for a permission that belongs to no operation, such as `events:InvokeApiDestination`.
  /// - Parameter service: the service's id, in whose words a denial is.
  /// - Throws: the denial.
  func authorize(
    _ check: AccessCheck, of service: String, as caller: Caller, in region: Region, facts: RequestFacts
  ) async throws(AWSError)

  /// Whether a resource of another service is there. For words only: S3 says that a queue doesn't exist where SQS tells a service
  /// no more than that it is denied.
  /// - Returns: nothing if that can't be told.
  func isThere(_ arn: String, of service: String, within transaction: Transaction) throws(AWSError) -> Bool?

  /// What a handler of a service sees, for work that has no operation of its own: S3 asks the judge as a role when it replicates.
  /// - Throws: `NotImplemented` for services that are not built.
  func context(
    for service: String, as caller: Caller, in region: Region, facts: RequestFacts
  ) throws(AWSError) -> Context

  /// Whether an operation is built, so that one can refuse early what could never be done.
  func isBuilt(_ operation: String, of service: String) -> Bool
}

extension OperationCalls {
  public func authorize(
    _ check: AccessCheck, of service: String, as caller: Caller, in region: Region, facts: RequestFacts
  ) async throws(AWSError) { throw .internalFailure("There is no judge here.") }

  public func isThere(_ arn: String, of service: String, within transaction: Transaction) throws(AWSError) -> Bool? {
    nil
  }

  public func context(
    for service: String, as caller: Caller, in region: Region, facts: RequestFacts
  ) throws(AWSError) -> Context {
    throw .internalFailure("There is no service \(service) here.")
  }
}

/// What a call from inside came to.
public struct CallAnswer: Sendable {
  /// The output's members under the model's own names; timestamps are seconds since 1970, absent members are left out.
  public var output: JSONValue
  /// The streamed body, whole; empty for operations without one.
  public var body: [UInt8]

  public init(output: JSONValue, body: [UInt8] = []) {
    self.output = output
    self.body = body
  }
}

extension OperationCalls {
  /// Whoever knows of no services has none.
  public func isBuilt(_ operation: String, of service: String) -> Bool { false }

  /// Calls an operation without streamed bytes; see ``exchange(_:of:_:body:as:in:facts:)``.
  /// - Throws: as there.
  public func call(
    _ operation: String, of service: String, _ input: JSONValue = .object([]), as caller: Caller, in region: Region,
    facts: RequestFacts? = nil
  ) async throws(AWSError) -> JSONValue {
    try await exchange(operation, of: service, input, body: nil, as: caller, in: region, facts: facts).output
  }
}

extension RequestFacts {
  /// The facts of a call that a service makes by itself.
  ///
  /// AWS: CloudTrail user guide, "CloudTrail record contents": such calls have the service's DNS name as source address and as
  /// user agent.
  /// - Parameters:
  ///   - principal: `sns.amazonaws.com`.
  ///   - sourceARN: for which resource it acts (`aws:SourceArn`).
  ///   - sourceAccount: whose resource that is (`aws:SourceAccount`).
  public static func service(
    _ principal: String, sourceARN: String? = nil, sourceAccount: AccountID? = nil
  ) -> RequestFacts {
    var facts = RequestFacts(
      method: "POST", path: "/", query: "", headers: [("host", "localhost"), ("user-agent", principal)],
      sourceIP: principal, isSecure: true)
    facts.sourceARN = sourceARN
    facts.sourceAccount = sourceAccount
    return facts
  }
}

extension Context {
  /// Calls an operation of another service for the same caller, in the same transaction: what AWS calls a forward access
  /// session. The other service judges the caller anew and sees through whom he comes (`aws:CalledVia`, `kms:ViaService`).
  /// - Parameters:
  ///   - principal: this service (`s3.amazonaws.com`).
  ///   - region: the Region that is asked; nothing for the one of this call.
  /// - Throws: the other service's error.
  public func call(
    _ operation: String, of service: String, _ input: JSONValue, via principal: String, in region: Region? = nil,
    _ transaction: Transaction
  ) throws(AWSError) -> JSONValue {
    // A service that acts for a resource still does so behind the other one: key policies ask for its `aws:SourceArn`.
    var facts = RequestFacts.service(
      principal, sourceARN: request.sourceARN, sourceAccount: request.sourceAccount)
    facts.calledVia = request.calledVia + [principal]
    return try nested(operation, of: service, input, as: caller, in: region, facts, transaction)
  }

  /// Calls an operation of another service as this service itself, in the same transaction.
  /// - Parameters:
  ///   - principal: this service (`cloudtrail.amazonaws.com`).
  ///   - arn: the resource for which it acts.
  ///   - account: whose resource that is.
  /// - Throws: the other service's error.
  public func call(
    _ operation: String, of service: String, _ input: JSONValue, asService principal: String, for arn: String,
    of account: AccountID, in region: Region? = nil, _ transaction: Transaction
  ) throws(AWSError) -> JSONValue {
    let facts = RequestFacts.service(principal, sourceARN: arn, sourceAccount: account)
    return try nested(operation, of: service, input, as: .service(principal), in: region, facts, transaction)
  }

  /// Whether an operation of another service is built.
  public func isBuilt(_ operation: String, of service: String) -> Bool {
    calls?.isBuilt(operation, of: service) ?? false
  }

  private func nested(
    _ operation: String, of service: String, _ input: JSONValue, as caller: Caller, in region: Region?,
    _ facts: RequestFacts, _ transaction: Transaction
  ) throws(AWSError) -> JSONValue {
    guard let calls else { throw .internalFailure("\(operation) of \(service) cannot be called from here.") }
    return try calls.call(
      operation, of: service, input, as: caller, in: region ?? self.region, facts: facts, requestID: requestID,
      isRecorded: recorder != nil, within: transaction)
  }
}
