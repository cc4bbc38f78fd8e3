import Cloud
import Wire

/// A registered version of a workflow.
struct WorkflowTypeRecord: Record {
  static let kind = "swf.workflowType"
  static let isCached = true

  /// Types of a domain by status, in the order of their names.
  static let byStatus = Index<WorkflowTypeRecord>("status") { record in
    Key(.string(record.domain), .string(record.status.rawValue), .string(record.name), .string(record.version))
  }
  static let indexes = [byStatus]

  /// What an execution gets that gives no values of its own; each as it was registered.
  struct Defaults: Codable, Sendable, Equatable {
    var taskStartToCloseTimeout: String?
    var executionStartToCloseTimeout: String?
    var taskList: String?
    var taskPriority: String?
    var childPolicy: String?
    var lambdaRole: String?
  }

  var domain: String
  var name: String
  var version: String
  var status: RegistrationState = .registered
  var description: String?
  var defaults: Defaults
  /// Milliseconds since 1970.
  var createdAt: Int64
  var deprecatedAt: Int64?

  var key: Key { WorkflowTypeRecord.key(type, in: domain) }
  var type: WorkflowType { WorkflowType(name: name, version: version) }
  var isDeprecated: Bool { status == .deprecated }

  static func key(_ type: WorkflowType, in domain: String) -> Key {
    Key(.string(domain), .string(type.name), .string(type.version))
  }

  /// A type of a domain, deprecated or not; nothing if there is none.
  static func find(
    ifAny type: WorkflowType, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowTypeRecord? {
    try transaction.get(WorkflowTypeRecord.self, key(type, in: domain), in: scope)
  }

  /// A type of a domain, deprecated or not.
  /// - Throws: `Unknown type: WorkflowType=[name=N, version=V]`
  static func find(
    _ type: WorkflowType, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowTypeRecord {
    guard let record = try find(ifAny: type, in: domain, scope, transaction) else { throw .unknownType(type) }
    return record
  }

  /// A type of a domain from which an execution is to be started.
  /// - Throws: `Unknown type: …`, or TypeDeprecatedFault.
  static func findUsable(
    _ type: WorkflowType, in domain: String, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> WorkflowTypeRecord {
    let record = try find(type, in: domain, scope, transaction)
    if record.isDeprecated { throw .typeDeprecated(type.sentence) }
    return record
  }
}
