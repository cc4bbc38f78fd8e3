import Policy

/// Who called, as a record's `userIdentity` tells, with the condition keys that follow from it.
///
/// AWS: CloudTrail user guide, "CloudTrail userIdentity element". A class: thousands of records share one.
final class TrailIdentity: Sendable {
  enum Kind: Sendable {
    /// A principal of an account.
    case principal
    /// An AWS service, which SCPs don't limit.
    case service
    /// Nobody signed the request.
    case anonymous
    /// The record doesn't tell who it was well enough to judge.
    case unclear
  }

  let kind: Kind
  let principal: Principal
  /// A role rather than its session.
  let name: String
  let partition: String
  /// The same for all sessions of a principal with and all without MFA.
  let group: String
  /// The service that called for the principal.
  let invokedBy: String?
  /// The condition keys that are known from the identity.
  let context: ConditionContext
  /// The condition keys that are certainly absent.
  let absent: PartialContext.KeySet

  var account: String? { principal.account }

  /// Reads `userIdentity`.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONCursor.Stop) {
    var facts = Facts()
    var cursor = try JSONCursor(bytes)
    try cursor.object { (cursor, key) throws(JSONCursor.Stop) in try facts.read(&cursor, key) }
    invokedBy = facts.type == "AWSService" ? nil : facts.invokedBy
    (kind, principal) = facts.principal
    switch kind {
    case .principal: name = facts.issuer ?? principal.arn
    case .service: name = facts.invokedBy ?? "AWS service"
    case .anonymous, .unclear: name = facts.arn ?? facts.type
    }
    group = "\(facts.type) \(facts.hasSession ? facts.mfa ?? "" : "-") \(facts.issuer ?? principal.arn)"
    partition = principal.partition
    let (context, absent) = facts.conditions(principal, kind)
    self.context = context
    self.absent = absent
  }

  /// The members that matter.
  private struct Facts {
    var type = ""
    var principalID: String?
    var arn: String?
    var account: String?
    var userName: String?
    var invokedBy: String?
    var hasSession = false
    var issuer: String?
    var issuerID: String?
    var mfa: String?
    var created: String?
    var sourceIdentity: String?
    var federatedProvider: String?

    mutating func read(_ cursor: inout JSONCursor, _ key: UnsafeBufferPointer<UInt8>) throws(JSONCursor.Stop) {
      if JSONCursor.is(key, "type") {
        type = try cursor.text() ?? ""
      } else if JSONCursor.is(key, "principalId") {
        principalID = try cursor.text()
      } else if JSONCursor.is(key, "arn") {
        arn = try cursor.text()
      } else if JSONCursor.is(key, "accountId") {
        account = try cursor.text()
      } else if JSONCursor.is(key, "userName") {
        userName = try cursor.text()
      } else if JSONCursor.is(key, "invokedBy") {
        invokedBy = try cursor.text()
      } else if JSONCursor.is(key, "sessionContext"), try cursor.peek() == UInt8(ascii: "{") {
        hasSession = true
        try cursor.object { (cursor, key) throws(JSONCursor.Stop) in try session(&cursor, key) }
      } else {
        try cursor.skip()
      }
    }

    private mutating func session(
      _ cursor: inout JSONCursor, _ key: UnsafeBufferPointer<UInt8>
    ) throws(JSONCursor.Stop) {
      if JSONCursor.is(key, "sourceIdentity") {
        sourceIdentity = try cursor.text()
        return
      }
      guard try cursor.peek() == UInt8(ascii: "{") else {
        try cursor.skip()
        return
      }
      try cursor.object { (cursor, inner) throws(JSONCursor.Stop) in
        if JSONCursor.is(key, "sessionIssuer"), JSONCursor.is(inner, "arn") {
          issuer = try cursor.text()
        } else if JSONCursor.is(key, "sessionIssuer"), JSONCursor.is(inner, "principalId") {
          issuerID = try cursor.text()
        } else if JSONCursor.is(key, "attributes"), JSONCursor.is(inner, "mfaAuthenticated") {
          mfa = try cursor.text()
        } else if JSONCursor.is(key, "attributes"), JSONCursor.is(inner, "creationDate") {
          created = try cursor.text()
        } else if JSONCursor.is(key, "webIdFederationData"), JSONCursor.is(inner, "federatedProvider") {
          federatedProvider = try cursor.text()
        } else {
          try cursor.skip()
        }
      }
    }

    var principal: (Kind, Principal) {
      switch type {
      case "Root":
        return (.principal, Principal(.root(account: account ?? ""), partition: partition))
      case "IAMUser":
        guard let arn else { break }
        return (.principal, Principal(.user(arn: arn, id: principalID ?? "")))
      case "AssumedRole":
        guard let arn, let issuer else { break }
        let session = arn.split(separator: "/").last.map(String.init) ?? ""
        return (
          .principal, Principal(.roleSession(arn: arn, roleARN: issuer, roleID: issuerID ?? "", name: session))
        )
      case "Role":
        guard let arn else { break }
        return (.principal, Principal(.role(arn: arn, id: principalID ?? "")))
      case "FederatedUser":
        guard let arn else { break }
        return (.principal, Principal(.federatedUser(arn: arn, id: principalID ?? "", userARN: issuer)))
      case "AWSService": return (.service, Principal(.service(invokedBy ?? "")))
      case "AWSAccount" where account?.uppercased() == "ANONYMOUS" || principalID?.uppercased() == "ANONYMOUS":
        return (.anonymous, Principal(.anonymous))
      // What the owner of a resource sees of a caller from another account: that account, and no more. Callers before
      // federation (SAML, web identity) and of directories belong to no account.
      default: break
      }
      return (.unclear, Principal(.anonymous))
    }

    private var partition: String {
      let parts = (arn ?? "").split(separator: ":", omittingEmptySubsequences: false)
      return parts.count > 1 ? String(parts[1]) : "aws"
    }

    /// AWS: IAM user guide, "AWS global condition context keys".
    func conditions(_ principal: Principal, _ kind: Kind) -> (ConditionContext, PartialContext.KeySet) {
      var keys = ConditionContext()
      keys.reserveCapacity(20)
      guard kind == .principal else {
        if kind == .service { keys.set("aws:PrincipalIsAWSService", true) }
        if kind == .anonymous {
          keys.set("aws:PrincipalIsAWSService", false)
          keys.set("aws:PrincipalType", "Anonymous")
        }
        return (keys, kind == .anonymous ? Self.absentForAnonymous : Self.absentForServices)
      }
      keys.set("aws:PrincipalIsAWSService", false)
      keys.set("aws:PrincipalAccount", principal.account)
      keys.set("aws:PrincipalArn", issuer ?? arn ?? principal.arn)
      keys.set("aws:userid", principalID)
      keys.set("aws:SourceIdentity", sourceIdentity)
      keys.set("aws:FederatedProvider", federatedProvider)
      if hasSession {
        keys.set("aws:MultiFactorAuthPresent", mfa)
        keys.set("aws:TokenIssueTime", created)
      }
      var absent = Self.absentAlways
      switch type {
      case "Root": keys.set("aws:PrincipalType", "Account")
      case "IAMUser":
        keys.set("aws:PrincipalType", "User")
        keys.set("aws:username", userName)
      case "FederatedUser": keys.set("aws:PrincipalType", "FederatedUser")
      default: keys.set("aws:PrincipalType", "AssumedRole")
      }
      if type != "IAMUser" { absent.append("aws:username") }
      // Long-term credentials have no session.
      if type == "IAMUser" || type == "Root" {
        absent += ["aws:FederatedProvider", "aws:SourceIdentity", "aws:Ec2InstanceSourceVpc"]
        absent.append("aws:Ec2InstanceSourcePrivateIPv4")
        if !hasSession { absent += ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:TokenIssueTime"] }
        if type == "Root" { absent.append("aws:PrincipalTag/") }
      }
      // A record tells the source identity of every session that has one.
      if type == "AssumedRole" { absent.append("aws:SourceIdentity") }
      return (keys, PartialContext.KeySet(absent))
    }

    private static let absentAlways = [
      "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
    ]

    private static let absentForServices = PartialContext.KeySet([
      "aws:username", "aws:PrincipalTag/", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:SourceIp",
      "aws:VpcSourceIp", "aws:SourceVpc", "aws:SourceVpce", "aws:SourceIdentity", "aws:FederatedProvider",
      "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount", "aws:PrincipalArn",
    ])

    private static let absentForAnonymous = PartialContext.KeySet([
      "aws:username", "aws:userid", "aws:PrincipalTag/", "aws:PrincipalArn", "aws:PrincipalAccount",
      "aws:PrincipalOrgID",
      "aws:PrincipalOrgPaths", "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:TokenIssueTime",
      "aws:SourceIdentity", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
    ])
  }
}
