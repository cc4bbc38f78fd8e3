import Cloud
import Identity
import Wire

/// AWS Security Token Service.
public enum STSService {
  /// STS's table of contents.
  /// - Parameter decisions: finds what encoded authorization messages say.
  public static func definition(decisions: any DecisionLookup) -> ServiceDefinition {
    ServiceDefinition(
      model: .sts, actionPrefix: "sts",
      operations: [
        Operation("AssumeRole", audit: assuming, access: AssumeRole.access, AssumeRole.run),
        // Their callers are told by a token inside; the handler reads it before it can ask the judge.
        Operation("AssumeRoleWithWebIdentity", isOpenToAnonymous: true, audit: assuming, access: none, WebIdentity.run),
        Operation("AssumeRoleWithSAML", isOpenToAnonymous: true, audit: assuming, access: none, SAMLIdentity.run),
        // AWS: no permissions are needed, and no policy can deny it.
        Operation("GetCallerIdentity", access: none, CallerIdentity.get),
        Operation("GetSessionToken", audit: issuing, access: none, SessionToken.run),
        Operation("GetFederationToken", audit: issuing, access: FederationToken.access, FederationToken.run),
        Operation("GetAccessKeyInfo", access: CallerIdentity.access("GetAccessKeyInfo"), CallerIdentity.accessKeyInfo),
        Operation("DecodeAuthorizationMessage", access: CallerIdentity.access("DecodeAuthorizationMessage")) {
          (input: DecodeAuthorizationMessageRequest, _, transaction) throws(AWSError) in
          guard let message = try decisions.decodedMessage(for: input.encodedMessage, in: transaction) else {
            throw AWSError("InvalidAuthorizationMessageException", "Message is not valid.", status: 400)
          }
          return DecodeAuthorizationMessageResponse(decodedMessage: message)
        },
      ],
      question: { action, arn, _, transaction throws(AWSError) in
        guard try RoleRecord.find(arn: arn, transaction) != nil else { return nil }
        return try AssumeRole.check(action, arn, [], transaction)
      }, deny: deny)
  }

  /// AWS: CloudTrail counts the assuming of roles as reading, and shows the session nevertheless.
  private static let assuming = AuditEvent.management(readOnly: true, showsResponse: true)
  private static let issuing = AuditEvent.management(readOnly: false)

  /// No permission is needed.
  private static func none<Input>(
    _ input: Input, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] { [] }

  /// What assumes a role is told no more than that it may not.
  private static func deny(_ denial: Denial) -> AWSError {
    if denial.action.hasPrefix("sts:AssumeRoleWith") {
      return .accessDenied("Not authorized to perform \(denial.action)")
    }
    var denial = denial
    if ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"].contains(denial.action) { denial.reason = nil }
    return .accessDenied(denial.message())
  }
}
