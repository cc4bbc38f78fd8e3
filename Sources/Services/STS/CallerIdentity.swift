import Cloud
import Identity
import Wire

/// Who somebody is.
enum CallerIdentity {
  static func get(
    _ input: GetCallerIdentityRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetCallerIdentityResponse {
    GetCallerIdentityResponse(
      userId: context.caller.userID, account: context.caller.account?.rawValue, arn: context.caller.arn)
  }

  /// The account of any access key, which stands in its id.
  static func accessKeyInfo(
    _ input: GetAccessKeyInfoRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> GetAccessKeyInfoResponse {
    guard let account = Identity.Credentials.account(of: input.accessKeyId) else {
      // unverified: the words.
      throw .validation("Access key id \(input.accessKeyId) is not valid.")
    }
    return GetAccessKeyInfoResponse(account: account.rawValue)
  }

  /// The check of an action without resource types.
  static func access<Input>(
    _ action: String
  ) -> @Sendable (Input, Context, Transaction) throws(AWSError) -> [AccessCheck] {
    { _, context, _ throws(AWSError) in
      try context.refuseLimitedSessions()
      return [AccessCheck("sts:" + action, on: "*")]
    }
  }
}

extension Context {
  /// Whether the caller has temporary credentials.
  var hasSession: Bool { caller.session != nil }

  /// Sessions of GetSessionToken and GetFederationToken may call nothing of STS but AssumeRole (the former) and
  /// GetCallerIdentity (IAM user guide, "Compare AWS STS credentials").
  func refuseLimitedSessions() throws(AWSError) {
    switch caller.kind {
    case .user, .root, .federatedUser:
      if hasSession { throw .accessDenied("Cannot call this operation with session credentials") }
    default: break
    }
  }
}
