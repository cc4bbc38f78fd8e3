import Wire

/// What becomes of a bucket's objects in time.
/// AWS: S3 user guide, "Managing the lifecycle of objects".
struct LifecycleRules: Sendable, Codable, Equatable {
  /// When something happens to an object.
  enum When: Sendable, Codable, Equatable {
    case days(Int)
    case date(Timestamp)

    /// The moment, for an object of that age. AWS: the days are added to the object's time, "and rounding the resulting time to
    /// the next day midnight UTC".
    func moment(since start: Timestamp) -> Timestamp {
      switch self {
      case .days(let days): start.adding(seconds: Int64(days) * 86_400).nextMidnight
      case .date(let date): date
      }
    }
  }

  /// The objects that a rule is about.
  struct Filter: Sendable, Codable, Equatable {
    /// How it was written, so that it is shown the same way.
    enum Form: String, Sendable, Codable {
      case oldPrefix, empty, prefix, tag, greater, less, and
    }

    var form: Form
    var prefix = ""
    var tags: [TagPair] = []
    /// Sizes in bytes, both excluded.
    var greater: Int64?
    var less: Int64?

    var hasSize: Bool { greater != nil || less != nil }

    func matches(_ object: ObjectRecord) -> Bool {
      guard object.name.hasPrefix(prefix) else { return false }
      // A delete marker has neither tags nor a size.
      if object.isDeleteMarker { return tags.isEmpty && !hasSize }
      if let greater, object.size <= greater { return false }
      if let less, object.size >= less { return false }
      return tags.allSatisfy { object.tags.contains($0) }
    }
  }

  struct Expiration: Sendable, Codable, Equatable {
    var when: When?
    /// Whether delete markers go that have nothing behind them.
    var removesMarkers: Bool?
  }

  struct Transition: Sendable, Codable, Equatable {
    var when: When
    var storageClass: String
  }

  /// What happens to versions that have been replaced.
  struct Noncurrent: Sendable, Codable, Equatable {
    var days: Int
    /// So many of the newest are left alone.
    var kept: Int?
    /// Nothing deletes them.
    var storageClass: String?
  }

  struct Rule: Sendable, Codable, Equatable {
    var id: String
    var isEnabled: Bool
    var filter: Filter
    var expiration: Expiration?
    var transitions: [Transition] = []
    var noncurrentTransitions: [Noncurrent] = []
    var noncurrentExpiration: Noncurrent?
    var abortDays: Int?
  }

  /// Which objects are too small to be moved; AWS has two rules.
  enum SmallObjects: String, Sendable, Codable {
    case stay = "all_storage_classes_128K"
    case goToArchives = "varies_by_storage_class"
  }

  var rules: [Rule]
  var smallObjects = SmallObjects.stay

  var enabled: [Rule] { rules.filter(\.isEnabled) }
}

extension Timestamp {
  private static let day: Int64 = 86_400_000

  /// The first midnight (UTC) that is not before this moment.
  var nextMidnight: Timestamp {
    let rest = milliseconds % Timestamp.day
    return rest == 0 ? self : Timestamp(milliseconds: milliseconds - rest + Timestamp.day)
  }

  /// The first midnight behind this moment.
  var followingMidnight: Timestamp { Timestamp(milliseconds: milliseconds + 1).nextMidnight }
}
