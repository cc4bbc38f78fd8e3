import Cloud
import Wire

/// The lock on one version of an object.
/// AWS: S3 user guide, "Locking objects with Object Lock".
struct ObjectLock: Sendable, Equatable, Codable {
  enum Mode: String, Sendable, Codable {
    /// Who has `s3:BypassGovernanceRetention` and says so may break it.
    case governance = "GOVERNANCE"
    /// Nobody may.
    case compliance = "COMPLIANCE"
  }

  struct Retention: Sendable, Equatable, Codable {
    var mode: Mode
    var until: Timestamp
  }

  var retention: Retention?
  /// On or off; nothing if none was ever set.
  var legalHold: Bool?

  static let none = ObjectLock()

  /// What keeps a version from being deleted.
  enum Hindrance: Sendable, Equatable {
    case nothing
    /// Only a bypass of governance gets past it.
    case governance
    case absolute
  }

  /// What keeps the version from being deleted at a time.
  func hindrance(at now: Timestamp) -> Hindrance {
    if legalHold == true { return .absolute }
    guard let retention, retention.until > now else { return .nothing }
    return retention.mode == .compliance ? .absolute : .governance
  }

  /// Whether another retention would weaken this one, so that it needs what deleting the version would need.
  func isWeakened(by new: Retention?, at now: Timestamp) -> Bool {
    guard let retention, retention.until > now else { return false }
    guard let new else { return true }
    if new.until < retention.until { return true }
    return retention.mode == .compliance && new.mode == .governance
  }
}

extension ObjectRecord {
  /// Whether a lock keeps this version from being deleted for good at a time: then lifecycle rules pass over it, too.
  func isLocked(at now: Timestamp) -> Bool { protection.lock.hindrance(at: now) != .nothing }
}

/// Object Lock of a bucket, which is on.
struct ObjectLockConfigurationRecord: Sendable, Codable, Equatable {
  struct DefaultRetention: Sendable, Codable, Equatable {
    var mode: ObjectLock.Mode
    var days: Int?
    var years: Int?

    /// When the retention of an object made at a time ends.
    func end(from start: Timestamp) -> Timestamp {
      // AWS counts a year as 365 days. unverified
      let length = Int64(days ?? (years ?? 0) * 365)
      return Timestamp(milliseconds: start.milliseconds + length * 86_400_000)
    }
  }

  var defaultRetention: DefaultRetention?
}

extension BucketRecord {
  /// The lock of a new object: what its request says, or else the bucket's default.
  func lock(asked: ObjectLock, now: Timestamp) -> ObjectLock {
    guard let configuration = objectLock else { return .none }
    var lock = asked
    if lock.retention == nil, let standard = configuration.defaultRetention {
      lock.retention = .init(mode: standard.mode, until: standard.end(from: now))
    }
    return lock
  }
}
