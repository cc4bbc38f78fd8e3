import Cloud
import Identity
import Policy
import Wire

/// PutPermission and RemovePermission: they write a bus's policy, whole or statement by statement.
enum BusPolicy {
  /// The policy with the names of those who are still there.
  static func shown(_ record: BusRecord, _ transaction: Transaction) throws(AWSError) -> String? {
    guard let policy = record.policy else { return nil }
    return try Principals.render(policy, in: transaction)
  }

  static func put(
    _ input: PutPermissionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let bus = Bus(input.eventBusName ?? BusRecord.defaultName, try context.acting, context.region)
    var record = try bus.record(transaction)
    if let policy = input.policy {
      if input.statementId != nil || input.action != nil || input.principal != nil || input.condition != nil {
        // unverified: words
        throw .validation("Policy cannot be used together with StatementId, Action, Principal or Condition.")
      }
      record.policy = try checked(policy, transaction)
    } else {
      record.policy = try checked(try added(input, to: record, on: bus), transaction)
    }
    record.modifiedAt = transaction.now
    try transaction.put(record, in: bus.scope)
    return NoMembers()
  }

  static func remove(
    _ input: RemovePermissionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let bus = Bus(input.eventBusName ?? BusRecord.defaultName, try context.acting, context.region)
    var record = try bus.record(transaction)
    if input.removeAllPermissions == true {
      record.policy = nil
    } else {
      guard let id = input.statementId else {
        throw .validation("Parameter StatementId is required.")  // unverified: words
      }
      guard let policy = record.policy else { throw .notFound("EventBus does not have a policy.") }
      var statements = Statements(policy)
      guard statements.remove(id) else { throw .notFound("Statement with the provided id does not exist.") }
      record.policy = statements.isEmpty ? nil : statements.text
    }
    record.modifiedAt = transaction.now
    try transaction.put(record, in: bus.scope)
    return NoMembers()
  }

  /// The policy with the statement that the older form of PutPermission describes.
  private static func added(
    _ input: PutPermissionRequest, to record: BusRecord, on bus: Bus
  ) throws(AWSError) -> String {
    guard let id = input.statementId, let action = input.action, let principal = input.principal else {
      // unverified: words
      throw .validation("Parameters StatementId, Action and Principal must be specified when Policy is not.")
    }
    guard action == "events:PutEvents" || action == "events:PutPartnerEvents" else {
      throw .validation("Provided value in parameter 'action' is not supported.")
    }
    var statement = "{\"Sid\":\(EventText.quoted(id)),\"Effect\":\"Allow\",\"Principal\":"
    if principal == "*" {
      statement += "\"*\""
    } else {
      guard AccountID(principal) != nil else {
        throw .validation("Provided value in parameter 'principal' must be 12 digits.")  // unverified: words
      }
      statement += "{\"AWS\":\"arn:aws:iam::\(principal):root\"}"
    }
    statement += ",\"Action\":\(EventText.quoted(action)),\"Resource\":\(EventText.quoted(bus.arn))"
    if let condition = input.condition {
      // AWS: "Currently, the only supported key is aws:PrincipalOrgID", and the only type StringEquals.
      guard condition.type == "StringEquals", condition.key == "aws:PrincipalOrgID", principal == "*" else {
        throw .validation("Provided value in parameter 'condition' is not supported.")  // unverified: words
      }
      statement += ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\(EventText.quoted(condition.value))}}"
    }
    var statements = Statements(record.policy)
    statements.set(id, statement + "}")
    return statements.text
  }

  /// - Returns: the policy to be stored, with ids for its users and roles.
  private static func checked(_ policy: String, _ transaction: Transaction) throws(AWSError) -> String {
    if policy.utf8.count > Quotas.policy { throw .policyTooLong() }
    do { try PolicyValidator.check(policy, as: .resource) } catch {
      throw .validation("The provided policy is not valid: \(error.message)")  // unverified: words
    }
    do throws(AWSError) { return try Principals.pin(policy, in: transaction) } catch {
      throw error.code == "MalformedPolicyDocument" ? .validation(error.message) : error
    }
  }

  /// A policy's statements as texts, so that each keeps the words that its author gave it.
  private struct Statements {
    private var version = "2012-10-17"
    private var id: String?
    private var statements: [(sid: String?, text: String)] = []

    init(_ policy: String?) {
      guard let policy, let document = try? PolicyDocument(parsing: policy) else { return }
      version = document.version
      id = document.id
      for index in 0..<document.statementCount {
        statements.append((document.sid(ofStatement: index), document.text(ofStatement: index)))
      }
    }

    var isEmpty: Bool { statements.isEmpty }

    mutating func set(_ sid: String, _ text: String) {
      if let index = statements.firstIndex(where: { $0.sid == sid }) {
        statements[index].text = text
      } else {
        statements.append((sid, text))
      }
    }

    /// Says whether there was one.
    mutating func remove(_ sid: String) -> Bool {
      guard let index = statements.firstIndex(where: { $0.sid == sid }) else { return false }
      statements.remove(at: index)
      return true
    }

    var text: String {
      let id = id.map { ",\"Id\":\(EventText.quoted($0))" } ?? ""
      return "{\"Version\":\"\(version)\"\(id),\"Statement\":[\(statements.map(\.text).joined(separator: ","))]}"
    }
  }
}
