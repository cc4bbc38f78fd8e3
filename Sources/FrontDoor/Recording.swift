import Cloud
import Wire

extension Context {
  /// What became of a call.
  enum RecordedOutcome {
    case answered(StructureValue)
    case refused(AWSError)
  }

  /// Puts the call into the journal with the transaction's commit, whether it succeeded or not.
  ///
  /// Every way into a service comes through here: requests, and calls from inside the program. `requestParameters` and
  /// `responseElements` are made here, where input and output are at hand; what else CloudTrail tells, whoever reads the
  /// journal makes from the rest.
  /// - Parameters:
  ///   - operation: what was called.
  ///   - shapes: its shapes.
  ///   - input: what was asked; nothing if it could not be read.
  func record(
    _ operation: Operation, _ shapes: OperationModel, of service: ServiceModel, input: StructureValue?,
    _ outcome: RecordedOutcome, in transaction: Transaction
  ) {
    guard let recorder else { return }
    var recipients: [AccountID] = []
    if let account = caller.account { recipients.append(account) }
    for check in recorder.checks {
      if let owner = check.resourceAccount, !recipients.contains(owner) { recipients.append(owner) }
    }
    // What a service does for somebody, but not to anything that is asked about, concerns whom it does it for.
    if recipients.isEmpty, let account = request.sourceAccount { recipients.append(account) }
    var identity = JournalCaller(caller)
    identity.invokedBy = request.calledVia.last
    var entry = JournalEntry(
      requestID: requestID, eventID: EventID(transaction.random), time: transaction.now, service: service.signingName,
      operation: operation.name, region: region.rawValue, caller: identity, sourceIP: request.sourceIP,
      userAgent: Context.cut(request.header("user-agent") ?? ""), recipients: recipients, checks: recorder.checks)
    let members = RecordedMembers(service)
    if let input { entry.parameters = members.parameters(input, of: shapes) }
    switch outcome {
    case .answered(let output):
      if operation.audit.showsResponse(operation.name) { entry.response = members.response(output, of: shapes) }
    case .refused(let error):
      entry.error = JournalEntry.Failure(code: error.code, message: Context.cut(error.message))
    }
    if request.calledVia.isEmpty, !isFromService { entry.host = request.host }
    entry.isSecure = request.isSecure
    transaction.record(entry)
  }

  /// Whether an AWS service calls by itself.
  private var isFromService: Bool {
    if case .service = caller.kind { true } else { false }
  }

  /// AWS: CloudTrail user guide, "CloudTrail record contents": user agents and errors are cut off at 1 KB.
  private static func cut(_ text: String) -> String {
    text.utf8.count <= 1024 ? text : String(decoding: text.utf8.prefix(1024), as: UTF8.self)
  }
}
