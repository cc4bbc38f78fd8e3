import Wire

/// Where copies of a bucket's new objects go, and as whom S3 makes them.
/// AWS: S3 user guide, "Replicating objects within and across Regions".
struct ReplicationRules: Sendable, Codable, Equatable {
  struct Rule: Sendable, Codable, Equatable {
    var id: String
    /// Nothing in the older form of rules, which has a prefix and no filter.
    var priority: Int?
    var isEnabled: Bool
    /// Only prefixes and tags.
    var filter: LifecycleRules.Filter
    /// The bucket that gets the copies.
    var target: String
    var account: String?
    var storageClass: String?
    /// Whether the target's owner is said to own the copies, who does so anyway.
    var changesOwner: Bool
    /// Nothing if it wasn't said.
    var copiesMarkers: Bool?
    var existing: Bool?

    /// AWS: older rules copy the delete markers that users make.
    var takesMarkers: Bool { copiesMarkers ?? (filter.form == .oldPrefix) }
  }

  var role: String
  var rules: [Rule]

  /// The rules by which an object or delete marker is copied: one for each target, that of the highest priority.
  func rules(for object: ObjectRecord) -> [Rule] {
    var chosen: [Rule] = []
    for rule in rules where rule.isEnabled && rule.filter.matches(object) {
      if object.isDeleteMarker, !rule.takesMarkers { continue }
      guard let index = chosen.firstIndex(where: { $0.target == rule.target }) else {
        chosen.append(rule)
        continue
      }
      if rule.priority ?? 0 > chosen[index].priority ?? 0 { chosen[index] = rule }
    }
    return chosen
  }
}
