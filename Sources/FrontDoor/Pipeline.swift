import Cloud
import Identity
import Logging
import SigV4
import Wire

/// The one way through the house: from an HTTP request to an HTTP response.
///
/// Find the service and operation, read the input, then in one transaction authenticate, authorize and run the handler;
/// after the commit, write the output. Long polls go round inside the store; large streamed bodies take two transactions.
public struct Pipeline: HTTPResponder {
  let router: ServiceRouter
  let store: Store
  let blobs: Blobs
  let random: RandomSource
  let authenticator: Authenticator
  let authorizer: Authorizer
  let ledger: DecisionLedger
  /// Boxed once: each request is handed it.
  let calls: any OperationCalls
  let logger: Logger
  let defaultRegion: Region
  /// Answers the program's own pages.
  private let ownPages: @Sendable (HTTPRequest) async -> HTTPResponse?

  /// Streamed bodies up to this size are taken in before the caller is known, so that one transaction does it all.
  private static let smallBody = 256 << 10
  /// The largest body of an operation that does not stream.
  private static let largestInput = 16 << 20

  /// - Parameter ownPages: answers the program's own pages, or nothing for paths that are not among them.
  public init(
    services: [ServiceDefinition], store: Store, blobs: Blobs, random: RandomSource, authorizer: Authorizer,
    ledger: DecisionLedger, defaultRegion: Region, logger: Logger,
    ownPages: @escaping @Sendable (HTTPRequest) async -> HTTPResponse?
  ) {
    router = ServiceRouter(services)
    calls = InternalCalls(
      services: services, store: store, random: random, authorizer: authorizer, ledger: ledger, logger: logger)
    self.store = store
    self.blobs = blobs
    self.random = random
    self.authorizer = authorizer
    authenticator = Authenticator(organizations: authorizer.organizations)
    self.ledger = ledger
    self.defaultRegion = defaultRegion
    self.logger = logger
    self.ownPages = ownPages
  }

  public func respond(to request: HTTPRequest) async -> HTTPResponse {
    if Pipeline.mayBeOwnPage(request.path), let page = await ownPages(request) { return page }
    var call = Call(request: request)
    call.requestID = random.uuid()
    let start = ContinuousClock.now
    var response: HTTPResponse
    do throws(AWSError) {
      response = try await answer(&call)
    } catch {
      call.refusal = error
      response = call.failure(error)
      if response.status == 403 || response.status == 400 { await keepDenials(call) }
    }
    if let notes = call.notes { await finish(call, notes, &response, since: start) }
    logger.debug(
      "\(request.method) \(request.path)",
      metadata: [
        "service": "\(call.route?.service.model.serviceID ?? "?")", "operation": "\(call.operation?.name ?? "?")",
        "status": "\(response.status)", "request": "\(call.requestID)",
      ])
    return response
  }

  /// Whether a path is perhaps one of the program's own pages: those begin with an underscore, but for the certificates of SNS.
  /// No bucket has a name of either form.
  private static func mayBeOwnPage(_ path: String) -> Bool {
    path.hasPrefix("/_") || path.hasPrefix("/SimpleNotificationService-")
  }

  // MARK: The steps

  private func answer(_ call: inout Call) async throws(AWSError) -> HTTPResponse {
    // A signature that cannot be read still names its service, so it is refused in that service's words.
    let signed = call.signedRequest(isStreamed: true)
    call.presigned = PresignedVersion2(signed)
    let isPresigned = call.presigned != nil
    let parsed = Result { () throws(AuthenticationFailure) in
      isPresigned ? nil : try PresentedAuthorization.parse(signed)
    }
    call.authorization = (try? parsed.get()) ?? nil
    if call.authorization == nil, router.isForm(call.request) { try await collectBody(&call) }
    try route(&call)
    if case .failure(let failure) = parsed { throw AWSError(failure.error(for: call.family)) }
    guard let route = call.route else { throw .internalFailure() }
    if call.isStorage { call.requestID = random.text(16, .upperAlphanumeric) }
    if let edge = route.service.edge {
      call.notes = CallNotes()
      if let answer = try await answer(&call, at: edge) { return answer }
    }

    if call.presigned != nil, !call.isStorage {
      throw AWSError(AuthenticationFailure.unsupported(.version2).error(for: call.family))
    }
    let isREST = route.wireProtocol == .restXML || route.wireProtocol == .restJSON
    if !isREST { try await collectBody(&call) }
    let model = try Router.operation(of: call.wireRequest, in: route.service.model, by: route.wireProtocol)
    call.operation = model
    guard let operation = route.service.operations[model.name] else {
      throw .notImplemented(model.name, of: route.service.model.serviceID)
    }
    if model.streamingInputMember != nil { return try await answerStreamed(call, operation, model) }
    if isREST { try await collectBody(&call) }
    if call.isStorage { try BodyIntegrity.check(call.body, of: call.request, model) }
    if !call.isStorage {
      call.content = try ContentEncoding.content(
        of: call.body, encoding: call.request.first("content-encoding"), limit: Pipeline.largestInput)
    }
    readInput(&call, model)
    let attempt = Attempt(call, operation, pipeline: self, isStreamed: false)
    let answer = try await run(attempt)
    var response = try respond(answer, call, model)
    if operation.undelivered != nil { response.undelivered = { await takeBack(answer, attempt) } }
    return response
  }

