import Cloud
import Wire

extension Context {
  /// Puts the call into the journal with the transaction's commit, whether it succeeded or not.
  ///
  /// Every way into a service comes through here: requests, and calls from inside the program. Where CloudTrail's
  /// `requestParameters`, `responseElements` and `resources` are added, here they are at hand.
  /// - Parameters:
  ///   - operation: the name in the AWS API.
  ///   - error: what the caller is refused with.
  func record(
    _ operation: String, of service: ServiceModel, error: AWSError? = nil, in transaction: Transaction
  ) {
    guard let recorder else { return }
    var recipients: [AccountID] = []
    if let account = caller.account { recipients.append(account) }
    for check in recorder.checks {
      if let owner = check.resourceAccount, !recipients.contains(owner) { recipients.append(owner) }
    }
    var identity = JournalCaller(caller)
    identity.invokedBy = request.calledVia.last
    transaction.record(
      JournalEntry(
        requestID: requestID, eventID: EventID(transaction.random), time: transaction.now, service: service.signingName,
        operation: operation, region: region.rawValue, caller: identity, sourceIP: request.sourceIP,
        userAgent: Context.cut(request.header("user-agent") ?? ""),
        error: error.map { JournalEntry.Failure(code: $0.code, message: Context.cut($0.message)) },
        recipients: recipients, checks: recorder.checks))
  }

  /// AWS: CloudTrail user guide, "CloudTrail record contents": user agents and errors are cut off at 1 KB.
  private static func cut(_ text: String) -> String {
    text.utf8.count <= 1024 ? text : String(decoding: text.utf8.prefix(1024), as: UTF8.self)
  }
}
