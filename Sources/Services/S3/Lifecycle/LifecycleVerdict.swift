import Wire

/// What the rules say of an object at a moment: all of it pure, the acting is elsewhere.
extension LifecycleRules {
  enum Verdict: Sendable, Equatable {
    case stay
    case expire
    case move(to: String)
  }

  /// The classes from warm to cold: objects only ever move on.
  /// AWS: S3 user guide, "Transitioning objects using Amazon S3 Lifecycle".
  private static let coldness: [String: Int] = [
    "STANDARD": 0, "REDUCED_REDUNDANCY": 0, "STANDARD_IA": 1, "INTELLIGENT_TIERING": 2, "ONEZONE_IA": 3,
    "GLACIER_IR": 4, "GLACIER": 5, "DEEP_ARCHIVE": 6,
  ]
  private static let archives: Set<String> = ["GLACIER", "DEEP_ARCHIVE"]
  private static let smallSize: Int64 = 128 << 10

  /// What is due for the present version.
  func verdict(on object: ObjectRecord, at now: Timestamp) -> Verdict {
    if let expiration = expiration(of: object), expiration.date <= now { return .expire }
    var target: String?
    for rule in enabled where rule.filter.matches(object) {
      for transition in rule.transitions where transition.when.moment(since: object.modified) <= now {
        if canMove(object, to: transition.storageClass, by: rule) {
          target = LifecycleRules.colder(target, transition.storageClass)
        }
      }
    }
    return target.map { .move(to: $0) } ?? .stay
  }

  /// What is due for a version that has been replaced.
  /// - Parameters:
  ///   - since: when it was replaced.
  ///   - newer: how many versions that have been replaced are newer.
  func verdict(onNoncurrent object: ObjectRecord, since: Timestamp, newer: Int, at now: Timestamp) -> Verdict {
    func isDue(_ action: Noncurrent) -> Bool {
      newer >= action.kept ?? 0 && When.days(action.days).moment(since: since) <= now
    }
    var target: String?
    for rule in enabled where rule.filter.matches(object) {
      if let action = rule.noncurrentExpiration, isDue(action) { return .expire }
      for action in rule.noncurrentTransitions where isDue(action) {
        if !object.isDeleteMarker, let storageClass = action.storageClass, canMove(object, to: storageClass, by: rule) {
          target = LifecycleRules.colder(target, storageClass)
        }
      }
    }
    return target.map { .move(to: $0) } ?? .stay
  }

  /// When the present version expires, and by which rule: the earliest counts.
  func expiration(of object: ObjectRecord) -> (date: Timestamp, rule: String)? {
    var first: (date: Timestamp, rule: String)?
    for rule in enabled {
      guard let when = rule.expiration?.when, rule.filter.matches(object) else { continue }
      let date = when.moment(since: object.modified)
      if let known = first, known.date <= date { continue }
      first = (date, rule.id)
    }
    return first
  }

  /// Whether a delete marker with no version behind it goes.
  /// AWS: a rule that expires objects also cleans up such markers once they are as old.
  func removes(marker: ObjectRecord, at now: Timestamp) -> Bool {
    enabled.contains { rule in
      guard let expiration = rule.expiration, rule.filter.matches(marker) else { return false }
      if expiration.removesMarkers == true { return true }
      return expiration.when.map { $0.moment(since: marker.modified) <= now } ?? false
    }
  }

  /// Whether a multipart upload has been open for too long.
  func aborts(uploadOf key: String, begun: Timestamp, at now: Timestamp) -> Bool {
    enabled.contains { rule in
      guard let days = rule.abortDays, key.hasPrefix(rule.filter.prefix) else { return false }
      return When.days(days).moment(since: begun) <= now
    }
  }

  private func canMove(_ object: ObjectRecord, to target: String, by rule: Rule) -> Bool {
    guard let new = LifecycleRules.coldness[target], let old = LifecycleRules.coldness[object.shownStorageClass],
      new > old
    else { return false }
    if object.size >= LifecycleRules.smallSize || rule.filter.hasSize { return true }
    return smallObjects == .goToArchives && LifecycleRules.archives.contains(target)
  }

  private static func colder(_ one: String?, _ other: String) -> String {
    guard let one else { return other }
    return coldness[one] ?? 0 >= coldness[other] ?? 0 ? one : other
  }
}
