import Cloud
import Identity
import Wire

/// Becoming a role.
enum AssumeRole {
  /// The permission to assume the role, and those to tag the session and to name its source identity, if it does.
  static func access(
    _ input: AssumeRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    if case .root = context.caller.kind { throw .accessDenied("Roles may not be assumed by root accounts.") }
    guard let arn = ARN(input.roleArn), arn.service == "iam" else { throw .validation("\(input.roleArn) is invalid") }
    if case .federatedUser = context.caller.kind {
      throw .accessDenied("Cannot call AssumeRole with the credentials of a federated user")
    }
    let request = SessionRequest(
      policy: nil, policyARNs: nil, tags: input.tags, transitiveKeys: input.transitiveTagKeys)
    var keys: [(name: String, value: ConditionValue)] = [("sts:RoleSessionName", .single(input.roleSessionName))]
    if let id = input.externalId { keys.append(("sts:ExternalId", .single(id))) }
    let source = input.sourceIdentity ?? context.caller.session?.sourceIdentity
    if let source { keys.append(("sts:SourceIdentity", .single(source))) }
    if input.serialNumber != nil, input.tokenCode != nil {
      // The code itself is checked before anything is given; until then this only lets the policies be judged.
      keys.append(("aws:MultiFactorAuthPresent", .single("true")))
      keys.append(("aws:MultiFactorAuthAge", .single("0")))
    }
    keys += request.tagKeys
    var checks = [try check("sts:AssumeRole", input.roleArn, keys, transaction)]
    if !request.tags.isEmpty || !inherited(context.caller).isEmpty {
      checks.append(try check("sts:TagSession", input.roleArn, keys, transaction))
    }
    if source != nil { checks.append(try check("sts:SetSourceIdentity", input.roleArn, keys, transaction)) }
    return checks
  }

  /// A check against a role's trust policy; without a role nobody may.
  static func check(
    _ action: String, _ roleARN: String, _ keys: [(name: String, value: ConditionValue)], _ transaction: Transaction
  ) throws(AWSError) -> AccessCheck {
    let role = try RoleRecord.find(arn: roleARN, transaction)
    var keys = keys
    var tags: [String: String] = [:]
    for tag in role?.tags ?? [] {
      tags[tag.key] = tag.value
      keys.append(("iam:ResourceTag/\(tag.key)", .single(tag.value)))
    }
    return AccessCheck(
      action, on: roleARN, owner: ARN(roleARN)?.accountID, policy: role?.trustPolicy, mode: .resourcePolicyDecides,
      keys: keys, tags: tags)
  }

  /// The tags that a chained session takes along.
  private static func inherited(_ caller: Caller) -> [String: String] {
    guard case .assumedRole = caller.kind, let session = caller.session else { return [:] }
    let kept = Set(session.transitiveTagKeys.map { $0.lowercased() })
    return session.tags.filter { kept.contains($0.key.lowercased()) }
  }

  static func run(
    _ input: AssumeRoleRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> AssumeRoleResponse {
    guard let role = try RoleRecord.find(arn: input.roleArn, transaction) else {
      // Only where permissions are not enforced does a call for no role get here.
      throw .accessDenied(
        "User: \(context.caller.arn) is not authorized to perform: sts:AssumeRole on resource: \(input.roleArn)")
    }
    let duration = input.durationSeconds ?? 3600
    if case .assumedRole = context.caller.kind, duration > 3600 {
      throw .validation(
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
    }
    guard duration <= role.maxSessionDuration else {
      throw .validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
    }
    let current = context.caller.session?.sourceIdentity
    if let current, let wanted = input.sourceIdentity, wanted != current {
      throw .accessDenied(
        "User: \(context.caller.arn) is not authorized to perform: sts:SetSourceIdentity on resource: \(role.arn)")
    }
    let isMFAPresent = try MultiFactor.check(
      serialNumber: input.serialNumber, code: input.tokenCode, of: context.caller, transaction)
    let request = SessionRequest(
      policy: input.policy, policyARNs: input.policyArns, tags: input.tags, transitiveKeys: input.transitiveTagKeys)
    var session = SessionRecord(
      of: role, named: input.roleSessionName, duration: duration, transaction)
    session.sourceIdentity = input.sourceIdentity ?? current
    session.isMFAPresent = isMFAPresent ? true : nil
    let size = try request.apply(to: &session, inherited: inherited(context.caller), transaction)
    try session.save(in: transaction)
    return AssumeRoleResponse(
      credentials: Credentials(session), assumedRoleUser: AssumedRoleUser(role, input.roleSessionName),
      packedPolicySize: size, sourceIdentity: session.sourceIdentity)
  }
}

extension SessionRecord {
  /// A session of a role that lasts `duration` seconds.
  init(of role: RoleRecord, named name: String, duration: Int, _ transaction: Transaction) {
    let now = transaction.now.wholeSeconds
    self.init(
      for: .role(name: role.name, id: role.id, sessionName: name), in: role.account, issued: now,
      expires: now.adding(seconds: Int64(duration)), transaction.random)
  }
}

extension AssumedRoleUser {
  init(_ role: RoleRecord, _ sessionName: String) {
    self.init(
      assumedRoleId: "\(role.id):\(sessionName)",
      arn: "arn:aws:sts::\(role.account):assumed-role/\(role.name)/\(sessionName)")
  }
}
