import Cloud
import Identity
import Logging
import Synchronization
import Wire

/// AWS operations called from inside the program: by a service that acts on another, or by the console for a person.
///
/// A call goes the way of a request from outside, less the socket and the signature: the input is checked against the
/// service's model, the judge is asked for every permission that the operation needs, the handler runs in a transaction and
/// may wait (a long poll), and what goes wrong is the service's own `AWSError`. Nothing is allowed because it comes from here:
/// a service calls as its service principal, and the policies of what it calls must name it.
///
///     let input = JSONValue.object([.init("QueueUrl", .string(url)), .init("MessageBody", .string(text))])
///     let output = try await calls.call(
///       "SendMessage", of: "sqs", input, as: .service("sns.amazonaws.com"), in: region)
///     let id = output["MessageId"]?.string
///
/// Handlers, which run in a transaction, call within it through their context. All others call asynchronously: a service from
/// the works that it requests. A cancelled task takes its waiting call with it.
public struct InternalCalls: OperationCalls {
  private let services: [String: ServiceDefinition]
  private let store: Store
  private let random: RandomSource
  private let authorizer: any Authorizing
  private let ledger: DecisionLedger
  private let logger: Logger

  public init(
    services: [ServiceDefinition], store: Store, random: RandomSource, authorizer: any Authorizing,
    ledger: DecisionLedger, logger: Logger
  ) {
    self.services = Dictionary(services.map { ($0.model.serviceID, $0) }, uniquingKeysWith: { first, _ in first })
    self.store = store
    self.random = random
    self.authorizer = authorizer
    self.ledger = ledger
    self.logger = logger
  }

  /// The services that can be called, by id, with the names of the operations that are built.
  public var operations: [(service: String, operations: [String])] {
    services.map { ($0.key, $0.value.operations.keys.sorted()) }.sorted { $0.0 < $1.0 }
  }

  public func exchange(
    _ operation: String, of service: String, _ input: JSONValue, body: [UInt8]?, as caller: Caller, in region: Region,
    facts: RequestFacts?
  ) async throws(AWSError) -> CallAnswer {
    let built = try find(operation, of: service)
    var received: ReceivedBody?
    if built.shapes.streamingInputMember != nil {
      received = try StreamedBody.receive(body ?? [], into: store.blobs, for: caller.account ?? .first)
    } else if body != nil {
      throw AWSError("SerializationException", "\(service) \(operation) takes no streamed body.", status: 400)
    }
    let context = context(
      built, as: caller, in: region, facts: facts, body: received, requestID: random.uuid(), isRecorded: true)
    let attempt = InsideAttempt(input, built, context)
    do throws(AWSError) {
      let answer = try await store.run { transaction throws(AWSError) in try attempt.run(transaction) }
      await finish(attempt, .success(answer))
      if Task.isCancelled, attempt.operation.undelivered != nil {
        // Who called has gone. A task of its own, for a transaction of this one would be cancelled.
        let store = store
        let result = await Task {
          try await store.transact { transaction throws(AWSError) in try attempt.takeBack(answer, transaction) }
        }.result
        if case .failure(let error) = result {
          logger.warning("an answer that nobody got could not be taken back: \(error)")
        }
        throw AWSError.requestCancelled()
      }
      return CallAnswer(
        output: NamedJSON(model: built.service.model).output(answer.output, built.shapes),
        body: try answer.body?.collected() ?? [])
    } catch {
      await finish(attempt, .failure(error))
      throw error
    }
  }

  public func call(
    _ operation: String, of service: String, _ input: JSONValue, as caller: Caller, in region: Region,
    facts: RequestFacts, requestID: String, isRecorded: Bool, within transaction: Transaction
  ) throws(AWSError) -> JSONValue {
    let built = try find(operation, of: service)
    guard built.shapes.streamingInputMember == nil, built.shapes.streamingOutputMember == nil else {
      throw InternalCalls.unfit("\(service) \(operation) has a streamed body and cannot be called by a handler.")
    }
    let context = context(
      built, as: caller, in: region, facts: facts, requestID: requestID, isRecorded: isRecorded)
    guard case .answer(let answer) = try InsideAttempt(input, built, context).run(transaction) else {
      throw InternalCalls.unfit("\(service) \(operation) waits and cannot be called by a handler.")
    }
    return NamedJSON(model: built.service.model).output(answer.output, built.shapes)
  }