  /// Lets the service take back what an answer gave away that reached nobody.
  private func takeBack(_ answer: Operation.Answer, _ attempt: Attempt) async {
    // A task of its own, for that of the request is cancelled by now, and so would be its transaction.
    let result = await Task {
      try await store.transact { transaction throws(AWSError) in try attempt.takeBack(answer, transaction) }
    }.result
    if case .failure(let error) = result {
      logger.warning("an answer that nobody got could not be taken back: \(error)")
    }
  }

  /// Runs a handler, and again once the bytes are read that it asked for.
  private func run(_ attempt: Attempt) async throws(AWSError) -> Operation.Answer {
    // A source that changes while it is read is read again; whoever changes it all the time has to wait.
    for _ in 0..<5 {
      do throws(AWSError) {
        return try await store.run { transaction throws(AWSError) in try attempt.run(transaction) }
      } catch {
        guard let gathering = attempt.gathering, gathering.isWanting else { throw error }
        try await gathering.gather()
      }
    }
    throw AWSError("SlowDown", "Please reduce your request rate.", status: 503, fault: .receiver)
  }

  /// An operation with a streamed body: small ones are taken in first, large ones only for those who may.
  private func answerStreamed(
    _ original: Call, _ operation: Operation, _ model: OperationModel
  ) async throws(AWSError) -> HTTPResponse {
    var call = original
    readInput(&call, model)
    let attempt = Attempt(call, operation, pipeline: self, isStreamed: true)
    let isChunked = call.request.first("x-amz-content-sha256")?.hasPrefix("STREAMING-") ?? false
    let isSmall = !isChunked && (call.request.contentLength ?? .max) <= Pipeline.smallBody
    if !isSmall {
      try await store.transact { transaction throws(AWSError) in
        try attempt.recording(transaction) { () throws(AWSError) in try attempt.admit(transaction) }
      }
    }
    let key = call.authorization?.accessKeyID ?? call.presigned?.accessKeyID
    let account = key.flatMap { Credentials.account(of: $0) } ?? .first
    do throws(AWSError) {
      attempt.receive(
        try await StreamedBody.receive(
          call.request, into: blobs, for: account, isSealed: attempt.isSealing, as: attempt.signature))
    } catch {
      if !isSmall {
        try await store.transact { transaction throws(AWSError) in attempt.record(.refused(error), in: transaction) }
      }
      throw error
    }
    let answer = try await store.run { transaction throws(AWSError) in try attempt.run(transaction) }
    return try respond(answer, call, model)
  }

  private func route(_ call: inout Call) throws(AWSError) {
    let form = String(decoding: call.body, as: UTF8.self)
    do throws(ServiceRouter.Failure) {
      call.route = try router.route(call.request, signedFor: call.authorization?.scope.service, form: form)
    } catch {
      switch error {
      case .unknownService(let name):
        throw AWSError(
          "NotImplemented", "The service \(name) is not built in Hakoniwa; docs/README.md lists what is.", status: 501,
          fault: .receiver)
      case .undetermined:
        throw AWSError("MissingAuthenticationToken", "Missing Authentication Token", status: 403)
      }
    }
  }

  private func collectBody(_ call: inout Call) async throws(AWSError) {
    guard call.body.isEmpty else { return }
    do throws(HTTPBodyError) {
      call.body = try await call.request.body.collect(upTo: Pipeline.largestInput)
    } catch {
      throw StreamedBody.failure(error)
    }
  }

  private func readInput(_ call: inout Call, _ model: OperationModel) {
    guard let route = call.route else { return }
    let service = route.service.model
    let request = call.wireRequest
    call.input = Result { () throws(AWSError) in
      let input = try Codec(route.wireProtocol).decodeInput(request, operation: model, model: service)
      try Validator.validate(input, operation: model, model: service)
      return input
    }
  }

  private func respond(
    _ answer: Operation.Answer, _ call: Call, _ model: OperationModel
  ) throws(AWSError) -> HTTPResponse {
    guard let route = call.route else { throw .internalFailure() }
    let encoded = Codec(route.wireProtocol).encodeOutput(
      answer.output, operation: model, model: route.service.model, requestID: call.requestID)
    let status = answer.status ?? encoded.status
    guard let body = answer.body else {
      return HTTPResponse(status: status, headers: encoded.headers + answer.headers, body: .bytes(encoded.body))
    }
    return HTTPResponse(
      status: status, headers: encoded.headers + answer.headers, body: try StreamedBody.response(body),
      headContentLength: call.request.method == "HEAD" ? Int(body.count) : nil)
  }

