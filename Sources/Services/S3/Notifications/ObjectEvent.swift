/// What can happen to an object that a bucket tells of; the raw value is the event's name without `s3:`.
/// AWS: S3 user guide, "Event notification types and destinations".
enum ObjectEvent: String, Sendable, CaseIterable, Codable {
  case createdPut = "ObjectCreated:Put"
  case createdPost = "ObjectCreated:Post"
  case createdCopy = "ObjectCreated:Copy"
  case createdMultipart = "ObjectCreated:CompleteMultipartUpload"
  case removed = "ObjectRemoved:Delete"
  case markerCreated = "ObjectRemoved:DeleteMarkerCreated"
  case restoreBegun = "ObjectRestore:Post"
  case restored = "ObjectRestore:Completed"
  case restoreEnded = "ObjectRestore:Delete"
  case expired = "LifecycleExpiration:Delete"
  case markerCreatedByLifecycle = "LifecycleExpiration:DeleteMarkerCreated"
  case transitioned = "LifecycleTransition"
  case tagged = "ObjectTagging:Put"
  case untagged = "ObjectTagging:Delete"
  case aclChanged = "ObjectAcl:Put"
  case replicationFailed = "Replication:OperationFailedReplication"

  /// The name in a configuration.
  var name: String { "s3:" + rawValue }

  /// The version of the message's form. AWS: S3 user guide, "Event message structure"; deletions by a request are 2.1 in
  /// messages recorded from AWS.
  var version: String {
    switch self {
    case .replicationFailed: "2.2"
    case .expired, .markerCreatedByLifecycle, .transitioned, .tagged, .untagged, .aclChanged, .restoreEnded: "2.3"
    default: "2.1"
    }
  }

  /// Whether the object is gone with it, so that nothing can be told of its bytes.
  var isRemoval: Bool { self == .removed || self == .expired }

  /// Whether the event has its place among those of its key.
  var hasSequencer: Bool {
    switch self {
    case .tagged, .untagged, .aclChanged: false
    default: true
    }
  }

  /// Every name that a configuration may have: also events that nothing here causes.
  static let configurable: Set<String> = {
    var names = Set(allCases.map(\.name))
    names.formUnion([
      "s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectRestore:*", "s3:Replication:*", "s3:LifecycleExpiration:*",
      "s3:ObjectTagging:*", "s3:ReducedRedundancyLostObject", "s3:IntelligentTiering",
      "s3:Replication:OperationMissedThreshold", "s3:Replication:OperationReplicatedAfterThreshold",
      "s3:Replication:OperationNotTracked",
    ])
    return names
  }()

  /// Whether a name in a configuration, which may end in `*`, means this name.
  static func does(_ pattern: String, mean name: String) -> Bool {
    pattern == name || pattern.hasSuffix(":*") && name.hasPrefix(pattern.dropLast())
  }
}
