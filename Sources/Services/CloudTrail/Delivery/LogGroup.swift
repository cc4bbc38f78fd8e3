import Cloud
import Identity
import Wire

/// A trail's log group, its streams, and the session by which CloudTrail writes to them.
enum LogGroup {
  /// The name in `arn:aws:logs:<region>:<account>:log-group:<name>:*`.
  static func name(of arn: String) -> String? {
    guard let parts = ARN(arn), parts.service == "logs", parts.resource.hasPrefix("log-group:") else { return nil }
    var name = parts.resource.dropFirst("log-group:".count)
    if name.hasSuffix(":*") { name = name.dropLast(2) }
    return name.isEmpty || name.contains(":") ? nil : String(name)
  }

  static func streamARN(_ group: String, _ stream: String) -> String {
    (group.hasSuffix(":*") ? String(group.dropLast(2)) : group) + ":log-stream:" + stream
  }

  /// AWS: CloudTrail user guide, "CloudWatch log group and log stream naming for CloudTrail": `<account>_CloudTrail_<region>`,
  /// with the organization's id in front for its trails.
  // unverified: the Region is the trail's home Region, where AWS delivers the events of all.
  static func stream(_ trail: TrailRecord, account: AccountID, region: String) -> String {
    let name = "\(account)_CloudTrail_\(region)"
    return trail.organization.map { "\($0)_\(name)" } ?? name
  }

  static let sessionName = "CLOUDWATCH_LOGS_DELIVERY_SESSION"

  /// The session of a role that CloudTrail assumes.
  static func session(of role: RoleRecord, at now: Timestamp) -> Caller {
    Caller(
      kind: .assumedRole(roleARN: role.arn, roleID: role.id, sessionName: sessionName), account: role.account,
      arn: "arn:aws:sts::\(role.account):assumed-role/\(role.name)/\(sessionName)",
      userID: "\(role.id):\(sessionName)", session: Caller.Session(issued: now, expires: now.adding(seconds: 3600)))
  }
}

extension TrailHouse {
  /// Asks the judge about somebody else, without writing anything down.
  func isAllowed(
    _ check: AccessCheck, as caller: Caller, in region: Region, _ transaction: Transaction
  ) throws(AWSError) -> Bool {
    guard let service = service(CloudTrailService.name), let judge = authorizer else { return false }
    let context = Context(
      requestID: transaction.random.uuid(), caller: caller, region: region,
      request: .service(CloudTrailService.principal), service: service, authorizer: judge)
    return try judge.judge(check, context, transaction) == nil
  }
}
