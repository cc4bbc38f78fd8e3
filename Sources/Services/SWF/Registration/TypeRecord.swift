import Cloud
import Wire

/// What the records of workflow types and activity types have in common: their life.
protocol TypeRecord: Record {
  static var byStatus: Index<Self> { get }
  var domain: String { get }
  var name: String { get }
  var version: String { get }
  var status: RegistrationState { get set }
  /// Milliseconds since 1970.
  var deprecatedAt: Int64? { get set }
  /// As AWS prints it: `WorkflowType=[name=…, version=…]`.
  var sentence: String { get }
}

extension WorkflowTypeRecord: TypeRecord {
  var sentence: String { type.sentence }
}

extension ActivityTypeRecord: TypeRecord {
  var sentence: String { type.sentence }
}

extension TypeRecord {
  /// Keeps the type from being used anew.
  /// - Throws: TypeDeprecatedFault, if it is so already.
  func deprecate(in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    if status == .deprecated { throw .typeDeprecated(sentence) }
    var changed = self
    changed.status = .deprecated
    changed.deprecatedAt = transaction.now.milliseconds
    try transaction.update(self, to: changed, in: scope)
  }

  /// Lets the type be used again.
  /// - Throws: TypeAlreadyExistsFault, if it is not deprecated.
  func undeprecate(in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    if status == .registered { throw .typeAlreadyExists(sentence) }
    var changed = self
    changed.status = .registered
    changed.deprecatedAt = nil
    try transaction.update(self, to: changed, in: scope)
  }

  /// Removes the type; the same name and version may be registered anew. What runs already runs on.
  /// - Throws: TypeNotDeprecatedFault, if it was not deprecated before.
  func delete(in scope: Scope, _ transaction: Transaction) throws(AWSError) {
    if status == .registered { throw .typeNotDeprecated(sentence) }
    try transaction.delete(self, in: scope)
  }

  /// A page of a domain's types, by name and version.
  /// - Returns: the page, and the token of the next if there is more.
  static func page(
    of operation: String, in domain: String, status: String, name: String?, token: String?, size: Int?,
    reversed: Bool, _ scope: Scope, _ transaction: Transaction
  ) throws(AWSError) -> (types: [Self], token: String?) {
    var range = KeyRange.prefix(.string(domain), .string(status))
    if let name { range = .prefix(.string(domain), .string(status), .string(name)) }
    let last = try PageToken.key(token, of: operation, at: transaction.now)
    let limit = PageToken.size(size)
    var found = try transaction.scan(
      Self.self, by: byStatus, in: scope, range.rest(behind: last, reversed: reversed), limit: limit + 1,
      reversed: reversed)
    guard found.count > limit, let key = byStatus.value(found[limit - 1]) else { return (found, nil) }
    found.removeLast()
    return (found, PageToken(operation, behind: key, at: transaction.now).text)
  }
}