  private func keepDenials(_ call: Call) async {
    do { try await ledger.keepDenials(of: call.requestID, in: store) } catch {
      logger.error("a denial could not be kept: \(error)")
    }
  }

  // MARK: Inside the transaction

  /// One request's runs on the store's thread: the caller is found once, however often a long poll goes round.
  /// Used by one transaction at a time, and between them by the task that answers the request.
  private final class Attempt: @unchecked Sendable {  // never used by two at once, as said above
    private let call: Call
    private let operation: Operation
    private let pipeline: Pipeline
    private let isStreamed: Bool
    private var context: Context?
    /// The context as soon as the caller is known, so that a refusal can be recorded.
    private var known: Context?
    private let recorder: CallRecorder?
    private var isAdmitted = false
    /// Whether the body is to be encrypted on its way in.
    private(set) var isSealing = false
    /// How much the judge was asked before the handler first ran.
    private var admissionChecks = 0
    private var body: ReceivedBody?
    private(set) var signature: VerifiedSignature?
    let gathering: ByteGathering?

    init(_ call: Call, _ operation: Operation, pipeline: Pipeline, isStreamed: Bool) {
      self.call = call
      self.operation = operation
      self.pipeline = pipeline
      self.isStreamed = isStreamed
      gathering = operation.readsBytes ? ByteGathering() : nil
      recorder = pipeline.store.journal == nil ? nil : CallRecorder()
    }

    /// Says that the streamed body is in.
    func receive(_ body: ReceivedBody) {
      self.body = body
      context = nil
    }

    func run(_ transaction: Transaction) throws(AWSError) -> Step<Operation.Answer> {
      try recording(transaction) { () throws(AWSError) in
        try admit(transaction)
        transaction.gathering = gathering
        guard let context else { throw .internalFailure() }
        recorder?.keep(first: admissionChecks)
        let step = try operation.run(try call.input.get(), context, transaction)
        if case .answer(let answer) = step { record(.answered(answer.output), in: transaction) }
        return step
      }
    }

    /// Takes back what an answer gave away.
    func takeBack(_ answer: Operation.Answer, _ transaction: Transaction) throws(AWSError) {
      guard let context else { return }
      try operation.undelivered?(try call.input.get(), answer, context, transaction)
    }

    /// Runs `body`, and records the refusal if it throws one.
    func recording<T>(
      _ transaction: Transaction, _ body: () throws(AWSError) -> T
    ) throws(AWSError) -> T {
      do throws(AWSError) { return try body() } catch {
        if gathering?.isWanting != true { record(.refused(error), in: transaction) }
        throw error
      }
    }

    /// Records the call as it ended. Whoever is nobody's caller, for his signature is wrong, is not recorded, as in AWS.
    func record(_ outcome: Context.RecordedOutcome, in transaction: Transaction) {
      guard let known, let route = call.route, let shapes = call.operation else { return }
      known.record(
        operation, shapes, of: route.service.model, input: try? call.input.get(), outcome, in: transaction)
    }

    /// Authenticates and authorizes, the first time.
    func admit(_ transaction: Transaction) throws(AWSError) {
      if context != nil { return }
      guard let route = call.route else { throw .internalFailure() }
      let caller = try authenticate(transaction)
      let context = Context(
        requestID: call.requestID, caller: caller, region: call.region(default: pipeline.defaultRegion),
        request: call.facts, body: body, service: route.service, authorizer: pipeline.authorizer,
        calls: pipeline.calls, recorder: recorder, notes: call.notes)
      known = context
      call.notes?.caller = caller
      if let body, let signature, let problem = StreamedBody.mismatch(body, signature) { throw problem }
      if !isAdmitted {
        let input = try call.input.get()
        for check in try operation.checks(input, context, transaction) { try context.authorize(check, transaction) }
        if body == nil, let asks = operation.isSealing { isSealing = try asks(input, context, transaction) }
        try LastUse.note(
          caller, service: route.service.model.signingName, region: context.region, in: transaction)
        isAdmitted = true
        admissionChecks = recorder?.checks.count ?? 0
      }
      self.context = context
    }

    private func authenticate(_ transaction: Transaction) throws(AWSError) -> Caller {
      if let presigned = call.presigned {
        return try pipeline.authenticator.authenticate(
          presigned, of: call.signedRequest(isStreamed: true), bucket: call.route?.virtualHostBucket, transaction)
      }
      guard let authorization = call.authorization else {
        guard operation.isOpenToAnonymous else {
          throw AWSError(AuthenticationFailure.missingToken.error(for: call.family))
        }
        return .anonymous
      }
      let found = try pipeline.authenticator.authenticate(
        authorization, of: call.signedRequest(isStreamed: isStreamed), family: call.family, transaction)
      signature = found.signature
      return found.caller
    }
  }
}
