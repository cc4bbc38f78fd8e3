import Cloud
import Identity
import Wire

/// Temporary credentials of a user's own, perhaps after showing an MFA code.
enum SessionToken {
  /// How long a session lasts, in seconds: half a day unless told otherwise, and the root user's at most an hour.
  static func duration(_ wanted: Int?, of caller: Caller) -> Int {
    if case .root = caller.kind { return min(wanted ?? 3600, 3600) }
    return wanted ?? 43_200
  }

  static func run(
    _ input: GetSessionTokenRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetSessionTokenResponse {
    let account = try context.account
    guard !context.hasSession else { throw .accessDenied("Cannot call GetSessionToken with session credentials") }
    let principal: SessionRecord.Principal
    switch context.caller.kind {
    case .user(let name, let id): principal = .user(name: name, id: id)
    case .root: principal = .root
    default: throw .accessDenied("Cannot call GetSessionToken with these credentials")
    }
    let isMFAPresent = try MultiFactor.check(
      serialNumber: input.serialNumber, code: input.tokenCode, of: context.caller, transaction)
    let now = transaction.now.wholeSeconds
    let seconds = duration(input.durationSeconds, of: context.caller)
    var session = SessionRecord(
      for: principal, in: account, issued: now, expires: now.adding(seconds: Int64(seconds)), transaction.random)
    session.isMFAPresent = isMFAPresent
    try session.save(in: transaction)
    return GetSessionTokenResponse(credentials: Credentials(session))
  }
}
