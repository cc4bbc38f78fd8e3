import Cloud
import Identity
import Wire

/// Temporary credentials for somebody whom a user vouches for: what the session policies and the user's own both allow.
enum FederationToken {
  private static func arn(_ name: String, _ context: Context) throws(AWSError) -> String {
    "arn:aws:sts::\(try context.account):federated-user/\(name)"
  }

  static func access(
    _ input: GetFederationTokenRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    guard !context.hasSession else { throw .accessDenied("Cannot call GetFederationToken with session credentials") }
    let request = SessionRequest(policy: nil, policyARNs: nil, tags: input.tags)
    let resource = try arn(input.name, context)
    var checks = [AccessCheck("sts:GetFederationToken", on: resource, keys: request.tagKeys)]
    if !request.tags.isEmpty { checks.append(AccessCheck("sts:TagSession", on: resource, keys: request.tagKeys)) }
    return checks
  }

  static func run(
    _ input: GetFederationTokenRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetFederationTokenResponse {
    let account = try context.account
    let principal: SessionRecord.Principal
    switch context.caller.kind {
    case .user(let name, let id): principal = .federatedUser(name: input.name, userName: name, userID: id)
    case .root: principal = .federatedUser(name: input.name, userName: nil, userID: nil)
    default: throw .accessDenied("Cannot call GetFederationToken with these credentials")
    }
    let now = transaction.now.wholeSeconds
    let seconds = SessionToken.duration(input.durationSeconds, of: context.caller)
    var session = SessionRecord(
      for: principal, in: account, issued: now, expires: now.adding(seconds: Int64(seconds)), transaction.random)
    session.isMFAPresent = false
    let request = SessionRequest(policy: input.policy, policyARNs: input.policyArns, tags: input.tags)
    let size = try request.apply(to: &session, transaction)
    try session.save(in: transaction)
    return GetFederationTokenResponse(
      credentials: Credentials(session),
      federatedUser: FederatedUser(
        federatedUserId: "\(account):\(input.name)", arn: try arn(input.name, context)), packedPolicySize: size)
  }
}
