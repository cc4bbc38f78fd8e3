import Cloud
import Policy

/// What can be known of a call before it is made.
enum SurveyKnowledge {
  /// The name that stands for all sessions of a role.
  static let anySession = "*"

  /// The context of a call by `caller`: who he is and what he asks for is known, how he will ask isn't.
  static func context(_ full: ConditionContext, of caller: Caller) -> PartialContext {
    var known = full
    for (key, _) in full.all where isOfTheCall(key) { known[key] = nil }
    var absent = alwaysAbsent
    switch caller.kind {
    case .service: break
    case .anonymous: absent += notForServices + notWithoutCredentials
    case .root, .user: absent += notForServices + notForLongTermKeys
    case .assumedRole, .federatedUser: absent += notForServices + ["aws:username"]
    }
    // A role's session can bring tags of its own; nobody else's tags are unknown.
    if case .assumedRole = caller.kind {} else { absent.append("aws:PrincipalTag/") }
    if case .assumedRole(_, _, anySession) = caller.kind { known["aws:userid"] = nil }
    return PartialContext(known, remainder: .unknown(absent: PartialContext.KeySet(absent)))
  }

  /// Whether a key says how a call is made.
  private static func isOfTheCall(_ key: String) -> Bool {
    let key = key.lowercased()
    if key.hasPrefix("s3:") { return !key.hasPrefix("s3:existingobjecttag/") && key != "s3:resourceaccount" }
    return ["aws:sourceip", "aws:useragent", "aws:referer", "aws:viaawsservice"].contains(key)
  }

  /// Keys that no call has here unless they are known, being those of the resource or of features that aren't built.
  private static let alwaysAbsent = [
    "aws:ResourceTag/", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:ResourceOrgID", "aws:ResourceOrgPaths",
    "s3:ExistingObjectTag/", "aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", "aws:VpceAccount",
    "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:ChatbotSourceArn", "kms:ResourceAliases",
  ]
  private static let notForServices = [
    "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
  ]
  private static let notForLongTermKeys = [
    "aws:TokenIssueTime", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:FederatedProvider",
    "aws:SourceIdentity", "aws:AssumedRoot",
  ]
  private static let notWithoutCredentials =
    notForLongTermKeys + ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:username"]
}
