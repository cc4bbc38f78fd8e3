import Wire

/// An AWS service: its model and, line by line, what is built of it.
public struct ServiceDefinition: Sendable {
  /// Names and shapes of its operations.
  public let model: ServiceModel
  /// The prefix of its IAM actions (`sqs`).
  public let actionPrefix: String
  /// What is built, by operation name.
  public let operations: [String: Operation]
  /// Words a denial as the service does.
  public let deny: @Sendable (Denial) -> AWSError
  /// Whether the service has one endpoint for the world, in us-east-1.
  public let isGlobal: Bool
  /// Runs its timers.
  public let timers: TimerHandler?
  /// Does the works that it requests.
  public let work: WorkHandler?
  /// What it does for requests besides answering operations.
  public let edge: EdgeHandlers?
  /// What the judge would be asked for an action on a resource of the service, so that access can be surveyed without a call.
  public let question: ResourceQuestion?

  /// The check of an IAM action on the resource with an ARN, as the context's caller would meet it; nothing if there is no
  /// such resource.
  public typealias ResourceQuestion =
    @Sendable (_ action: String, _ arn: String, Context, Transaction) throws(AWSError) -> AccessCheck?

  public init(
    model: ServiceModel, actionPrefix: String, operations: [Operation], isGlobal: Bool = false,
    timers: TimerHandler? = nil, work: WorkHandler? = nil, edge: EdgeHandlers? = nil,
    question: ResourceQuestion? = nil,
    deny: @escaping @Sendable (Denial) -> AWSError
  ) {
    self.model = model
    self.actionPrefix = actionPrefix
    self.operations = Dictionary(operations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.deny = deny
    self.isGlobal = isGlobal
    self.timers = timers
    self.work = work
    self.edge = edge
    self.question = question
  }
}

/// One operation of a service: who may call it on what, and what it does.
public struct Operation: Sendable {
  /// An untyped answer.
  public struct Answer: Sendable {
    public var output: StructureValue
    /// Streamed bytes behind the output's headers.
    public var body: ResponseBody?
    /// An HTTP status other than the model's.
    public var status: Int?
    /// HTTP headers beyond the codec's.
    public var headers: [(name: String, value: String)] = []

    public init(
      output: StructureValue, body: ResponseBody? = nil, status: Int? = nil,
      headers: [(name: String, value: String)] = []
    ) {
      self.output = output
      self.body = body
      self.status = status
      self.headers = headers
    }
  }

  /// The name in the AWS API.
  public let name: String
  /// Whether it can be called without a signature (the judge still decides).
  public let isOpenToAnonymous: Bool
  /// How CloudTrail sees it.
  public private(set) var audit: AuditEvent
  /// Which permissions a call needs; empty for none (`sts:GetCallerIdentity`).
  public private(set) var checks: @Sendable (StructureValue, Context, Transaction) throws(AWSError) -> [AccessCheck]
  /// Whether it may have to read many bytes, see ``ByteGathering``.
  public private(set) var readsBytes = false
  /// What a call does.
  public private(set) var run: @Sendable (StructureValue, Context, Transaction) throws(AWSError) -> Step<Answer>
  /// Takes back what an answer gave away when it has reached nobody: its client went while the answer was made. Nothing for
  /// operations whose answers give nothing away.
  public private(set) var undelivered: Undelivered?

  /// What is done with an answer that nobody got, in a transaction after the one that made it.
  public typealias Undelivered = @Sendable (StructureValue, Answer, Context, Transaction) throws(AWSError) -> Void

  /// Whether the bytes of a streamed body must be encrypted on their way to the disk, asked before they come when they are
  /// many. Small bodies come before they can be asked for; the handler seals these by itself.
  public private(set) var isSealing: (@Sendable (StructureValue, Context, Transaction) throws(AWSError) -> Bool)?

