import Cloud
import Wire

/// A domain: the space in which types, executions and task lists live.
struct DomainRecord: Record {
  static let kind = "swf.domain"
  static let isCached = true

  var name: String
  var status: RegistrationState = .registered
  var description: String?
  /// How many days the histories of closed executions stay; nothing for none at all (`NONE` or 0).
  var retentionDays: Int?
  /// The retention as it was given: `NONE`, `0` or the days.
  var retention: String
  var tags: [String: String] = [:]
  /// Milliseconds since 1970.
  var createdAt: Int64

  var key: Key { Key(name) }

  var isDeprecated: Bool { status == .deprecated }

  /// How long a closed execution stays, in milliseconds; 0 means that it vanishes as it closes.
  var retentionMilliseconds: Int64 { Int64(retentionDays ?? 0) * 86_400_000 }
}

extension DomainRecord {
  /// The domain called `name`, deprecated or not.
  /// - Throws: `Unknown domain: NAME`
  static func find(_ name: String, in scope: Scope, _ transaction: Transaction) throws(AWSError) -> DomainRecord {
    guard let record = try transaction.get(DomainRecord.self, Key(name), in: scope) else { throw .unknownDomain(name) }
    return record
  }

  /// The domain called `name`, in which something is to be made.
  /// - Throws: `Unknown domain: NAME`, or DomainDeprecatedFault.
  static func findUsable(_ name: String, in scope: Scope, _ transaction: Transaction) throws(AWSError) -> DomainRecord {
    let record = try find(name, in: scope, transaction)
    if record.isDeprecated { throw .domainDeprecated(name) }
    return record
  }
}
