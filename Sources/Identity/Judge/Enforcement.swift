import Cloud
import Wire

/// Whether an account's permissions are enforced.
public enum Enforcement: String, Sendable, Codable, CaseIterable {
  /// As AWS does.
  case enforce
  /// Everything is allowed, and what would have been denied is kept in the ledger.
  case audit
  /// Nothing is judged.
  case off
}

/// An account's own setting.
public struct EnforcementRecord: Record {
  public static let kind = "identity.enforcement"
  public static let isCached = true
  var account: AccountID
  var mode: Enforcement

  public var key: Key { "enforcement" }

  public init(account: AccountID, mode: Enforcement) {
    self.account = account
    self.mode = mode
  }

  /// Stores the setting.
  public func save(in transaction: Transaction) throws(AWSError) { try transaction.put(self, in: Scope(account)) }

  /// All settings, by account.
  public static func all(in transaction: Transaction) throws(AWSError) -> [String: String] {
    var result: [String: String] = [:]
    for scope in try transaction.scopes(of: EnforcementRecord.self) {
      guard let account = scope.account else { continue }
      result[account.rawValue] = try mode(of: account, in: transaction)?.rawValue
    }
    return result
  }

  static func mode(of account: AccountID, in transaction: Transaction) throws(AWSError) -> Enforcement? {
    try transaction.get(EnforcementRecord.self, "enforcement", in: Scope(account))?.mode
  }
}
