import Cloud
import Synchronization
import Wire

/// Notes when access keys and roles were last used, without making a write of every read.
///
/// State: the latest use of each id, in a `Mutex` held for a look-up; it goes to the store when more than a minute has
/// passed since it last did. So what a crash loses is at most the last minute of "last used".
public enum LastUse {
  private struct Use {
    var time: Timestamp
    var service: String
    var region: String
    var stored: Timestamp
  }

  private static let uses = Mutex<[String: Use]>([:])
  private static let limit = 20_000
  /// In milliseconds.
  private static let grain: Int64 = 60_000

  /// Notes the use of the caller's access key and role.
  /// - Parameters:
  ///   - service: the service's name in its endpoint (`s3`).
  ///   - region: the Region that was asked.
  public static func note(
    _ caller: Caller, service: String, region: Region, in transaction: Transaction
  ) throws(AWSError) {
    guard let account = caller.account else { return }
    switch caller.kind {
    case .user where caller.session == nil:
      if let id = caller.accessKeyID { try note(id, account, service, region, transaction) }
    case .root:
      if let id = caller.accessKeyID, id.hasPrefix("AKIA") { try note(id, account, service, region, transaction) }
    case .assumedRole(_, let id, _):
      try note(id, account, service, region, transaction)
    default: break
    }
  }

  private static func note(
    _ id: String, _ account: AccountID, _ service: String, _ region: Region, _ transaction: Transaction
  ) throws(AWSError) {
    let now = transaction.now
    let isDue = uses.withLock { uses in
      if let stored = uses[id]?.stored {
        let age = now.milliseconds - stored.milliseconds
        let isDue = age >= grain || age < 0
        uses[id] = Use(time: now, service: service, region: region.rawValue, stored: isDue ? now : stored)
        return isDue
      }
      if uses.count >= limit { uses.removeAll(keepingCapacity: true) }
      uses[id] = Use(time: now, service: service, region: region.rawValue, stored: now)
      return true
    }
    guard isDue else { return }
    try transaction.put(
      LastUseRecord(id: id, time: now, service: service, region: region.rawValue), in: Scope(account))
  }

  /// The last use of an access key or role.
  public static func of(_ id: String, in account: AccountID, _ transaction: Transaction) throws(AWSError)
    -> LastUseRecord?
  {
    let stored = try transaction.get(LastUseRecord.self, Key(id), in: Scope(account))
    guard let use = uses.withLock({ $0[id] }), use.time > stored?.time ?? Timestamp(milliseconds: .min) else {
      return stored
    }
    return LastUseRecord(id: id, time: use.time, service: use.service, region: use.region)
  }
}