  /// The same operation, with bodies that are encrypted when `isSealing` says so.
  public func sealing<Input: Structure>(
    _ isSealing: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Bool
  ) -> Operation {
    var operation = self
    operation.isSealing = { input, context, transaction throws(AWSError) in
      try isSealing(Input(input), context, transaction)
    }
    return operation
  }

  /// The same operation, seen by CloudTrail in another way.
  public func audited(as audit: AuditEvent) -> Operation {
    var operation = self
    operation.audit = audit
    return operation
  }

  /// The same operation, run in another way: for what holds for many operations, such as a rate.
  /// - Parameter checks: which permissions it needs then; nothing for those it has.
  public func running(
    checks: (@Sendable (StructureValue, Context, Transaction) throws(AWSError) -> [AccessCheck])? = nil,
    _ run: @escaping @Sendable (StructureValue, Context, Transaction) throws(AWSError) -> Step<Answer>
  ) -> Operation {
    var operation = self
    operation.checks = checks ?? self.checks
    operation.run = run
    return operation
  }

  /// The same operation, which may have to read many bytes.
  public func readingBytes() -> Operation {
    var operation = self
    operation.readsBytes = true
    return operation
  }

  /// An operation that answers at once.
  /// - Parameters:
  ///   - name: the name in the AWS API.
  ///   - isOpenToAnonymous: whether a call may come without a signature.
  ///   - audit: how CloudTrail sees it.
  ///   - access: the permissions a call needs.
  ///   - handler: what a call does; it may ask for more permissions by `context.authorize`.
  public init<Input: Structure, Output: Structure>(
    _ name: String, isOpenToAnonymous: Bool = false, audit: AuditEvent = .management(),
    access: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> [AccessCheck],
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Output
  ) {
    self.name = name
    self.isOpenToAnonymous = isOpenToAnonymous
    self.audit = audit
    checks = { input, context, transaction throws(AWSError) in try access(Input(input), context, transaction) }
    run = { input, context, transaction throws(AWSError) in
      let output = try handler(Input(input), context, transaction)
      return .answer(Answer(output: output.structureValue, body: nil, status: nil))
    }
  }

  /// An operation that may wait for something to happen before it answers (a long poll).
  /// - Parameters:
  ///   - headers: HTTP headers of an answer beyond the codec's.
  ///   - undelivered: takes back what an answer gave away that reached nobody.
  public init<Input: Structure, Output: Structure>(
    waiting name: String, isOpenToAnonymous: Bool = false, audit: AuditEvent = .management(),
    headers: @escaping @Sendable (RequestFacts) -> [(name: String, value: String)] = { _ in [] },
    undelivered: Undelivered? = nil,
    access: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> [AccessCheck],
    _ handler: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> Step<Output>
  ) {
    self.name = name
    self.undelivered = undelivered
    self.isOpenToAnonymous = isOpenToAnonymous
    self.audit = audit
    checks = { input, context, transaction throws(AWSError) in try access(Input(input), context, transaction) }
    run = { input, context, transaction throws(AWSError) in
      switch try handler(Input(input), context, transaction) {
      case .answer(let output):
        .answer(
          Answer(output: output.structureValue, body: nil, status: nil, headers: headers(context.request)))
      case .wait(let wait): .wait(wait)
      }
    }
  }

  /// An operation whose answer has streamed bytes, or a status of its own.
  public init<Input: Structure, Output: Structure>(
    streaming name: String, isOpenToAnonymous: Bool = false, audit: AuditEvent = .management(),
    access: @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> [AccessCheck],
    _ handler:
      @escaping @Sendable (Input, Context, Transaction) throws(AWSError) -> (
        output: Output, body: ResponseBody?, status: Int?
      )
  ) {
    self.name = name
    self.isOpenToAnonymous = isOpenToAnonymous
    self.audit = audit
    checks = { input, context, transaction throws(AWSError) in try access(Input(input), context, transaction) }
    run = { input, context, transaction throws(AWSError) in
      let answer = try handler(Input(input), context, transaction)
      return .answer(Answer(output: answer.output.structureValue, body: answer.body, status: answer.status))
    }
  }
}