  public func authorize(
    _ check: AccessCheck, of service: String, as caller: Caller, in region: Region, facts: RequestFacts
  ) async throws(AWSError) {
    guard let definition = services[service] else { throw .internalFailure("There is no service \(service).") }
    let context = Context(
      requestID: random.uuid(), caller: caller, region: region, request: facts, service: definition,
      authorizer: authorizer, calls: self)
    do throws(AWSError) {
      try await store.transact { transaction throws(AWSError) in try context.authorize(check, transaction) }
    } catch {
      do { try await ledger.keepDenials(of: context.requestID, in: store) } catch {
        logger.error("a denial could not be kept: \(error)")
      }
      throw error
    }
  }

  private func context(
    _ built: BuiltOperation, as caller: Caller, in region: Region, facts: RequestFacts?, body: ReceivedBody? = nil,
    requestID: String, isRecorded: Bool
  ) -> Context {
    Context(
      requestID: requestID, caller: caller, region: built.service.isGlobal ? .usEast1 : region,
      request: facts ?? InternalCalls.facts(of: caller), body: body, service: built.service, authorizer: authorizer,
      calls: self, recorder: isRecorded && store.journal != nil ? CallRecorder() : nil)
  }

  public func isThere(_ arn: String, of service: String, within transaction: Transaction) throws(AWSError) -> Bool? {
    guard let definition = services[service], let question = definition.question else { return nil }
    let caller = ARN(arn)?.accountID.map { Caller.root(of: $0) } ?? .anonymous
    let context = Context(
      requestID: random.uuid(), caller: caller, region: ARN(arn).flatMap { Region($0.region) } ?? .usEast1,
      request: InternalCalls.facts(of: caller), service: definition, authorizer: Onlooker())
    return try question("\(definition.actionPrefix):*", arn, context, transaction) != nil
  }

  public func context(
    for service: String, as caller: Caller, in region: Region, facts: RequestFacts
  ) throws(AWSError) -> Context {
    guard let definition = services[service] else {
      throw AWSError(
        "NotImplemented", "The service \(service) is not built in Hakoniwa; docs/README.md lists what is.", status: 501,
        fault: .receiver)
    }
    return Context(
      requestID: random.uuid(), caller: caller, region: region, request: facts, service: definition,
      authorizer: authorizer, calls: self)
  }

  public func isBuilt(_ operation: String, of service: String) -> Bool {
    services[service]?.operations[operation] != nil
  }

  /// Whether an operation changes nothing, as CloudTrail sees it; no for what isn't built.
  public func isReading(_ operation: String, of service: String) -> Bool {
    services[service]?.operations[operation]?.audit.isReadOnly(operation) ?? false
  }

  /// Looks at an account's things for the person at this machine, by an operation that changes nothing.
  ///
  /// It is not a call of a caller: the judge isn't asked and nothing is written down, so that a page that looks every other
  /// second buries neither the decisions nor the journal of what the person's own programs do.
  /// - Throws: as ``call(_:of:_:as:in:facts:)``; `InvalidAction` for an operation that changes something.
  public func look(
    _ operation: String, of service: String, _ input: JSONValue = .object([]), at account: AccountID, in region: Region,
    facts: RequestFacts? = nil
  ) async throws(AWSError) -> JSONValue {
    let built = try find(operation, of: service)
    guard isReading(operation, of: service) else {
      throw AWSError("InvalidAction", "\(service) \(operation) changes something and has to be called.", status: 400)
    }
    let caller = Caller.root(of: account)
    let context = Context(
      requestID: random.uuid(), caller: caller, region: built.service.isGlobal ? .usEast1 : region,
      request: facts ?? InternalCalls.facts(of: caller), service: built.service, authorizer: Onlooker(), calls: self,
      recorder: nil)
    let attempt = InsideAttempt(input, built, context)
    let answer = try await store.run { transaction throws(AWSError) in try attempt.run(transaction) }
    return NamedJSON(model: built.service.model).output(answer.output, built.shapes)
  }

