/// What a bucket does besides keeping objects: nothing, for most buckets, so that their requests pay nothing for it.
struct BucketFeatures: Sendable, Codable, Equatable {
  var notifications: BucketNotifications?
  var cors: CORSRules?
  var lifecycle: LifecycleRules?
  var website: WebsiteRules?
  var logging: AccessLogging?
  var replication: ReplicationRules?
  /// Whether some of its versions are copies of another bucket's.
  var hasReplicas: Bool?

  /// Whether the bucket does any of it.
  var isEmpty: Bool { self == BucketFeatures() }
}

extension BucketRecord {
  /// Changes what the bucket does.
  mutating func change(_ body: (inout BucketFeatures) -> Void) {
    var changed = features ?? BucketFeatures()
    body(&changed)
    features = changed.isEmpty ? nil : changed
  }
}
