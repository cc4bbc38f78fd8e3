import Cloud
import Wire

/// CreateLogGroup, DeleteLogGroup and PutLogGroupDeletionProtection.
enum Groups {
  /// AWS: CloudWatch Logs quotas.
  static let tagLimit = 50

  static func create(
    _ input: CreateLogGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(name: input.logGroupName, context)
    if location.name.lowercased().hasPrefix("aws/") {
      throw .invalidParameter("Log groups starting with AWS/ are reserved for AWS.")
    }
    guard try location.find(transaction) == nil else { throw .alreadyExists("The specified log group already exists") }
    try Tagging.check(input.tags ?? [:])
    let logClass = input.logGroupClass.flatMap { LogGroupRecord.Class(rawValue: $0) } ?? .standard
    var group = LogGroupRecord(
      name: location.name, id: newID(transaction), createdAt: transaction.now.milliseconds, logClass: logClass,
      // AWS: user guide, "Log classes": groups of the Delivery class keep events for one day.
      retentionDays: logClass == .delivery ? 1 : nil, isProtected: input.deletionProtectionEnabled ?? false,
      tags: input.tags ?? [:])
    if let key = input.kmsKeyId { try Encryption.associate(key, with: &group, at: location, context, transaction) }
    try transaction.insert(group, in: location.scope)
    return NoMembers()
  }

  static func createAccess(
    _ input: CreateLogGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> [AccessCheck] {
    let location = try GroupLocation(name: input.logGroupName, context)
    let keys = Access.tagKeys(input.tags)
    var checks = try Access.group("CreateLogGroup", location, keys, context, transaction)
    // AWS: CreateLogGroup, `tags`: whoever gives some needs `logs:TagResource` or, as before, `logs:TagLogGroup`.
    if let tags = input.tags, !tags.isEmpty {
      let older = try Access.group("TagLogGroup", location, keys, context, transaction)
      for check in older where try !context.isAllowed(check, transaction) {
        checks += try Access.tags("TagResource", location, keys, context, transaction)
      }
    }
    return checks
  }

  static func delete(
    _ input: DeleteLogGroupRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(name: input.logGroupName, context)
    let group = try location.group(transaction)
    if group.isProtected { throw .deletionProtected(group.name) }
    try transaction.delete(group, in: location.scope)
    // The group's id is nobody's now: what it held is out of sight, and removed in pieces.
    try Sweeping.sweep(.group(group.id), location.scope, transaction)
    return NoMembers()
  }

  static func protect(
    _ input: PutLogGroupDeletionProtectionRequest, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> NoMembers {
    let location = try GroupLocation(identifier: input.logGroupIdentifier, context)
    let old = try location.group(transaction)
    var new = old
    new.isProtected = input.deletionProtectionEnabled
    try transaction.update(old, to: new, in: location.scope)
    return NoMembers()
  }

  /// A positive random number.
  static func newID(_ transaction: Transaction) -> Int64 { Int64(transaction.random.next() >> 1) }
}