  private func find(_ operation: String, of service: String) throws(AWSError) -> BuiltOperation {
    guard let definition = services[service] else {
      throw AWSError(
        "NotImplemented", "The service \(service) is not built in Hakoniwa; docs/README.md lists what is.", status: 501,
        fault: .receiver)
    }
    let model = definition.model
    guard let shapes = model.operations[operation], let built = definition.operations[operation] else {
      guard model.isUnbuilt(operation) || model.operations[operation] != nil else {
        throw AWSError("UnknownOperationException", "\(service) has no operation \(operation).", status: 404)
      }
      throw .notImplemented(operation, of: service)
    }
    return BuiltOperation(service: definition, operation: built, shapes: shapes)
  }

  private static func unfit(_ message: String) -> AWSError {
    AWSError("NotImplemented", message, status: 501, fault: .receiver)
  }

  /// The one place that every call from inside passes when it has ended: here it is written down.
  private func finish(_ attempt: InsideAttempt, _ result: Result<Operation.Answer, AWSError>) async {
    let context = attempt.context
    var outcome = "success"
    if case .failure(let error) = result {
      outcome = error.code
      do { try await ledger.keepDenials(of: context.requestID, in: store) } catch {
        logger.error("a denial could not be kept: \(error)")
      }
    }
    logger.debug(
      "call from inside",
      metadata: [
        "service": "\(attempt.service.model.serviceID)", "operation": "\(attempt.operation.name)",
        "caller": "\(context.caller.arn)", "outcome": "\(outcome)", "request": "\(context.requestID)",
      ])
  }

  /// The facts of a call behind which there is no request. AWS: CloudTrail user guide, "CloudTrail record contents": a
  /// service's calls have its DNS name as source address and as user agent.
  private static func facts(of caller: Caller) -> RequestFacts {
    if case .service(let principal) = caller.kind { return .service(principal) }
    return .service("127.0.0.1")
  }
}

/// An operation that was found: its service, what it does, and its shapes.
private struct BuiltOperation {
  let service: ServiceDefinition
  let operation: Operation
  let shapes: OperationModel
}

/// Lets the person at this machine look at everything.
private struct Onlooker: Authorizing {
  func judge(_ check: AccessCheck, _ context: Context, _ transaction: Transaction) throws(AWSError) -> Denial? { nil }
}

/// One inside call's runs on the store's thread: the judge is asked once, however often a long poll goes round.
private final class InsideAttempt: Sendable {
  let input: Result<StructureValue, AWSError>
  let operation: Operation
  let shapes: OperationModel
  let service: ServiceDefinition
  let context: Context
  /// How often the judge was asked before the handler first ran; nothing before that.
  private let admissionChecks = Mutex<Int?>(nil)

  init(_ input: JSONValue, _ built: BuiltOperation, _ context: Context) {
    self.input = Result { () throws(AWSError) in
      let value = try NamedJSON(model: built.service.model).input(input, built.shapes)
      try Validator.validate(value, operation: built.shapes, model: built.service.model)
      return value
    }
    operation = built.operation
    shapes = built.shapes
    service = built.service
    self.context = context
  }

  func run(_ transaction: Transaction) throws(AWSError) -> Step<Operation.Answer> {
    do throws(AWSError) {
      let step = try step(transaction)
      if case .answer(let answer) = step { record(.answered(answer.output), transaction) }
      return step
    } catch {
      record(.refused(error), transaction)
      throw error
    }
  }

  /// Takes back what an answer gave away.
  func takeBack(_ answer: Operation.Answer, _ transaction: Transaction) throws(AWSError) {
    try operation.undelivered?(try input.get(), answer, context, transaction)
  }

  private func record(_ outcome: Context.RecordedOutcome, _ transaction: Transaction) {
    context.record(operation, shapes, of: service.model, input: try? input.get(), outcome, in: transaction)
  }

  private func step(_ transaction: Transaction) throws(AWSError) -> Step<Operation.Answer> {
    let input = try input.get()
    if let count = admissionChecks.withLock({ $0 }) {
      // A handler that waits asks the judge again when it runs again.
      context.recorder?.keep(first: count)
    } else {
      for check in try operation.checks(input, context, transaction) { try context.authorize(check, transaction) }
      admissionChecks.withLock { $0 = context.recorder?.checks.count ?? 0 }
    }
    return try operation.run(input, context, transaction)
  }
}
